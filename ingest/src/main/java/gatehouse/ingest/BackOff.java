package gatehouse.ingest;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts: twice as long each time, up to a limit, and never two clients alike. */
final class BackOff {

  private static final long FIRST_MILLIS = 200;
  private static final long MOST_MILLIS = 10_000;
  private static final Duration GOOD = Duration.ofSeconds(30);

  private final RandomGenerator random;
  private long limit = FIRST_MILLIS;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  /** A connection that held for a while starts afresh. */
  void lasted(Duration time) {
    if (time.compareTo(GOOD) > 0) {
      limit = FIRST_MILLIS;
    }
  }

  /** The next pause, between half the limit and the limit. */
  Duration next() {
    long half = limit / 2;
    Duration pause = Duration.ofMillis(half + random.nextLong(half + 1));
    limit = Math.min(MOST_MILLIS, limit * 2);
    return pause;
  }
}
