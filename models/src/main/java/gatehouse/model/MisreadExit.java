package gatehouse.model;

import gatehouse.stats.PlateDistance;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Finds the vehicle inside that may have left with a plate that was misread. */
final class MisreadExit {

  private MisreadExit() {}

  /** A vehicle inside that looks the same and whose plate is one edit away; null: none. */
  static @Nullable Visit of(StayPassage passage, StayState state) {
    return state.visits().values().stream()
        .filter(visit -> visit.subjectType().equals(Passage.PLATE) && visit.zone().isEmpty())
        .filter(visit -> distance(visit, passage) <= PlateDistance.NEIGHBOUR)
        .filter(visit -> looksLike(visit.colour(), passage.colour(), true))
        .filter(visit -> looksLike(visit.type(), passage.type(), false))
        .min(
            Comparator.comparingDouble((Visit visit) -> distance(visit, passage))
                .thenComparing(Visit::since)
                .thenComparing(Visit::key))
        .orElse(null);
  }

  private static double distance(Visit visit, StayPassage passage) {
    return PlateDistance.between(visit.subject(), passage.subject(), false);
  }

  private static boolean looksLike(String one, String other, boolean colour) {
    return one.isEmpty()
        || other.isEmpty()
        || one.equals(other)
        || (colour && VehicleColours.adjacent(one, other, true));
  }
}
