package gatehouse.model.flow;

import gatehouse.event.Direction;
import gatehouse.stats.Cusum;
import gatehouse.stats.NegativeBinomial;
import gatehouse.stats.SeasonalBaseline;
import gatehouse.stats.SeasonalBaseline.Slot;
import gatehouse.stats.SurgeFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Passages in one direction: what is usual, and how many there were in the bin that is not over.
 *
 * @param direction which way
 * @param since when it was first seen
 * @param usual what is usual at each half hour of the week
 * @param lastWeek what was counted at each half hour of the week when it came last
 * @param dispersion variance of counts divided by their mean
 * @param busy a busy half hour: nine of ten are quieter
 * @param count how many so far in this bin
 */
public record Flow(
    Direction direction,
    Instant since,
    SeasonalBaseline usual,
    List<Float> lastWeek,
    double dispersion,
    double busy,
    int count) {

  private static final List<Float> NOTHING = List.copyOf(Collections.nCopies(336, 0f));
  private static final double BUSY_SHARE = 0.9;
  private static final double DISPERSION_LEAST = 1.5;
  private static final double DISPERSION_MOST = 4;
  private static final double DISPERSION_LEAST_MEAN = 2;
  private static final double DISPERSION_CLIP = 12;

  static Flow empty(Direction direction, Instant since, FlowSettings settings) {
    return new Flow(direction, since, SeasonalBaseline.EMPTY, NOTHING, settings.dispersion(), 0, 0);
  }

  /** Whether it was counted long enough to say what is usual. */
  boolean known(Instant now, FlowSettings settings) {
    return !now.isBefore(since.plus(settings.leastHistory()));
  }

  Flow plus(int more) {
    return new Flow(direction, since, usual, lastWeek, dispersion, busy, count + more);
  }

  /** What is expected of a bin in this half hour. */
  NegativeBinomial expected(Slot slot, FlowSettings settings) {
    return new NegativeBinomial(
        usual.rate(slot, settings.memory()) * settings.exposure(), dispersion);
  }

  SurgeFilter.Likelihood likelihood(
      Slot slot, Common others, double surgeLeast, FlowSettings settings) {
    double extra = Math.max(surgeLeast, settings.surgeFactor() * busy * settings.exposure());
    NegativeBinomial usual = expected(slot, settings);
    SurgeFilter.Likelihood rising = likelihood(others.atLeastUsual().of(usual), extra, settings);
    SurgeFilter.Likelihood falling = likelihood(others.of(usual), extra, settings);
    return new SurgeFilter.Likelihood(
        0, rising.surge() - rising.usual(), falling.drop() - falling.usual());
  }

  private SurgeFilter.Likelihood likelihood(
      NegativeBinomial expected, double extra, FlowSettings settings) {
    return SurgeFilter.likelihood(
        count, expected, extra, settings.surgeShape(), settings.dropShare());
  }

  /** Evidence of this bin for another level; none where too few are expected to tell. */
  double shift(Slot slot, double factor, Common others, FlowSettings settings) {
    NegativeBinomial expected = others.of(expected(slot, settings));
    return expected.mean() < settings.shiftLeastRate()
        ? 0
        : Cusum.logRatio(count, expected, factor);
  }

  /**
   * The same with this bin learned and the next begun.
   *
   * <p>The first visit of a time of day is learned as it is. Later a count is learned up to a
   * little above the expected one only, or up to what was counted a week ago: a surge is not taken
   * for usual, but what comes again is.
   *
   * @param asUsual probability that the bin was as usual
   * @param now when the bin ends
   */
  Flow learned(Slot slot, double asUsual, Instant now, FlowSettings settings) {
    NegativeBinomial expected = expected(slot, settings);
    double mean = expected.mean();
    double most = mean + settings.learnedDeviations() * Math.sqrt(mean * dispersion) + 1;
    double known = Math.max(most, lastWeek.get(slot.ofWeek()));
    double learned = usual.visits(slot) < 1 ? count : Math.min(count, known);
    List<Float> thisWeek = new ArrayList<>(lastWeek);
    thisWeek.set(slot.ofWeek(), (float) count);
    SeasonalBaseline next = usual.plus(slot, learned, settings.exposure(), settings.memory());
    double ratio = Math.min(DISPERSION_CLIP, (count - mean) * (count - mean) / mean);
    double own =
        now.isAfter(since.plus(settings.dispersionAfter())) && mean >= DISPERSION_LEAST_MEAN
            ? dispersion + settings.dispersionRate() * asUsual * (ratio - dispersion)
            : dispersion;
    return new Flow(
        direction,
        since,
        next,
        List.copyOf(thisWeek),
        Math.min(DISPERSION_MOST, Math.max(DISPERSION_LEAST, own)),
        busy,
        0);
  }

  /** The same with the bin forgotten: somebody may have passed unseen. */
  Flow skipped() {
    return new Flow(direction, since, usual, lastWeek, dispersion, busy, 0);
  }

  /** The same with a bin in which the place was not in use: it is no history. */
  Flow unused(Duration bin) {
    return new Flow(direction, since.plus(bin), usual, lastWeek, dispersion, busy, 0);
  }

  /** The same with what is a busy half hour worked out again. */
  Flow surveyed(FlowSettings settings) {
    return new Flow(
        direction,
        since,
        usual,
        lastWeek,
        dispersion,
        usual.quantile(BUSY_SHARE, settings.memory()),
        count);
  }
}
