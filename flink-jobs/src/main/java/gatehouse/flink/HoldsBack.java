package gatehouse.flink;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Watermarks that stand before all time until the stream ends. */
final class HoldsBack<T> implements WatermarkGenerator<T> {

  /**
   * Tells that there is a stream, but nothing of its time; {@link Long#MIN_VALUE} tells nothing.
   */
  static final Watermark BEFORE_ALL_TIME = new Watermark(Long.MIN_VALUE + 1);

  @Override
  public void onEvent(T event, long timestamp, WatermarkOutput output) {
    // An event changes nothing.
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.emitWatermark(BEFORE_ALL_TIME);
  }
}
