package gatehouse.flink;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Keeps from the models that the sources are idle. An input that is idle does not count for the
 * watermark; if two subtasks then become active one after the other, the watermark of the first
 * passes what the second is about to send. Behind this, an input without news holds still instead,
 * and everything up to a watermark comes before it.
 */
final class NeverIdle<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<T, T> {

  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(StreamRecord<T> element) {
    output.collect(element);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Not passed on.
  }
}
