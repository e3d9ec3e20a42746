package gatehouse.model;

import gatehouse.event.Direction;
import gatehouse.site.Place;

/** Which passages end a visit: those that lead out of it, and those that lead in again. */
final class StayPath {

  private StayPath() {}

  /** Whether the passage leads out of where the visit is. */
  static boolean leaves(Visit visit, StayPassage passage) {
    Place place = passage.event().place();
    if (!passage.passed() || passage.way() == Direction.UNKNOWN) {
      return false;
    }
    boolean outOfItsZone =
        place.before(passage.way()).stream()
            .filter(zone -> !UnseenCrossing.contains(place.after(passage.way()), zone))
            .anyMatch(zone -> visit.zones().contains(zone.id()));
    return outOfItsZone
        || (visit.zone().isEmpty()
            && passage.way() == Direction.OUT
            && (SiteBorder.at(place) || place.id().equals(visit.entered().place())));
  }

  /** Whether the passage leads in where the visit came in. */
  static boolean comesAgain(Visit visit, StayPassage passage) {
    Place place = passage.event().place();
    if (!passage.passed() || passage.way() == Direction.UNKNOWN) {
      return false;
    } else if (!visit.zone().isEmpty()) {
      // Somewhere outside the zone: it left unseen.
      return place.before(passage.way()).stream().noneMatch(zone -> visit.zone().equals(zone.id()))
          && !(place.from().isEmpty() && place.to().isEmpty());
    }
    boolean gate =
        passage.subjectType().equals(Passage.PLATE)
            || !place.from().isEmpty()
            || !place.to().isEmpty();
    return passage.way() == Direction.IN
        && (place.id().equals(visit.entered().place()) || (gate && SiteBorder.at(place)));
  }
}
