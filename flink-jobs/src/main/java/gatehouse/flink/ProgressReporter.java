package gatehouse.flink;

import gatehouse.alert.Alert;
import gatehouse.wire.Progress;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts, behind the alerts of a watermark, a note that the watermark has come. It is chained between
 * the last operator and the sink, so the sink gets both in this order. At most one note an
 * interval; the last one is never left out.
 */
final class ProgressReporter extends AbstractStreamOperator<Outgoing>
    implements OneInputStreamOperator<Alert, Outgoing> {

  private static final long serialVersionUID = 1L;

  private static final long INTERVAL_MILLIS = 200;

  private final String job;
  private transient long reached;
  private transient long reported;
  private transient long reportedAt;
  private transient @Nullable ScheduledFuture<?> scheduled;

  /** Reports under this name. */
  ProgressReporter(String job) {
    this.job = job;
  }

  @Override
  public void open() throws Exception {
    super.open();
    reached = Long.MIN_VALUE;
    reported = Long.MIN_VALUE;
  }

  @Override
  public void processElement(StreamRecord<Alert> element) {
    output.collect(element.replace(Outgoing.of(element.getValue())));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    reached = mark.getTimestamp();
    long now = getProcessingTimeService().getCurrentProcessingTime();
    if (now - reportedAt >= INTERVAL_MILLIS) {
      report(now);
    } else if (scheduled == null) {
      scheduled =
          getProcessingTimeService()
              .registerTimer(
                  reportedAt + INTERVAL_MILLIS,
                  time -> {
                    scheduled = null;
                    report(time);
                  });
    }
    super.processWatermark(mark);
  }

  @Override
  public void finish() throws Exception {
    report(getProcessingTimeService().getCurrentProcessingTime());
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (scheduled != null) {
      scheduled.cancel(false);
    }
    super.close();
  }

  private void report(long now) {
    if (reached <= reported || reached < EventTime.FIRST.toEpochMilli()) {
      return;
    }
    reported = reached;
    reportedAt = now;
    Progress progress =
        new Progress(
            job,
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
            getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
            EventTime.after(reached),
            Instant.ofEpochMilli(now));
    output.collect(new StreamRecord<>(Outgoing.of(progress)));
  }
}
