package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.TagRead;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.registry.TaggedObject;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of each tag that is read in a lift whether it is on an e-bike: by the registry as it was
 * valid at that time, else as the reader says. Finds nothing itself; {@link EbikeInLift} uses it.
 */
public final class LiftTag implements AnalysisModel<Fact, LiftTag.State> {

  private static final int VERSIONS = 8;
  private static final int RIDES = 8;

  private final Settings settings;

  LiftTag(Settings settings) {
    this.settings = settings;
  }

  /** What can be tuned. */
  public record Settings(
      @Setting(value = "a reading is corrected by what becomes known within this time", min = 1)
          Duration corrected)
      implements gatehouse.analysis.Settings {

    static final Settings DEFAULTS = new Settings(Duration.ofDays(7));
  }

  /**
   * A tag.
   *
   * @param objects what it is on, in all versions, at most {@value #VERSIONS}
   * @param rides its newest readings in lifts with what was said of them, at most {@value #RIDES}
   */
  public record State(List<TaggedObject> objects, List<TaggedRide> rides) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
            "lift-tag",
            1,
            Ordering.EVENT_TIME,
            Set.of(TaggedObject.class, TagRead.class),
            State.class,
            Settings.DEFAULTS,
            LiftTag::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Tags in lifts",
                "电梯内标签",
                "Says whether a tag that is read in a lift is on an e-bike; serves ebike-in-lift.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Own construction"),
            List::of)
        .deriving(TaggedRide.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof TaggedObject object) {
      return List.of(fact.community() + '/' + object.tag());
    }
    return fact instanceof TagRead read && read.place().kind() == Place.Kind.LIFT
        ? List.of(fact.community() + '/' + read.tag())
        : List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? new State(List.of(), List.of()) : before;
    if (fact instanceof TaggedObject object) {
      return registered(object, state);
    }
    TagRead read = (TagRead) fact;
    TaggedRide ride = new TaggedRide(read, eBike(read, state.objects()), read.time());
    List<TaggedRide> rides = new ArrayList<>(recent(state.rides(), read.time()));
    rides.add(ride);
    List<TaggedRide> kept = rides.subList(Math.max(0, rides.size() - RIDES), rides.size());
    return keep(new State(state.objects(), List.copyOf(kept)), read.time()).derive(ride);
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    return keep(new State(state.objects(), recent(state.rides(), now)), now);
  }

  /** What was said of earlier readings may have to be said anew. */
  private Step<State> registered(TaggedObject object, State state) {
    List<TaggedObject> objects = Validity.with(state.objects(), object, VERSIONS);
    List<TaggedRide> rides = new ArrayList<>();
    List<DerivedFact> corrected = new ArrayList<>();
    for (TaggedRide ride : recent(state.rides(), object.time())) {
      boolean eBike = eBike(ride.read(), objects);
      TaggedRide now = new TaggedRide(ride.read(), eBike, object.time());
      if (eBike != ride.eBike()) {
        corrected.add(now);
      }
      rides.add(eBike == ride.eBike() ? ride : now);
    }
    Step<State> kept = keep(new State(objects, List.copyOf(rides)), object.time());
    return new Step<>(kept.state(), List.of(), List.copyOf(corrected), kept.wakeAt());
  }

  private Step<State> keep(State state, Instant now) {
    if (state.rides().isEmpty()) {
      return state.objects().isEmpty() ? Step.forget() : Step.keep(state);
    }
    Instant forget = state.rides().get(0).read().time().plus(settings.corrected());
    return Step.keep(state).wakeAt(forget.isAfter(now) ? forget : now);
  }

  private List<TaggedRide> recent(List<TaggedRide> rides, Instant now) {
    return rides.stream()
        .filter(ride -> ride.read().time().plus(settings.corrected()).isAfter(now))
        .toList();
  }

  private static boolean eBike(TagRead read, List<TaggedObject> objects) {
    TaggedObject object = Validity.at(objects, read.time());
    String kind = object == null ? read.subjectType() : object.kind();
    String word = kind.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    return word.equals("ebike") || word.equals("ebikebattery");
  }
}
