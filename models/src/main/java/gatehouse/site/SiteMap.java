package gatehouse.site;

import gatehouse.event.DeviceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The places of a community in all their versions; completes the place of an event. */
public final class SiteMap {

  /** How many versions of one place are kept: enough for a day's late events. */
  private static final int VERSIONS = 4;

  private final Map<String, List<PlaceEntry>> places = new HashMap<>();

  /** Adds a version of a place; the same version again changes nothing. */
  public void add(PlaceEntry entry) {
    List<PlaceEntry> versions = places.computeIfAbsent(entry.place().id(), id -> new ArrayList<>());
    versions.removeIf(old -> old.validFrom().equals(entry.validFrom()));
    versions.add(entry);
    versions.sort(Comparator.comparing(PlaceEntry::validFrom));
    if (versions.size() > VERSIONS) {
      versions.remove(0);
    }
  }

  /** The place as it was at the time, or null if it is not known at all. */
  public @Nullable Place placeAt(String id, Instant time) {
    return asOf(places.getOrDefault(id, List.of()), time);
  }

  /** The event with its place completed; unchanged if nothing is known of the place. */
  public DeviceEvent complete(DeviceEvent event) {
    Place place = placeAt(event.place().id(), event.time());
    return place == null ? event : event.withOrigin(event.origin().at(place));
  }

  /**
   * The version that holds at the time. Before the first one the first holds: a site is surveyed
   * after it was built.
   *
   * @param versions in order of {@code validFrom}
   */
  public static @Nullable Place asOf(List<PlaceEntry> versions, Instant time) {
    Place found = null;
    for (PlaceEntry version : versions) {
      if (found == null || !version.validFrom().isAfter(time)) {
        found = version.place();
      }
    }
    return found;
  }
}
