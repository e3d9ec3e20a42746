package gatehouse.model.flow;

import gatehouse.stats.NegativeBinomial;
import java.time.Duration;
import java.time.Instant;

/**
 * What a place has in common with the others of its community: when everybody goes out, more pass
 * each of them.
 *
 * <p>With R passages at the other places and E that are usual there, both decayed by the half hour,
 * and the dispersion ψ of counts, the level f of the community is gamma distributed with the shape
 * k + R/ψ and the rate k + E/ψ. If f has mean m and variance v, a count of the place that has mean
 * λ and variance ψλ at the usual level has mean mλ and variance ψmλ + λ²v: more than the place's
 * own.
 *
 * <p>Source: gamma–Poisson posterior, e.g. A. Gelman et al., Bayesian Data Analysis, 3rd ed.
 * (2013), section 2.6, with counts divided by their dispersion (quasi-likelihood: P. McCullagh, J.
 * Nelder, Generalized Linear Models, 1989, section 9.2).
 *
 * @param count passages at the other places of late
 * @param expected those that are usual there
 * @param places how many places are counted, this one included
 * @param at when that was so
 * @param level m
 * @param variance v
 */
public record Common(
    double count, double expected, int places, Instant at, double level, double variance) {

  /** Nothing known of other places. */
  public static final Common NONE = new Common(0, 0, 1, Instant.EPOCH, 1, 0);

  private static final Duration KNOWN = Duration.ofHours(1);
  private static final double DISPERSION = 2;

  /** The same with what the community counted in a half hour, this place included. */
  Common plus(CommunityLevel all, double ownCount, double ownExpected, FlowSettings settings) {
    double kept = settings.levelKept();
    double nextCount = kept * count + Math.max(0, all.count() - ownCount);
    double nextExpected = kept * expected + Math.max(0, all.expected() - ownExpected);
    double shape = settings.levelPrior() + nextCount / DISPERSION;
    double rate = settings.levelPrior() + nextExpected / DISPERSION;
    return new Common(
        nextCount,
        nextExpected,
        all.places().size(),
        all.time(),
        shape / rate,
        shape / (rate * rate));
  }

  /** What is still known of it. */
  Common until(Instant now) {
    return now.isAfter(at.plus(KNOWN)) ? new Common(0, 0, places, at, 1, 0) : this;
  }

  /**
   * The same where a low level is not believed: the devices of the others may be blind, which must
   * not make a usual count a surge.
   */
  Common atLeastUsual() {
    return level < 1 ? new Common(count, expected, places, at, 1, variance) : this;
  }

  /** What is expected at this level of what is usual. */
  NegativeBinomial of(NegativeBinomial usual) {
    return new NegativeBinomial(
        usual.mean() * level, usual.dispersion() + usual.mean() * variance / level);
  }
}
