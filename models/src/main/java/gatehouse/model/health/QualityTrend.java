package gatehouse.model.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether what a camera makes of its pictures has become worse: its confidence or quality against
 * what is usual at that hour of the day, for nights and low sun make it worse by themselves.
 *
 * <p>Each hour has a running mean over at most {@value #MEMORY} values, drawn towards the mean of
 * all as if {@value #SHRINKAGE} values of it had that. Residuals are followed by two exponentially
 * weighted means, a fast one over {@value #FAST} values and a slow one over {@value #SLOW}; the
 * standard deviation of such a mean is σ √(α / (2 − α)) with α = 1 / length (S. W. Roberts, Control
 * Chart Tests Based on Geometric Moving Averages, Technometrics 1, 1959).
 *
 * @param means mean of each hour
 * @param counts values of each hour, at most {@value #MEMORY}
 * @param mean of all
 * @param known values in all, counted up to {@value #MEMORY}
 * @param variance of the residuals
 * @param fast mean of the newest residuals
 * @param slow mean of more of them
 */
public record QualityTrend(
    List<Double> means,
    List<Double> counts,
    double mean,
    double known,
    double variance,
    double fast,
    double slow) {

  /** Nothing seen yet. */
  public static final QualityTrend NONE =
      new QualityTrend(Collections.nCopies(24, 0.0), Collections.nCopies(24, 0.0), 0, 0, 0, 0, 0);

  private static final double MEMORY = 500;
  private static final double SHRINKAGE = 20;
  private static final double FAST = 50;
  private static final double SLOW = 100;
  private static final double LEAST_DEVIATION = 0.01;

  /** So many standard deviations are no chance. */
  private static final double NO_CHANCE = 5;

  /**
   * The same after a value.
   *
   * @param hour of the day, local
   * @param learning whether the usual follows it; not while the quality is known to have dropped
   */
  public QualityTrend after(double value, int hour, boolean learning) {
    double residual = known == 0 ? 0 : value - expected(hour);
    List<Double> nextMeans = means;
    List<Double> nextCounts = counts;
    double nextKnown = known;
    double nextMean = mean;
    if (learning) {
      double count = Math.min(MEMORY, counts.get(hour) + 1);
      nextCounts = with(counts, hour, count);
      nextMeans = with(means, hour, means.get(hour) + (value - means.get(hour)) / count);
      nextKnown = Math.min(MEMORY, known + 1);
      nextMean = mean + (value - mean) / nextKnown;
    }
    double pace = Math.min(SLOW, known + 1);
    return new QualityTrend(
        nextMeans,
        nextCounts,
        nextMean,
        nextKnown,
        learning ? variance + (residual * residual - variance) / nextPace(known) : variance,
        fast + (residual - fast) / Math.min(FAST, pace),
        slow + (residual - slow) / pace);
  }

  private static double nextPace(double known) {
    return Math.min(MEMORY, known + 1);
  }

  /**
   * Whether it has become worse, by chance not.
   *
   * @param learnt values before anything is said
   * @param drop share lost that counts at once
   * @param slight share lost that counts when it lasts
   */
  public boolean dropped(int learnt, double drop, double slight) {
    if (known < Math.min(learnt, MEMORY)) {
      return false;
    }
    return (-fast >= drop * mean && -fast >= NO_CHANCE * deviationOf(FAST))
        || (-slow >= slight * mean && -slow >= NO_CHANCE * deviationOf(SLOW));
  }

  /** The share that was lost. */
  public double loss() {
    return mean <= 0 ? 0 : Math.max(-fast, -slow) / mean;
  }

  private double deviationOf(double length) {
    double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(variance));
    return deviation * Math.sqrt(1 / (2 * length - 1));
  }

  private double expected(int hour) {
    double count = counts.get(hour);
    return (count * means.get(hour) + SHRINKAGE * mean) / (count + SHRINKAGE);
  }

  private static List<Double> with(List<Double> values, int at, double value) {
    List<Double> next = new ArrayList<>(values);
    next.set(at, value);
    return List.copyOf(next);
  }
}
