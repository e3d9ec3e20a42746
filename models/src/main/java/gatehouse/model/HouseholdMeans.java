package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.model.gate.MeansOfHousehold;
import gatehouse.model.gate.MemberSeen;
import gatehouse.model.gate.Passer;
import gatehouse.registry.Credential;
import gatehouse.registry.Residency;
import gatehouse.registry.TaggedObject;
import gatehouse.registry.Vehicle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries a person's credentials, vehicles and units to the objects of the person's household, and
 * where the person passes. A credential that has expired still tells who used it. Finds nothing
 * itself; {@link ObjectWithoutOwner} uses it.
 */
public final class HouseholdMeans implements AnalysisModel<Fact, HouseholdMeans.State> {

  private static final int TAGS = 16;
  private static final int MEANS = 24;

  /**
   * A person.
   *
   * @param tags of the objects the person may take, oldest first
   * @param means by which the person can be told, oldest first
   */
  public record State(List<String> tags, List<String> means) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings.None> entry() {
    return new ModelEntry<>(
            "household-means",
            1,
            Ordering.EVENT_TIME,
            Set.of(
                TaggedObject.class,
                Credential.class,
                Vehicle.class,
                Residency.class,
                AccessEvent.class,
                FaceCapture.class),
            State.class,
            new Settings.None(),
            none -> new HouseholdMeans(),
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "What tells a household",
                "住户凭证与车辆",
                "Carries the credentials, vehicles and units of a household to its tagged objects;"
                    + " serves object-without-owner.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Own construction"),
            List::of)
        .deriving(MeansOfHousehold.class)
        .deriving(MemberSeen.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof TaggedObject object) {
      return Stream.concat(Stream.of(object.owner()), object.household().stream())
          .distinct()
          .map(person -> object.community() + '|' + person)
          .toList();
    }
    if (fact instanceof DeviceEvent event) {
      String seen = seen(event);
      return seen == null ? List.of() : List.of(fact.community() + '|' + seen);
    }
    String person =
        fact instanceof Credential credential
            ? credential.holder()
            : fact instanceof Vehicle vehicle
                ? vehicle.owner()
                : fact instanceof Residency residency ? residency.person() : null;
    return person == null ? List.of() : List.of(fact.community() + '|' + person);
  }

  /** Who passed, if the device knows. */
  private static @Nullable String seen(DeviceEvent event) {
    return event instanceof AccessEvent access && access.passed()
        ? access.person()
        : event instanceof FaceCapture face ? face.person() : null;
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    if (fact instanceof DeviceEvent event) {
      return before == null || before.tags().isEmpty()
          ? Step.keep(before)
          : new Step<>(before, List.of(), passed(key, event, before), null);
    }
    State state = before == null ? new State(List.of(), List.of()) : before;
    State now =
        fact instanceof TaggedObject object
            ? new State(with(state.tags(), object.tag(), TAGS), state.means())
            : new State(state.tags(), with(state.means(), means(fact), MEANS));
    if (now.equals(state)) {
      return Step.keep(state);
    }
    List<String> concerned =
        fact instanceof TaggedObject object ? List.of(object.tag()) : now.tags();
    String person = key.substring(key.indexOf('|') + 1);
    List<DerivedFact> carried = new ArrayList<>();
    if (!now.means().isEmpty()) {
      for (String tag : concerned) {
        carried.add(
            new MeansOfHousehold(
                tag, person, now.means(), fact.id(), fact.community(), fact.time()));
      }
    }
    return new Step<>(now, List.of(), List.copyOf(carried), null);
  }

  private static List<DerivedFact> passed(String key, DeviceEvent event, State state) {
    Direction way =
        event instanceof AccessEvent access
            ? access.direction()
            : ((FaceCapture) event).direction();
    boolean outside = way == Direction.OUT && SiteBorder.at(event.place());
    String person = key.substring(key.indexOf('|') + 1);
    Evidence use = Evidence.of(event, "object-without-owner.member");
    List<DerivedFact> told = new ArrayList<>();
    for (String tag : state.tags()) {
      told.add(new MemberSeen(tag, person, outside, use, event.community(), event.time()));
    }
    return List.copyOf(told);
  }

  private static String means(Fact fact) {
    return fact instanceof Credential credential
        ? Passer.credential(credential.credential())
        : fact instanceof Vehicle vehicle
            ? Passer.plate(vehicle.plate())
            : fact instanceof Residency residency ? Passer.unit(residency.unit()) : "";
  }

  private static List<String> with(List<String> before, String added, int limit) {
    if (before.contains(added)) {
      return before;
    }
    List<String> next = new ArrayList<>(before);
    next.add(added);
    if (next.size() > limit) {
      next.remove(0);
    }
    return List.copyOf(next);
  }
}
