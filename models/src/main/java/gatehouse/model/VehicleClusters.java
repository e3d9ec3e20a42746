package gatehouse.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two vehicles that take turns behind one plate: two stable sets of colour, type and brand. No
 * speed is needed.
 *
 * @param one reads of the one, oldest first
 * @param other reads of the other, oldest first
 */
record VehicleClusters(List<PlateSighting> one, List<PlateSighting> other) {

  /** Attributes that must differ: one may be a camera's habit, two are another vehicle. */
  private static final int DIFFERING = 2;

  /**
   * Finds them.
   *
   * @param sightings oldest first
   * @param reads each vehicle must be read so often
   * @param confidence of the plate, at least
   * @param misread reads that are likelier another plate, misread, do not count
   * @param window no read older than this before the newest
   * @return null if the reads fit one vehicle, one that was repainted, or cameras that disagree
   */
  static @Nullable VehicleClusters find(
      List<PlateSighting> sightings,
      int reads,
      double confidence,
      double misread,
      Duration window) {
    Map<String, List<PlateSighting>> byLook = new LinkedHashMap<>();
    Instant since =
        sightings.isEmpty()
            ? Instant.MIN
            : sightings.get(sightings.size() - 1).time().minus(window);
    for (PlateSighting sighting : sightings) {
      if (sighting.confidence() >= confidence
          && sighting.alternativeLikelihood() < misread
          && !sighting.time().isBefore(since)) {
        byLook.computeIfAbsent(look(sighting), look -> new ArrayList<>()).add(sighting);
      }
    }
    List<List<PlateSighting>> stable =
        byLook.values().stream().filter(cluster -> cluster.size() >= reads).toList();
    for (int i = 0; i < stable.size(); i++) {
      for (int j = i + 1; j < stable.size(); j++) {
        VehicleClusters pair = new VehicleClusters(stable.get(i), stable.get(j));
        if (pair.differ() && pair.takeTurns() && pair.seenByOneDevice()) {
          return pair;
        }
      }
    }
    return null;
  }

  private static String look(PlateSighting sighting) {
    return String.join("|", sighting.colour(), sighting.type(), sighting.brand());
  }

  private boolean differ() {
    PlateSighting a = one.get(0);
    PlateSighting b = other.get(0);
    int differing =
        (different(a.colour(), b.colour())
                    && !VehicleColours.adjacent(a.colour(), b.colour(), false)
                ? 1
                : 0)
            + (different(a.type(), b.type()) ? 1 : 0)
            + (different(a.brand(), b.brand()) ? 1 : 0);
    return differing >= DIFFERING;
  }

  private static boolean different(String a, String b) {
    return !a.isEmpty() && !b.isEmpty() && !a.equals(b);
  }

  /** A vehicle that was repainted changes once and never back. */
  private boolean takeTurns() {
    return last(one).isAfter(first(other)) && last(other).isAfter(first(one));
  }

  /** If each camera always says the same, the cameras disagree, not the vehicles. */
  private boolean seenByOneDevice() {
    Set<String> devices = new HashSet<>();
    one.forEach(sighting -> devices.add(sighting.device()));
    return other.stream().anyMatch(sighting -> devices.contains(sighting.device()));
  }

  private static Instant first(List<PlateSighting> cluster) {
    return cluster.get(0).time();
  }

  private static Instant last(List<PlateSighting> cluster) {
    return cluster.get(cluster.size() - 1).time();
  }
}
