package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.PlateRead;
import gatehouse.event.TrackSighting;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.model.flow.CommunityLevel;
import gatehouse.model.flow.Passing;
import gatehouse.stats.SeasonalBaseline;
import gatehouse.stats.SeasonalBaseline.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells each place how busy the others of its community are: on a fine weekend more pass all of
 * them. Finds nothing itself; {@link FlowAnomaly} uses it.
 *
 * <p>Keyed by community and by what is counted.
 *
 * <p>Source: {@link gatehouse.stats.SeasonalBaseline}.
 */
public final class CommunityFlow implements AnalysisModel<Fact, CommunityFlow.State> {

  private static final int PLACES = 64;
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private final Settings settings;

  CommunityFlow(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "nothing is said before a community was counted this long", max = 7_776_000)
          Duration leastHistory,
      @Setting(value = "a community without any passage for this long is forgotten", min = 1)
          Duration forgetAfter,
      @Setting(value = "visits of all days' mean that count like one's own", min = 0.1, max = 100)
          double shrinkage,
      @Setting(
              value = "kept of a half hour of the week, a week",
              unit = "share",
              min = 0.5,
              max = 1)
          double weekKept,
      @Setting(value = "kept of a half hour of the day, a day", unit = "share", min = 0.5, max = 1)
          double dayKept)
      implements gatehouse.analysis.Settings {

    /** Those of flow-anomaly where they are the same; the others are judgement. */
    public static final Settings DEFAULTS =
        new Settings(Duration.ofDays(7), Duration.ofDays(3), 6, 0.97, 0.99);

    private SeasonalBaseline.Memory memory() {
      return new SeasonalBaseline.Memory(shrinkage, weekKept, dayKept, 0.1);
    }
  }

  /**
   * What is kept of one class of subjects in a community.
   *
   * @param timeZone its time zone
   * @param since when they were first counted
   * @param heard when anybody passed last
   * @param binStart when the half hour that is not over began
   * @param usual what is usual at each half hour of the week, over all places
   * @param count how many passed in that half hour
   * @param places where they were counted, at most {@value #PLACES}
   */
  public record State(
      String timeZone,
      Instant since,
      Instant heard,
      Instant binStart,
      SeasonalBaseline usual,
      int count,
      List<String> places) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "community-flow",
            1,
            Ordering.EVENT_TIME,
            Set.of(AccessEvent.class, PlateRead.class, TrackSighting.class),
            State.class,
            Settings.DEFAULTS,
            CommunityFlow::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "How busy a community is",
                "小区整体人流",
                "Says how many pass a community's places against what is usual; serves"
                    + " flow-anomaly.",
                List.of(),
                LateData.LEARNED,
                List.of(),
                "Gamma-Poisson level with a seasonal baseline"),
            List::of)
        .deriving(CommunityLevel.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    @Nullable Passing passing = passing(fact);
    return passing == null
        ? List.of()
        : List.of(fact.community() + '/' + passing.subjects().word());
  }

  private static @Nullable Passing passing(Fact fact) {
    return fact instanceof DeviceEvent event ? Passing.of(event) : null;
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    @Nullable Passing passing = passing(fact);
    if (passing == null || !(fact instanceof DeviceEvent event)) {
      return Step.keep(before);
    }
    State state = before == null ? begun(event) : before;
    List<DerivedFact> told = new ArrayList<>();
    return step(counted(event, passing.count(), at(key, fact.time(), state, told)), told);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    List<DerivedFact> told = new ArrayList<>();
    State next = at(key, now, state, told);
    return now.isBefore(next.heard().plus(settings.forgetAfter()))
        ? step(next, told)
        : Step.forget();
  }

  private static Step<State> step(State state, List<DerivedFact> told) {
    return new Step<>(state, List.of(), List.copyOf(told), state.binStart().plus(HALF_HOUR));
  }

  private static State begun(DeviceEvent event) {
    long bin = HALF_HOUR.toMillis();
    return new State(
        event.place().timeZone(),
        event.time(),
        event.time(),
        Instant.ofEpochMilli(Math.floorDiv(event.time().toEpochMilli(), bin) * bin),
        SeasonalBaseline.EMPTY,
        0,
        List.of());
  }

  private static State counted(DeviceEvent event, int count, State state) {
    String place = event.place().id();
    List<String> places = new ArrayList<>(state.places());
    if (!places.contains(place)) {
      if (places.size() >= PLACES) {
        return state;
      }
      places.add(place);
    }
    return new State(
        state.timeZone(),
        state.since(),
        count > 0 ? event.time() : state.heard(),
        state.binStart(),
        state.usual(),
        state.count() + count,
        List.copyOf(places));
  }

  /** Ends the half hours that are over. */
  private State at(String key, Instant now, State before, List<DerivedFact> told) {
    State state = before;
    int slash = key.lastIndexOf('/');
    while (!now.isBefore(state.binStart().plus(HALF_HOUR))) {
      Instant end = state.binStart().plus(HALF_HOUR);
      Slot slot = slot(state);
      if (!end.isBefore(state.since().plus(settings.leastHistory())) && state.places().size() > 1) {
        told.add(
            new CommunityLevel(
                key.substring(0, slash),
                key.substring(slash + 1),
                end,
                state.count(),
                state.usual().rate(slot, settings.memory()),
                state.places()));
      }
      state =
          new State(
              state.timeZone(),
              state.since(),
              state.heard(),
              end,
              state.usual().plus(slot, state.count(), 1, settings.memory()),
              0,
              state.places());
    }
    return state;
  }

  private static Slot slot(State state) {
    ZoneId zone = state.timeZone().isEmpty() ? ZoneOffset.UTC : ZoneId.of(state.timeZone());
    return Slot.at(state.binStart().atZone(zone));
  }
}
