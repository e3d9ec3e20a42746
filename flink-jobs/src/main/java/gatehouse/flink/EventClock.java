package gatehouse.flink;

import gatehouse.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/**
 * How event time goes on when no events come; it stands behind the source.
 *
 * <ul>
 *   <li>When the source has fallen idle and has been silent for as long as it may be in disorder,
 *       what has come is all there is for now: the watermark moves up to the latest event, so that
 *       a single event in a quiet place is judged.
 *   <li>When it stays silent, time goes on with the wall clock, but behind by the silence: a door
 *       held open at night is noticed although nothing else happens, and an outage shorter than the
 *       silence makes no event late.
 *   <li>At the end of a finished history, time goes on to a given end and no further.
 * </ul>
 */
final class EventClock extends AbstractStreamOperator<Fact>
    implements OneInputStreamOperator<Fact, Fact> {

  private static final long serialVersionUID = 1L;

  private static final long TICK_MILLIS = 1000;

  private final @Nullable Duration bound;
  private final Duration silence;
  private final @Nullable Instant until;

  private transient @Nullable ListState<Long> latestState;
  private transient @Nullable ScheduledFuture<?> ticking;
  private transient long latest;
  private transient long lastRecordAt;
  private transient boolean idle;

  private EventClock(@Nullable Duration bound, Duration silence, @Nullable Instant until) {
    this.bound = bound;
    this.silence = silence;
    this.until = until;
  }

  /**
   * For a stream that never ends.
   *
   * @param bound how much disorder there may be, and how far an event's time may be ahead of the
   *     gateway's to count
   * @param silence after how long without an event time goes on by itself; zero: never
   */
  static EventClock live(Duration bound, Duration silence) {
    return new EventClock(bound, silence, null);
  }

  /** For a finished history; after its last fact, time goes on to the end given. */
  static EventClock history(Instant until) {
    return new EventClock(null, Duration.ZERO, until);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    ListState<Long> restored =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("latest", Types.LONG));
    latest = Long.MIN_VALUE;
    for (Long known : restored.get()) {
      latest = Math.max(latest, known);
    }
    latestState = restored;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (latestState != null) {
      latestState.update(latest == Long.MIN_VALUE ? List.of() : List.of(latest));
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    lastRecordAt = now();
    if (bound != null) {
      ticking =
          getProcessingTimeService()
              .scheduleWithFixedDelay(
                  time -> goOnInSilence(bound.toMillis()), TICK_MILLIS, TICK_MILLIS);
    }
  }

  @Override
  public void close() throws Exception {
    if (ticking != null) {
      ticking.cancel(false);
    }
    super.close();
  }

  @Override
  public void processElement(StreamRecord<Fact> element) {
    latest = Math.max(latest, EventTime.progress(element.getValue(), bound));
    lastRecordAt = now();
    output.collect(element);
  }

  @Override
  public void processWatermark(Watermark mark) {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      if (until != null) {
        output.emitWatermark(new Watermark(EventTime.millis(until)));
      }
    } else {
      output.emitWatermark(mark);
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    idle = status.isIdle();
    output.emitWatermarkStatus(status);
  }

  private void goOnInSilence(long disorder) {
    if (!idle || latest == Long.MIN_VALUE) {
      return;
    }
    long silent = now() - lastRecordAt;
    long beyond = silence.isZero() ? 0 : Math.max(0, silent - silence.toMillis());
    // Watermarks of an idle stream are ignored, so it is active for this moment.
    output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
    output.emitWatermark(new Watermark(latest - disorder + Math.min(silent, disorder) + beyond));
    output.emitWatermarkStatus(WatermarkStatus.IDLE);
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
