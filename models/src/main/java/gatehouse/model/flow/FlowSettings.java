package gatehouse.model.flow;

import gatehouse.analysis.Settings.Setting;
import gatehouse.stats.SeasonalBaseline;
import gatehouse.stats.SurgeFilter;
import java.time.Duration;
import java.time.LocalTime;

/** What can be tuned of flow-anomaly. */
public record FlowSettings(
    @Setting(value = "passages are counted over this time", min = 1, max = 1800) Duration bin,
    @Setting(value = "nothing is found before a place was counted this long", max = 7_776_000)
        Duration leastHistory,
    @Setting(value = "a place without any passage for this long is forgotten", min = 1)
        Duration forgetAfter,
    @Setting(value = "one that is silent for this long is not in use: nothing is learned", min = 1)
        Duration idleAfter,
    @Setting(value = "visits of all days' mean that count like one's own", min = 0.1, max = 100)
        double shrinkage,
    @Setting(value = "kept of a half hour of the week, a week", unit = "share", min = 0.5, max = 1)
        double weekKept,
    @Setting(value = "kept of a half hour of the day, a day", unit = "share", min = 0.5, max = 1)
        double dayKept,
    @Setting(value = "least expected count, a half hour", min = 0.001, max = 10) double floor,
    @Setting(
            value = "a count is learned up to so many standard deviations above the expected one",
            max = 100)
        double learnedDeviations,
    @Setting(value = "variance of counts divided by their mean, at first", min = 1.5, max = 4)
        double dispersion,
    @Setting(value = "the place's own dispersion is learned after this time")
        Duration dispersionAfter,
    @Setting(value = "how fast it is learned, a bin", unit = "share", max = 0.1)
        double dispersionRate,
    @Setting(value = "a surge adds this share of a busy half hour", min = 0.1, max = 10)
        double surgeFactor,
    @Setting(value = "a surge adds at least so many a bin", min = 1, max = 1000) double surgeLeast,
    @Setting(value = "a surge of visitors adds at least so many a bin", min = 0.1, max = 1000)
        double surgeLeastVisitors,
    @Setting(value = "shape of what a surge adds", min = 0.5, max = 100) double surgeShape,
    @Setting(value = "surges expected a week", min = 0.01, max = 100) double surgesPerWeek,
    @Setting(value = "mean length of a surge, in bins", min = 1.1, max = 100) double surgeLength,
    @Setting(value = "kept of what other places counted, a half hour", unit = "share", max = 0.99)
        double levelKept,
    @Setting(value = "one over the variance of how busy a community is", min = 0.1, max = 1000)
        double levelPrior,
    @Setting(value = "log odds of a surge or drop at which it is told", min = -5, max = 50)
        double theta,
    @Setting(value = "log odds at which it is over", min = -50, max = 50) double clear,
    @Setting(value = "log odds that are enough before a bin is over", min = -5, max = 50)
        double earlyTheta,
    @Setting(value = "a bin that is not over is looked at this often", min = 1, max = 1800)
        Duration earlyEvery,
    @Setting(
            value = "a surge is told from this many passages above the expected ones",
            max = 10_000)
        double leastExcess,
    @Setting(value = "one of visitors from this many above the expected ones", max = 10_000)
        double leastVisitors,
    @Setting(value = "share of passages left in a drop", unit = "share", min = 0.01, max = 0.9)
        double dropShare,
    @Setting(value = "drops are judged where at least so many are expected a bin", min = 0.1)
        double dropLeastRate,
    @Setting(value = "sustained shifts are judged from this expected count on", min = 0.1)
        double shiftLeastRate,
    @Setting(value = "a sustained rise is to this many times the expected", min = 1.05, max = 10)
        double riseFactor,
    @Setting(value = "a sustained fall is to this share of the expected", min = 0.05, max = 0.95)
        double fallFactor,
    @Setting(value = "evidence at which a sustained shift is told", min = 1, max = 100)
        double shiftThreshold,
    @Setting(value = "log odds from which a surge is more urgent", min = -5, max = 100)
        double urgentTheta,
    @Setting("from this local time on a surge is more urgent") LocalTime nightFrom,
    @Setting("until this local time") LocalTime nightTo,
    @Setting(value = "a device's word that it is well counts this long", min = 1, max = 86_400)
        Duration wellFor)
    implements gatehouse.analysis.Settings {

  /** The values of the specification, or what was measured to be better on real counts. */
  public static final FlowSettings DEFAULTS =
      new FlowSettings(
          Duration.ofMinutes(30),
          Duration.ofDays(7),
          Duration.ofDays(28),
          Duration.ofDays(3),
          6,
          0.97,
          0.99,
          0.1,
          0.6,
          2,
          Duration.ofDays(28),
          0.002,
          0.9,
          5,
          2,
          3,
          2,
          8,
          0.5,
          4,
          1,
          -1,
          3,
          Duration.ofMinutes(5),
          15,
          8,
          0.2,
          5,
          2,
          1.5,
          0.5,
          10,
          5,
          LocalTime.of(23, 0),
          LocalTime.of(5, 0),
          Duration.ofMinutes(15));

  private static final double HALF_HOURS_A_WEEK = 336;
  private static final double HALF_HOUR_MILLIS = 1_800_000;

  SeasonalBaseline.Memory memory() {
    return new SeasonalBaseline.Memory(shrinkage, weekKept, dayKept, floor);
  }

  /** Surges are expected of a community, so the more places it has, the fewer of each. */
  SurgeFilter.Chain chain(int places) {
    return new SurgeFilter.Chain(
        surgesPerWeek / HALF_HOURS_A_WEEK * Math.min(1, exposure()) / places, surgeLength);
  }

  /** What a surge adds to a bin at least. */
  double surgeLeast(boolean visitors) {
    return visitors ? surgeLeastVisitors : surgeLeast;
  }

  /** From how many above the expected ones a surge is told. */
  double leastExcess(boolean visitors) {
    return visitors ? leastVisitors : leastExcess;
  }

  /** A bin's share of a half hour. */
  double exposure() {
    return bin.toMillis() / HALF_HOUR_MILLIS;
  }
}
