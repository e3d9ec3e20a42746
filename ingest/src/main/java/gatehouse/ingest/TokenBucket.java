package gatehouse.ingest;

import java.util.concurrent.TimeUnit;

/** Lets through a burst, and then a rate. Time is an argument: nanoseconds of a steady clock. */
final class TokenBucket {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final double perSecond;
  private final double burst;
  private double tokens;
  private long filledAt;

  TokenBucket(double perSecond, double burst, long now) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.filledAt = now;
  }

  boolean take(long now) {
    tokens = Math.min(burst, tokens + (now - filledAt) / NANOS * perSecond);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
