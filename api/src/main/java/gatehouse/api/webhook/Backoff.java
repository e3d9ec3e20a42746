package gatehouse.api.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: five seconds, then twice as long each time, three hours at
 * most.
 */
final class Backoff {

  private static final long FIRST_MILLIS = 5_000;
  private static final long LONGEST_MILLIS = Duration.ofHours(3).toMillis();
  private static final double JITTER = 0.2;

  private Backoff() {}

  /**
   * The pause after so many failures; a fifth more or less, so that many do not come back at once.
   */
  static Duration after(int failures, RandomGenerator random) {
    long millis = Math.min(FIRST_MILLIS << Math.min(failures - 1, 20), LONGEST_MILLIS);
    return Duration.ofMillis((long) (millis * (1 + JITTER * (2 * random.nextDouble() - 1))));
  }
}
