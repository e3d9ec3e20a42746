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
import gatehouse.event.Direction;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.registry.Vehicle;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the vehicles of a unit that somebody of it passed a garage door, and who of it is on foot
 * where. Finds nothing itself; {@link DriverMismatch} weighs it.
 *
 * <p>Keyed by community and unit.
 */
public final class GaragePresence implements AnalysisModel<Fact, GaragePresence.State> {

  private static final int VEHICLES = 8;
  private static final int VERSIONS = 4;

  GaragePresence(Settings.None settings) {}

  /**
   * A unit.
   *
   * @param vehicles its vehicles in their versions, by plate
   */
  public record State(Map<String, List<Vehicle>> vehicles) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings.None> entry() {
    return new ModelEntry<>(
            "garage-presence",
            1,
            Ordering.EVENT_TIME,
            Set.of(AccessEvent.class, Vehicle.class),
            State.class,
            new Settings.None(),
            GaragePresence::new,
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Who of a unit is at the garage",
                "车库门通行",
                "Links uses of doors and gates with the vehicles of the unit; serves driver-mismatch.",
                List.of(),
                LateData.COMMUTATIVE,
                List.of(),
                "models-spec, driver-mismatch"),
            List::of)
        .deriving(UnitAtGarage.class)
        .deriving(MemberOnFoot.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    String unit =
        fact instanceof Vehicle vehicle
            ? vehicle.unit()
            : fact instanceof AccessEvent access && access.passed() ? access.unit() : null;
    return unit == null || unit.isEmpty() ? List.of() : List.of(fact.community() + '|' + unit);
  }

  private static boolean garage(Place place) {
    return Stream.of(place.from(), place.to())
        .filter(zones -> !zones.isEmpty())
        .anyMatch(zones -> zones.get(zones.size() - 1).use() == Zone.Use.GARAGE);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? new State(Map.of()) : before;
    if (fact instanceof Vehicle vehicle) {
      return Step.keep(with(vehicle, state));
    }
    List<String> plates =
        state.vehicles().entrySet().stream()
            .filter(versions -> Validity.at(versions.getValue(), fact.time()) != null)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!(fact instanceof AccessEvent access) || plates.isEmpty()) {
      return Step.keep(before);
    }
    List<DerivedFact> told = new ArrayList<>();
    if (garage(access.place())) {
      told.add(
          new UnitAtGarage(
              access.id(),
              access.community(),
              access.time(),
              Evidence.of(access, "driver-mismatch.garage"),
              plates));
    } else if (access.person() != null) {
      told.add(
          new MemberOnFoot(
              access.id(),
              access.community(),
              access.time(),
              Evidence.of(access, "driver-mismatch.on-foot"),
              access.person(),
              access.direction() == Direction.OUT && SiteBorder.at(access.place()),
              plates));
    }
    return new Step<>(state, List.of(), List.copyOf(told), null);
  }

  private static State with(Vehicle vehicle, State state) {
    Map<String, List<Vehicle>> vehicles = new HashMap<>(state.vehicles());
    List<Vehicle> versions = vehicles.getOrDefault(vehicle.plate(), List.of());
    if (versions.isEmpty() && vehicles.size() >= VEHICLES) {
      return state;
    }
    vehicles.put(vehicle.plate(), Validity.with(versions, vehicle, VERSIONS));
    return new State(Map.copyOf(vehicles));
  }
}
