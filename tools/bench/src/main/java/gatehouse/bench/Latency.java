package gatehouse.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * How long something took, many times.
 *
 * @param name what
 * @param count how many times
 * @param p50 half took no longer, in milliseconds
 * @param p99 99 of 100 took no longer, in milliseconds
 * @param max the longest, in milliseconds
 */
public record Latency(String name, int count, double p50, double p99, double max) {

  /** Of these times in nanoseconds, at least one. */
  static Latency of(String name, Collection<Long> nanos) {
    return of(name, nanos.stream().mapToLong(Long::longValue).toArray());
  }

  /** Of these times in nanoseconds, at least one. */
  static Latency of(String name, long... nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latency(
        name,
        sorted.length,
        millis(at(sorted, 0.50)),
        millis(at(sorted, 0.99)),
        millis(sorted[sorted.length - 1]));
  }

  /** The smallest value that this part of all values does not exceed. */
  private static long at(long[] sorted, double part) {
    return sorted[(int) Math.ceil(part * sorted.length) - 1];
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "  %-44s %6d times   p50 %8.2f ms   p99 %8.2f ms   max %8.2f ms",
        name,
        count,
        p50,
        p99,
        max);
  }
}
