package gatehouse.model;

import gatehouse.model.ZoneCrossing.Pair;
import java.time.Duration;
import java.util.List;

/**
 * How much a row of passages speaks for two holders rather than one whose passages are sometimes
 * not read, as the natural logarithm of a likelihood ratio.
 *
 * <p>A pair that does not add up has probability {@code shared} when two use the credential, and
 * the zone's share of unread pairs when one does; a clean pair the complements. What is older
 * counts less, and the sum never falls below zero: a long clean past proves nothing of today (the
 * one-sided form of Wald's sequential test; Page, Biometrika 41, 1954).
 *
 * @param shared probability that a pair does not add up if two share the credential
 * @param tooSoon how many times likelier a re-use within minutes is if two share it
 * @param halfLife after which a pair counts half
 */
record SharingEvidence(double shared, double tooSoon, Duration halfLife) {

  /**
   * The evidence after these pairs.
   *
   * @param pairs in order of time; only those whose border was watched
   * @param missed share of innocent pairs that do not add up, within 0..1
   */
  double logRatio(List<Pair> pairs, double missed) {
    double sum = 0;
    Pair previous = null;
    for (Pair pair : pairs) {
      if (previous != null) {
        double halves =
            Duration.between(previous.to(), pair.to()).toMillis() / (double) halfLife.toMillis();
        sum *= Math.pow(0.5, halves);
      }
      double ratio =
          pair.clean()
              ? (1 - shared) / (1 - missed)
              : shared / missed * (pair.timed() ? tooSoon : 1);
      sum = Math.max(0, sum + Math.log(ratio));
      previous = pair;
    }
    return sum;
  }
}
