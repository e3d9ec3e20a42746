package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.PlateRead;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.model.flow.CommunityLevel;
import gatehouse.model.flow.Counting;
import gatehouse.model.flow.FlowKey;
import gatehouse.model.flow.FlowSettings;
import gatehouse.model.flow.FlowState;
import gatehouse.model.flow.Passing;
import gatehouse.registry.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The number of passages at a place is abnormal for that half hour of the week.
 *
 * <p>All directions of one class of subjects at a place share one hidden state: as usual, a surge
 * (something is on), or a drop. Each half hour the usual counts are compared with what came, the
 * state's probabilities move, and then the half hour is learned. A surge that is plain before its
 * half hour is over is told early; it is measured against the whole half hour, so that a counter
 * that reports once a half hour does not look like a crowd. A change too small for any one half
 * hour to show adds up in a cumulative sum.
 *
 * <p>What all places of a community have in common, as on a fine weekend, is expected of each
 * ({@link CommunityFlow}, {@link gatehouse.model.flow.Common}); and the more places are counted,
 * the less likely a surge is at one of them. Visitors count apart from those who live or work
 * there: guests come for a reason of their own.
 *
 * <p>A half hour in which a device of the place was blind is neither judged nor learned. A drop is
 * an alert only while the devices say that they are well: it is told to who runs them.
 *
 * <p>Source: {@link gatehouse.stats.SeasonalBaseline}, {@link gatehouse.stats.SurgeFilter} (Ihler,
 * Hutchins, Smyth 2006) and {@link gatehouse.stats.Cusum}.
 */
public final class FlowAnomaly implements AnalysisModel<Fact, FlowState> {

  private final FlowSettings settings;

  /** The model with these settings. */
  public FlowAnomaly(FlowSettings settings) {
    this.settings = settings;
  }

  /** Its line in the catalogue. */
  public static ModelEntry<Fact, FlowState, FlowSettings> entry() {
    return new ModelEntry<>(
        "flow-anomaly",
        1,
        Ordering.EVENT_TIME,
        Set.of(
            AccessEvent.class,
            PlateRead.class,
            TrackSighting.class,
            DeviceStatus.class,
            DeviceHealth.class,
            CommunityLevel.class,
            Permit.class),
        FlowState.class,
        FlowSettings.DEFAULTS,
        FlowAnomaly::new,
        new EpisodePolicy(null, Duration.ofHours(1), Duration.ofDays(7)),
        new ModelCard(
            "Flow anomaly",
            "客流车流异常",
            "Far more, or far fewer, pass a place than usual at that half hour of the week; also a"
                + " smaller change that lasts. Learns each place for a week first.",
            List.of(Audience.PROPERTY, Audience.OPERATIONS),
            ModelCard.LateData.LEARNED,
            List.of(
                "An event, a removal, a drill: a permit that names the place explains it, also when"
                    + " it is recorded afterwards",
                "Public holidays: no calendar is known, only workdays and weekends; a holiday looks"
                    + " like a quiet day",
                "A weekly dance or market: what came a week ago too is learned, within some weeks",
                "Queues read twice: each reading of one delivery counts once; the spread of the"
                    + " place's own counts is learned",
                "A fine day on which everybody goes out: what the other places count is expected here",
                "A device that missed passages: the half hour is neither judged nor learned; drops"
                    + " need the device's word that it is well",
                "A group at a quiet hour: a surge is told only from 15 passages above the expected"
                    + " ones, one of visitors from 8"),
            "Negative binomial seasonal baseline; causal form of Ihler, Hutchins, Smyth, KDD 2006;"
                + " Page's CUSUM. On ten weeks of real counts of a building's door (CalIt2) 16 of"
                + " 20 known events at fewer than one false alarm a week"),
        FlowAnomaly::example);
  }

  /** The smallest history in which it finds something: a quiet week at a gate, then a crowd. */
  public static List<Fact> example() {
    return FlowExample.history();
  }

  @Override
  public List<String> keys(Fact fact) {
    return FlowKey.of(fact);
  }

  @Override
  public Step<FlowState> onEvent(String key, Fact fact, @Nullable FlowState before) {
    @Nullable Passing passing = fact instanceof DeviceEvent event ? Passing.of(event) : null;
    if (before == null && passing == null) {
      return Step.forget();
    }
    FlowState state = before == null ? Counting.begun((DeviceEvent) fact, settings) : before;
    Counting counting = new Counting(FlowKey.parse(key), state, settings);
    if (fact instanceof CommunityLevel level) {
      counting.level(level);
    }
    counting.at(fact.time());
    if (passing != null) {
      counting.count(passing, (DeviceEvent) fact);
    } else if (fact instanceof DeviceStatus status) {
      counting.hear(status);
    } else if (fact instanceof DeviceHealth health) {
      counting.hear(health);
    } else if (fact instanceof Permit permit) {
      counting.permit(permit, fact.time());
    }
    return step(counting, fact.time());
  }

  @Override
  public Step<FlowState> onWake(String key, Instant now, FlowState state) {
    Counting counting = new Counting(FlowKey.parse(key), state, settings);
    counting.at(now);
    return step(counting, now);
  }

  private Step<FlowState> step(Counting counting, Instant now) {
    if (counting.abandoned(now)) {
      return Step.<FlowState>forget().findings(counting.closed(now));
    }
    return Step.keep(counting.state()).findings(counting.findings()).wakeAt(counting.nextWake(now));
  }
}
