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
    return take(1, now);
  }

  /** Takes that many, or none. */
  boolean take(double wanted, long now) {
    tokens = Math.min(burst, tokens + (now - filledAt) / NANOS * perSecond);
    filledAt = now;
    if (tokens < wanted) {
      return false;
    }
    tokens -= wanted;
    return true;
  }
}
