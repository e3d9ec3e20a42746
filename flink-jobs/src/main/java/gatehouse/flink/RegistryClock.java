package gatehouse.flink;

import gatehouse.fact.Fact;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Behind the two sources of registry and site facts: holds back event time until the one of what
 * was known at the start has ended, and never after. A source that has ended would else, with all
 * others idle, bring the end of time.
 *
 * <p>Flink remembers in its checkpoints that the source has ended, so a job that goes on from one
 * holds back nothing.
 */
final class RegistryClock extends AbstractStreamOperator<Fact>
    implements OneInputStreamOperator<Fact, Fact> {

  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(StreamRecord<Fact> element) {
    output.collect(element);
  }

  @Override
  public void processWatermark(Watermark mark) {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      output.emitWatermarkStatus(WatermarkStatus.IDLE);
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Idle is only who knows all that was known.
  }
}
