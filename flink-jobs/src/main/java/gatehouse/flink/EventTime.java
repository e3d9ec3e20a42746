package gatehouse.flink;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Between the domain's instants and Flink's milliseconds. */
final class EventTime {

  /** The first and the last time a fact may carry. */
  static final Instant FIRST = Instant.EPOCH;

  static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private EventTime() {}

  /** Rounded down; times beyond {@link #LAST} count as that. */
  static long millis(Instant time) {
    return time.isAfter(LAST) ? LAST.toEpochMilli() : time.toEpochMilli();
  }

  /**
   * Whether a device's clock is further ahead of the gateway's than this. Where the intake does not
   * judge clocks, as in a replayed log, none is.
   *
   * @param by how far it may be; null: any
   */
  static boolean isAhead(DeviceEvent event, @Nullable Duration by) {
    return by != null
        && event.origin().clock() != ClockQuality.UNKNOWN
        && event.time().isAfter(event.origin().receivedAt().plus(by));
  }

  /**
   * The time in milliseconds up to which a fact speaks for the progress of event time: its own, but
   * a device's clock that runs ahead of the gateway's counts only so far.
   *
   * @param by how far; null: the clock is trusted
   */
  static long progress(Fact fact, @Nullable Duration by) {
    return by != null && fact instanceof DeviceEvent event && isAhead(event, by)
        ? millis(event.origin().receivedAt().plus(by))
        : millis(fact.time());
  }

  /** Whether a watermark says nothing yet. */
  static boolean isBeforeAll(long watermark) {
    return watermark <= HoldsBack.BEFORE_ALL_TIME.getTimestamp();
  }

  /** The first instant that a watermark does not vouch for. */
  static Instant after(long watermark) {
    return watermark >= LAST.toEpochMilli()
        ? LAST
        : Instant.ofEpochMilli(Math.max(watermark, FIRST.toEpochMilli() - 1) + 1);
  }
}
