package gatehouse.flink;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Watermarks of registry and site facts: none, but while facts come for the first time they hold
 * back those of the events, so that a job that starts knows the registry before it judges. Once the
 * stream has been idle it says nothing more: Flink does not let an input that is behind hold back
 * the others again.
 */
final class FactWatermarks implements WatermarkGenerator<Incoming> {

  private static final Watermark NOTHING_YET = new Watermark(Long.MIN_VALUE + 1);

  @Override
  public void onEvent(Incoming event, long timestamp, WatermarkOutput output) {
    output.emitWatermark(NOTHING_YET);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    // Time does not pass by itself here.
  }
}
