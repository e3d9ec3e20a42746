package gatehouse.labelled.routine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who and what is out, and until when: nobody can be in two places, and a car neither. */
final class Whereabouts {

  private record Absence(Instant from, Instant to) {}

  private final Map<String, List<Absence>> absences = new HashMap<>();

  /** Forgets what is over. */
  void forgetBefore(Instant time) {
    absences.values().forEach(list -> list.removeIf(absence -> absence.to().isBefore(time)));
    absences.values().removeIf(List::isEmpty);
  }

  boolean free(String who, Instant from, Instant to) {
    return absences.getOrDefault(who, List.of()).stream()
        .noneMatch(absence -> absence.from().isBefore(to) && from.isBefore(absence.to()));
  }

  void take(String who, Instant from, Instant to) {
    absences.computeIfAbsent(who, key -> new ArrayList<>()).add(new Absence(from, to));
  }
}
