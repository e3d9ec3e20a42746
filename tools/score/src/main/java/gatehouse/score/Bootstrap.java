package gatehouse.score;

import gatehouse.score.ModelScore.Interval;
import gatehouse.score.Trial.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Intervals by the percentile bootstrap (Efron 1979) over communities and seeds, the units that are
 * independent of each other.
 */
final class Bootstrap {

  private static final int DRAWS = 1000;
  private static final long SEED = 1979;

  private Bootstrap() {}

  /** The ratio of two sums with its 95 % interval; NaN where the denominator is zero. */
  static Interval ratio(
      List<Unit> units, ToDoubleFunction<Unit> above, ToDoubleFunction<Unit> below) {
    double[] numerators = units.stream().mapToDouble(above).toArray();
    double[] denominators = units.stream().mapToDouble(below).toArray();
    double value = Arrays.stream(numerators).sum() / Arrays.stream(denominators).sum();
    SplittableRandom random = new SplittableRandom(SEED);
    double[] drawn = new double[DRAWS];
    int kept = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double numerator = 0;
      double denominator = 0;
      for (int i = 0; i < numerators.length; i++) {
        int at = random.nextInt(numerators.length);
        numerator += numerators[at];
        denominator += denominators[at];
      }
      if (denominator > 0) {
        drawn[kept++] = numerator / denominator;
      }
    }
    if (kept == 0) {
      return new Interval(value, Double.NaN, Double.NaN);
    }
    double[] sorted = Arrays.copyOf(drawn, kept);
    Arrays.sort(sorted);
    return new Interval(
        value, sorted[(int) (0.025 * kept)], sorted[Math.min(kept - 1, (int) (0.975 * kept))]);
  }
}
