package gatehouse.model;

import gatehouse.event.Direction;
import gatehouse.model.ZoneCrossing.Kind;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import gatehouse.site.Zone.AntiPassback;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The border that a subject must have crossed unseen to be where its passage starts.
 *
 * @param zone the zone
 * @param kind which way, and how it shows
 */
record UnseenCrossing(Zone zone, Kind kind) {

  /** The strictest zone first, then the most sensitive, then the innermost. */
  private static final Comparator<Zone> GRAVEST =
      Comparator.comparing(Zone::antiPassback).thenComparing(Zone::sensitivity);

  /**
   * Finds it.
   *
   * @param believed the zones the subject was last in, outermost first
   * @param since when it was there
   * @param place where it passes now
   * @param way which way it passes
   * @param now when
   * @return null if the passage adds up in every zone that is judged
   */
  static @Nullable UnseenCrossing find(
      List<Zone> believed, Instant since, Place place, Direction way, Instant now) {
    Zone gravest = null;
    for (Zone zone : differing(believed, place.before(way))) {
      if (zone.antiPassback() != AntiPassback.NONE
          && !reset(zone, place, since, now)
          && (gravest == null || GRAVEST.compare(zone, gravest) >= 0)) {
        gravest = zone;
      }
    }
    return gravest == null
        ? null
        : new UnseenCrossing(gravest, kind(gravest, believed, place, way));
  }

  /** The judged zones that this place leads into or out of. */
  static List<Zone> bordersOf(Place place) {
    return differing(place.from(), place.to()).stream()
        .filter(zone -> zone.antiPassback() != AntiPassback.NONE)
        .toList();
  }

  static boolean contains(List<Zone> zones, Zone zone) {
    return zones.stream().anyMatch(other -> other.id().equals(zone.id()));
  }

  /** Whether passing the place changes the zone one is in at all. */
  static boolean leadsSomewhere(Place place) {
    return !differing(place.from(), place.to()).isEmpty();
  }

  private static Kind kind(Zone zone, List<Zone> believed, Place place, Direction way) {
    boolean inAfter = contains(place.after(way), zone);
    if (contains(believed, zone)) {
      return inAfter ? Kind.IN_WHILE_INSIDE : Kind.ELSEWHERE_WHILE_INSIDE;
    }
    return inAfter ? Kind.INSIDE_WITHOUT_IN : Kind.OUT_WHILE_OUTSIDE;
  }

  private static List<Zone> differing(List<Zone> one, List<Zone> other) {
    List<Zone> differing = new ArrayList<>();
    one.stream().filter(zone -> !contains(other, zone)).forEach(differing::add);
    other.stream().filter(zone -> !contains(one, zone)).forEach(differing::add);
    return differing;
  }

  /** Whether it was forgotten, between the two times, who is in the zone. */
  private static boolean reset(Zone zone, Place place, Instant since, Instant now) {
    if (zone.resetAt() == null) {
      return false;
    }
    ZonedDateTime local = now.atZone(place.zone());
    Instant today = local.with(zone.resetAt()).toInstant();
    Instant last = today.isAfter(now) ? local.minusDays(1).with(zone.resetAt()).toInstant() : today;
    return since.isBefore(last);
  }
}
