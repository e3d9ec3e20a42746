package gatehouse.flink;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Marks a stream as idle for good, so that the watermarks of others go their way. */
final class NeverHoldsBack<T> implements WatermarkGenerator<T> {

  @Override
  public void onEvent(T event, long timestamp, WatermarkOutput output) {
    // An event changes nothing.
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.markIdle();
  }
}
