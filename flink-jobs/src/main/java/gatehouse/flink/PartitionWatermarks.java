package gatehouse.flink;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Watermarks of one partition of the live events: those of {@link EventWatermarks}, and idle after
 * some time without an event.
 *
 * <p>An event that a device held back for longer than the silence is late wherever events come. It
 * says nothing of how far the partition is, so it does not count: a door that flushes a day's log
 * into a quiet partition holds back nobody.
 */
final class PartitionWatermarks implements WatermarkGenerator<Incoming> {

  private final Duration silence;
  private final WatermarkGenerator<Incoming> watermarks;

  /**
   * Watermarks of a partition.
   *
   * @param clock measures idleness
   */
  PartitionWatermarks(FactSource.Clock times, RelativeClock clock) {
    this.silence = times.silence();
    this.watermarks =
        new WatermarksWithIdleness<>(
            new EventWatermarks(times.bound(), times.bound()),
            times.idleness(),
            new RunningClock(clock));
  }

  @Override
  public void onEvent(Incoming event, long timestamp, WatermarkOutput output) {
    if (!wasHeldBack(event)) {
      watermarks.onEvent(event, timestamp, output);
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    watermarks.onPeriodicEmit(output);
  }

  private boolean wasHeldBack(Incoming incoming) {
    return !silence.isZero()
        && incoming.fact() instanceof DeviceEvent event
        && event.origin().clock() != ClockQuality.UNKNOWN
        && event.time().plus(silence).isBefore(event.origin().receivedAt());
  }
}
