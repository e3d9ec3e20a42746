package gatehouse.api.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A quota for each of many keys: the generic cell rate algorithm, which spreads what is refilled
 * and needs one number a key. Of more keys than fit it forgets those that asked least recently.
 */
final class RateLimiter {

  private final int quota;
  private final long window;
  private final long interval;
  private final LongSupplier nanos;
  private final Map<String, Long> arrivals;

  /**
   * A limiter.
   *
   * @param quota so many requests of one key at once, and in each window
   * @param mostKeys how many keys are remembered
   * @param nanos a clock that never goes back
   */
  RateLimiter(int quota, Duration window, int mostKeys, LongSupplier nanos) {
    this.quota = quota;
    this.window = window.toNanos();
    this.interval = Math.max(1, this.window / quota);
    this.nanos = nanos;
    this.arrivals =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > mostKeys;
          }
        };
  }

  /**
   * What became of a request.
   *
   * @param remaining how many more would be admitted now
   * @param full when the whole quota is there again
   * @param retryAfter when the next one is admitted; zero if this one was
   */
  record Verdict(boolean admitted, int quota, int remaining, Duration full, Duration retryAfter) {}

  /** Counts a request of the key, if it is admitted. */
  synchronized Verdict ask(String key) {
    long now = nanos.getAsLong();
    Long last = arrivals.get(key);
    long base = last == null || last - now < 0 ? now : last;
    long next = base + interval;
    long over = next - now - window;
    if (over > 0) {
      return new Verdict(false, quota, 0, Duration.ofNanos(base - now), Duration.ofNanos(over));
    }
    arrivals.put(key, next);
    return new Verdict(
        true,
        quota,
        (int) Math.min(quota, -over / interval),
        Duration.ofNanos(next - now),
        Duration.ZERO);
  }

  /** How many keys are remembered. */
  synchronized int keys() {
    return arrivals.size();
  }
}
