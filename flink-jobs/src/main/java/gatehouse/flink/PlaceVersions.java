package gatehouse.flink;

import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.site.SiteMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest versions of one place, as {@link SiteMap} keeps them, in a form that rests in state.
 *
 * @param entries in order of {@code validFrom}
 */
record PlaceVersions(List<PlaceEntry> entries) {

  static final PlaceVersions NONE = new PlaceVersions(List.of());

  /** As many as {@link SiteMap} keeps. */
  private static final int LIMIT = 4;

  /** With one more version; the same version again changes nothing. */
  PlaceVersions with(PlaceEntry entry) {
    List<PlaceEntry> all = new ArrayList<>(entries);
    all.removeIf(old -> old.validFrom().equals(entry.validFrom()));
    all.add(entry);
    all.sort(Comparator.comparing(PlaceEntry::validFrom));
    return new PlaceVersions(List.copyOf(all.subList(Math.max(0, all.size() - LIMIT), all.size())));
  }

  /** The version that holds at the time; null if there is none at all. */
  @Nullable Place at(Instant time) {
    return SiteMap.asOf(entries, time);
  }
}
