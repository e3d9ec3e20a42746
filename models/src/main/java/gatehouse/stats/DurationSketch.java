package gatehouse.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long something usually takes, in little space: a log-spaced histogram of durations that
 * forgets, with a fitted tail beyond its 95 % point.
 *
 * <p>{@value #BUCKETS} buckets from 1 s to 60 days. The share that lasts at least d is S(d) = (C(d)
 * + ½ e^(−d/prior)) / (N + 1), C(d) being the decayed count of durations of at least d, spread
 * evenly over the logarithm within a bucket, and one prior observation. Beyond the 95 % point u the
 * excesses follow a generalised Pareto distribution if at least {@value #EXCESSES} of them are
 * known, else an exponential one: S(d) = S(u) · (1 + ξ (d − u) / σ)^(−1/ξ), by moments ξ = ½ (1 −
 * m²/v), σ = ½ m (1 + m²/v) for the mean m and variance v of the excesses, ξ kept in [{@value
 * #SHAPE_MIN}, {@value #SHAPE_MAX}].
 *
 * <p>Source: J. R. M. Hosking, J. R. Wallis, Parameter and Quantile Estimation for the Generalized
 * Pareto Distribution, Technometrics 29 (1987), with κ = −ξ.
 *
 * @param counts decayed count of each bucket
 * @param prior mean of the one prior observation
 * @param asOf time to which the counts are decayed
 */
public record DurationSketch(List<Double> counts, Duration prior, Instant asOf) {

  private static final int BUCKETS = 40;
  private static final double LONGEST = Duration.ofDays(60).toSeconds();
  private static final double LOG_WIDTH = Math.log(LONGEST) / BUCKETS;
  private static final double TAIL_SHARE = 0.05;
  private static final int EXCESSES = 60;
  private static final double SHAPE_MIN = -0.2;
  private static final double SHAPE_MAX = 0.5;

  /** Nothing seen yet. */
  public static DurationSketch empty(Duration prior) {
    return new DurationSketch(List.copyOf(Collections.nCopies(BUCKETS, 0.0)), prior, Instant.EPOCH);
  }

  /** The same with one more duration, everything older decayed. */
  public DurationSketch plus(Duration duration, Instant at, Duration halfLife) {
    double kept =
        at.isAfter(asOf)
            ? Math.pow(0.5, Duration.between(asOf, at).toMillis() / (double) halfLife.toMillis())
            : 1;
    List<Double> more = new ArrayList<>(counts.size());
    counts.forEach(count -> more.add(count * kept));
    int bucket = bucket(seconds(duration));
    more.set(bucket, more.get(bucket) + 1);
    return new DurationSketch(List.copyOf(more), prior, at.isAfter(asOf) ? at : asOf);
  }

  /** How many durations it remembers, decayed. */
  public double size() {
    return counts.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The share that lasts at least this long. */
  public double survival(Duration duration) {
    return survival(seconds(duration), tail());
  }

  /** −log10 of {@link #survival}. */
  public double surprise(Duration duration) {
    return -Math.log10(Math.max(survival(duration), Double.MIN_NORMAL));
  }

  /** The shortest duration that at most a share of 1 − q exceeds; 60 days at most. */
  public Duration quantile(double q) {
    return quantile(q, tail());
  }

  /**
   * The same with a tail that begins earlier, for what happens only a few times a day.
   *
   * @param q as for {@link #quantile(double)}
   * @param tailShare the share of the durations that makes the tail, 0..1
   * @param least so many durations must be known before their own shape is fitted
   * @param usualShape ξ of the tail until then, as it is for others
   */
  public Duration quantile(double q, double tailShare, double least, double usualShape) {
    return quantile(q, tail(tailShare, least * tailShare, usualShape));
  }

  private Duration quantile(double q, Tail tail) {
    double low = 0;
    double high = Math.log(LONGEST);
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (survival(Math.exp(middle), tail) <= 1 - q) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Duration.ofMillis(Math.round(Math.exp(high) * 1000));
  }

  /** The fitted tail: from where, how likely to get there, scale and shape of the excess. */
  private record Tail(double from, double share, double scale, double shape) {
    double survival(double seconds) {
      double excess = (seconds - from) / scale;
      return share
          * (Math.abs(shape) < 1e-9
              ? Math.exp(-excess)
              : Math.pow(Math.max(0, 1 + shape * excess), -1 / shape));
    }
  }

  private double survival(double seconds, Tail tail) {
    return seconds > tail.from() ? tail.survival(seconds) : counted(seconds);
  }

  /** S(d) from the counts alone. */
  private double counted(double seconds) {
    double pseudo = 0.5 * Math.exp(-seconds / seconds(prior));
    return (atLeast(seconds) + pseudo) / (size() + 1);
  }

  private double atLeast(double seconds) {
    if (seconds <= 1) {
      return size();
    }
    int bucket = bucket(seconds);
    double above = 0;
    for (int i = bucket + 1; i < BUCKETS; i++) {
      above += counts.get(i);
    }
    double within = Math.min(1, Math.log(seconds) / LOG_WIDTH - bucket);
    return above + counts.get(bucket) * (1 - within);
  }

  private Tail tail() {
    return tail(TAIL_SHARE, EXCESSES, 0);
  }

  private Tail tail(double share, double leastExcesses, double shapeOfFew) {
    double from = pointExceededBy(share * size());
    double weight = 0;
    double sum = 0;
    double squares = 0;
    for (int i = bucket(from); i < BUCKETS; i++) {
      double low = Math.max(from, Math.exp(i * LOG_WIDTH));
      double high = Math.exp((i + 1) * LOG_WIDTH);
      double count = atLeast(low) - (i == BUCKETS - 1 ? 0 : atLeast(high));
      double excess = Math.sqrt(low * high) - from;
      weight += count;
      sum += count * excess;
      squares += count * excess * excess;
    }
    if (weight <= 0) {
      return new Tail(LONGEST, counted(LONGEST), 1, 0);
    }
    double mean = sum / weight;
    double variance = squares / weight - mean * mean;
    if (weight < leastExcesses || variance <= 0) {
      return new Tail(from, counted(from), mean * (1 - shapeOfFew), shapeOfFew);
    }
    double ratio = mean * mean / variance;
    double shape = Math.min(SHAPE_MAX, Math.max(SHAPE_MIN, (1 - ratio) / 2));
    return new Tail(from, counted(from), mean * (1 - shape), shape);
  }

  /** The duration that this many of the counted ones exceed. */
  private double pointExceededBy(double count) {
    double above = 0;
    for (int i = BUCKETS - 1; i >= 0; i--) {
      double here = counts.get(i);
      if (here > 0 && above + here >= count) {
        double within = 1 - (count - above) / here;
        return Math.exp((i + within) * LOG_WIDTH);
      }
      above += here;
    }
    return 1;
  }

  private static int bucket(double seconds) {
    if (seconds <= 1) {
      return 0;
    }
    return Math.min(BUCKETS - 1, (int) (Math.log(seconds) / LOG_WIDTH));
  }

  private static double seconds(Duration duration) {
    return Math.max(duration.toMillis(), 1) / 1000.0;
  }
}
