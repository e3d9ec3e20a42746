package gatehouse.ingest;

import gatehouse.event.ClockQuality;
import java.time.Duration;
import java.time.Instant;

/**
 * Compares a device's clock with the gateway's.
 *
 * <p>A live event that is late proves nothing about the clock while the intake itself is behind:
 * after a reconnect, or when Kafka was away, the broker hands over what waited. Only when an event
 * has come in time does a late one mean a wrong clock.
 */
final class ClockCheck {

  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  private final Limits limits;
  private volatile boolean behind = true;

  ClockCheck(Limits limits) {
    this.limits = limits;
  }

  /** Whether the time is one that all parts of the system can work with. */
  static boolean isSane(Instant time) {
    return !time.isBefore(FIRST) && time.isBefore(LAST);
  }

  /** Messages may have waited for the intake. */
  void interrupted() {
    behind = true;
  }

  /** Judges an event that is received now. */
  ClockQuality judge(Instant time, boolean buffered, Instant now) throws Refused {
    if (!isSane(time)) {
      throw new Refused(time.isBefore(now) ? Rejection.TOO_OLD : Rejection.CLOCK_FUTURE);
    }
    if (!limits.clockCheck()) {
      return ClockQuality.UNKNOWN;
    }
    Duration ahead = Duration.between(now, time);
    if (ahead.compareTo(limits.maxFuture()) > 0) {
      throw new Refused(Rejection.CLOCK_FUTURE);
    }
    if (ahead.negated().compareTo(limits.maxAge()) > 0) {
      throw new Refused(Rejection.TOO_OLD);
    }
    if (buffered) {
      return ClockQuality.BUFFERED;
    }
    if (ahead.abs().compareTo(limits.skew()) <= 0) {
      behind = false;
      return ClockQuality.GOOD;
    }
    return behind && ahead.isNegative() ? ClockQuality.BUFFERED : ClockQuality.SKEWED;
  }
}
