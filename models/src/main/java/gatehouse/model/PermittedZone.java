package gatehouse.model;

import gatehouse.alert.EpisodePolicy;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings;
import gatehouse.analysis.Step;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.registry.Permit;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.site.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries permits from the places they name to the closed areas of those places. Finds nothing
 * itself; {@link Loitering} uses it.
 */
public final class PermittedZone implements AnalysisModel<Fact, PermittedZone.State> {

  private static final Set<String> EXPLAINING =
      Set.of("work", "maintenance", "drill", "moving", "event");
  private static final int PERMITS = 16;

  /**
   * A place.
   *
   * @param permits that name it, in the order of recording, at most {@value #PERMITS}
   * @param zones the closed areas it leads into or out of
   */
  public record State(List<Permit> permits, List<Zone> zones) {}

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings.None> entry() {
    return new ModelEntry<>(
            "permitted-zone",
            1,
            Ordering.EVENT_TIME,
            Set.of(Permit.class, PlaceEntry.class),
            State.class,
            new Settings.None(),
            none -> new PermittedZone(),
            EpisodePolicy.DEFAULT,
            new ModelCard(
                "Permits of an area",
                "区域许可",
                "Carries permits from places to their closed areas; serves loitering.",
                List.of(),
                LateData.ORDERED,
                List.of(),
                "Own construction"),
            List::of)
        .deriving(ZonePermit.class);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof PlaceEntry entry) {
      return closed(entry.place()).isEmpty()
          ? List.of()
          : List.of(fact.community() + '/' + entry.place().id());
    }
    return fact instanceof Permit permit && EXPLAINING.contains(permit.kind())
        ? permit.places().stream().distinct().map(id -> fact.community() + '/' + id).toList()
        : List.of();
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = before == null ? new State(List.of(), List.of()) : before;
    if (fact instanceof Permit permit) {
      State now = new State(Validity.with(state.permits(), permit, PERMITS), state.zones());
      return carried(now, List.of(permit), fact.time());
    }
    State now = new State(state.permits(), closed(((PlaceEntry) fact).place()));
    return carried(now, state.permits(), fact.time());
  }

  private static List<Zone> closed(Place place) {
    return Stream.concat(place.from().stream(), place.to().stream())
        .filter(zone -> zone.use().closed())
        .distinct()
        .toList();
  }

  private static Step<State> carried(State state, List<Permit> permits, Instant time) {
    List<DerivedFact> carried = new ArrayList<>();
    for (Permit permit : permits) {
      for (Zone zone : state.zones()) {
        carried.add(new ZonePermit(permit, zone, time));
      }
    }
    return new Step<>(state, List.of(), List.copyOf(carried), null);
  }
}
