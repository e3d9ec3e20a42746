package gatehouse.flink;

import gatehouse.alert.Alert;
import gatehouse.alert.Episodes;
import gatehouse.alert.Finding;
import gatehouse.analysis.ModelEntry;
import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.DeadLetter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Makes episodes of findings. A finding is taken at once; time passes for an episode with the
 * watermark, and up to a finding's own time before the finding is taken, as in {@code Replay}.
 */
final class AlertFunction extends KeyedProcessFunction<String, Finding, Alert> {

  private static final long serialVersionUID = 1L;

  private final Catalogue catalogue;

  private transient Map<String, Episodes> episodes;
  private transient ValueState<WatchedEpisode> watched;

  /** Episodes by the policies of these models. */
  AlertFunction(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public void open(OpenContext context) {
    episodes = new HashMap<>();
    for (ModelEntry<?, ?, ?> entry : catalogue.entries()) {
      episodes.put(entry.id(), new Episodes(entry.episodes()));
    }
    watched =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("episode", RecordTypes.of(WatchedEpisode.class)));
  }

  @Override
  public void processElement(Finding finding, Context context, Collector<Alert> out)
      throws Exception {
    Episodes policy = episodes.get(finding.model());
    try {
      if (policy == null) {
        throw new IllegalStateException("a finding of a model that is not in the catalogue");
      }
      WatchedEpisode before = pass(policy, watched.value(), finding.at(), out);
      Episodes.Change change = policy.onFinding(finding, before == null ? null : before.episode());
      change.alerts().forEach(out::collect);
      keep(policy, keptOf(change), context, out);
    } catch (RuntimeException e) {
      context.output(
          Streams.DEAD,
          new DeadLetter(
              finding.model(),
              "EPISODE_FAILED",
              Refused.where(e),
              finding.community(),
              "",
              Refused.STAGE,
              finding.at(),
              ""));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    WatchedEpisode before = watched.value();
    if (before != null) {
      Episodes policy = episodes.get(before.episode().alert().model());
      // A model that was taken out of the catalogue leaves its episodes as they are.
      if (policy != null) {
        keep(policy, before, context, out);
      }
    }
  }

  /** Lets time pass until the watermark, keeps what is left, and sets the timer. */
  private void keep(
      Episodes policy, @Nullable WatchedEpisode episode, Context context, Collector<Alert> out)
      throws Exception {
    Instant now = EventTime.after(context.timerService().currentWatermark());
    WatchedEpisode after = pass(policy, episode, now, out);
    if (after == null) {
      watched.clear();
      return;
    }
    watched.update(after);
    if (after.wakeAt() != null) {
      context.timerService().registerEventTimeTimer(EventTime.millis(after.wakeAt()));
    }
  }

  private static @Nullable WatchedEpisode pass(
      Episodes policy, @Nullable WatchedEpisode episode, Instant time, Collector<Alert> out) {
    WatchedEpisode now = episode;
    while (now != null && now.wakeAt() != null && now.wakeAt().isBefore(time)) {
      Episodes.Change change = policy.onWake(now.wakeAt(), now.episode());
      change.alerts().forEach(out::collect);
      now = keptOf(change);
    }
    return now;
  }

  private static @Nullable WatchedEpisode keptOf(Episodes.Change change) {
    return change.episode() == null ? null : new WatchedEpisode(change.episode(), change.wakeAt());
  }
}
