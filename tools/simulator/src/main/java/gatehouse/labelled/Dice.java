package gatehouse.labelled;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Chance, reproducible: the same seed and purpose give the same throws. */
public final class Dice {

  private final SplittableRandom random;

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /** Dice of their own for a purpose, independent of how often others are thrown. */
  public static Dice of(long seed, Object... purpose) {
    long mixed = seed;
    for (Object part : purpose) {
      mixed = mixed * 0x9E3779B97F4A7C15L + mix(part.toString());
    }
    return new Dice(new SplittableRandom(mixed));
  }

  private static long mix(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  /** Whether something of this probability happens. */
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Uniform in [from, to). */
  public double between(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** Uniform in [from, to]. */
  public int whole(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  /** Normally distributed. */
  public double normal(double mean, double deviation) {
    return mean + deviation * random.nextGaussian();
  }

  /** Exponentially distributed. */
  public double exponential(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  /** Gamma distributed with this shape and mean 1 (Marsaglia and Tsang 2000). */
  public double gamma(double shape) {
    double d = Math.max(shape, 1e-3) - 1.0 / 3;
    if (d <= 0) {
      return exponential(1);
    }
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v / shape;
      }
    }
  }

  /** Poisson distributed; for means up to some hundreds. */
  public int poisson(double mean) {
    int count = 0;
    double sum = exponential(1);
    while (sum < mean) {
      count++;
      sum += exponential(1);
    }
    return count;
  }

  /** Between two durations. */
  public Duration duration(Duration from, Duration to) {
    return Duration.ofMillis(Math.round(between((double) from.toMillis(), (double) to.toMillis())));
  }

  /** Seconds, between these. */
  public Duration seconds(double from, double to) {
    return Duration.ofMillis(Math.round(1000 * between(from, to)));
  }

  /** One of them. */
  public <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Which of these weights is drawn, as an index. */
  public int weighted(double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double at = random.nextDouble() * sum;
    for (int i = 0; i < weights.length; i++) {
      at -= weights[i];
      if (at < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }
}
