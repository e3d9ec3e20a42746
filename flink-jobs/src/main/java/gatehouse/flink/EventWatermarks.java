package gatehouse.flink;

import gatehouse.event.DeviceEvent;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.jspecify.annotations.Nullable;

/**
 * Watermarks of device events: a bound behind the latest time seen, whereby no event counts for
 * more than the gateway's clock plus the bound. So one device whose clock is a year ahead does not
 * make all others late. Registry and site facts move no time: of two halves of a history, one may
 * still be reading them while the other has come to the events they are for. Until the first event
 * the watermark stands before all time, so that whoever compares partitions knows of this one.
 */
final class EventWatermarks implements WatermarkGenerator<Incoming> {

  private final Duration bound;
  private final @Nullable Duration clockAhead;
  private long latest = Long.MIN_VALUE;

  /**
   * Watermarks this far behind.
   *
   * @param clockAhead how far an event's time may be ahead of the gateway's; null: it is trusted
   */
  EventWatermarks(Duration bound, @Nullable Duration clockAhead) {
    this.bound = bound;
    this.clockAhead = clockAhead;
  }

  @Override
  public void onEvent(Incoming event, long timestamp, WatermarkOutput output) {
    if (event.fact() instanceof DeviceEvent reported) {
      latest = Math.max(latest, EventTime.progress(reported, clockAhead));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.emitWatermark(
        latest == Long.MIN_VALUE
            ? HoldsBack.BEFORE_ALL_TIME
            : new Watermark(latest - bound.toMillis() - 1));
  }
}
