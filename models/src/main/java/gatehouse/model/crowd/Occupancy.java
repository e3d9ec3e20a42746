package gatehouse.model.crowd;

import gatehouse.alert.Evidence;
import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The people in an area. A camera that reports numbers is believed until its next report; one that
 * reports tracks, until each track ends. Cameras at one place see the same people, so the one that
 * sees most counts; those at different places of the area see different people.
 *
 * @param seen what is in sight, at most {@value #LIMIT}
 * @param counters cameras that report numbers, not tracks, at most {@value #COUNTERS}
 */
public record Occupancy(List<Seen> seen, List<String> counters) {

  /** Nobody. */
  public static final Occupancy NOBODY = new Occupancy(List.of(), List.of());

  private static final int LIMIT = 512;
  private static final int COUNTERS = 16;

  /**
   * Some people in sight.
   *
   * @param device the camera
   * @param track its track; empty: a number it reported
   * @param people how many
   * @param until when this is no longer believed
   * @param evidence the event
   */
  public record Seen(String device, String track, int people, Instant until, Evidence evidence) {}

  /**
   * The same after one more sighting.
   *
   * @param ofNumber how long a reported number, or a track with a known beginning, is believed
   * @param ofTrack how long a track without one is
   */
  public Occupancy with(TrackSighting sighting, Duration ofNumber, Duration ofTrack) {
    boolean bounded = sighting.enteredAt() != null || sighting.leftAt() != null;
    boolean number = !bounded && (sighting.count() != 1 || counters.contains(sighting.device()));
    String track = number ? "" : sighting.track();
    List<Seen> next = new ArrayList<>(seen);
    next.removeIf(old -> old.device().equals(sighting.device()) && old.track().equals(track));
    Instant left = sighting.leftAt();
    boolean gone =
        (left != null && !left.isAfter(sighting.time()))
            || (bounded && sighting.direction() == Direction.OUT);
    if (!gone && sighting.count() > 0) {
      Instant until = sighting.time().plus(number || bounded ? ofNumber : ofTrack);
      Evidence evidence = Evidence.of(sighting, "crowding.seen");
      next.add(new Seen(sighting.device(), track, sighting.count(), until, evidence));
    }
    List<Seen> kept = next.subList(Math.max(0, next.size() - LIMIT), next.size());
    return new Occupancy(List.copyOf(kept), number ? withCounter(sighting.device()) : counters);
  }

  private List<String> withCounter(String device) {
    if (counters.contains(device)) {
      return counters;
    }
    List<String> next = new ArrayList<>(counters);
    next.add(device);
    return List.copyOf(next.subList(Math.max(0, next.size() - COUNTERS), next.size()));
  }

  /** What is still believed at this time. */
  public Occupancy at(Instant now) {
    return keeping(one -> one.until().isAfter(now));
  }

  /** Without what a camera saw that sees nothing now. */
  public Occupancy without(String device) {
    return keeping(one -> !one.device().equals(device));
  }

  private Occupancy keeping(Predicate<Seen> still) {
    return new Occupancy(seen.stream().filter(still).toList(), counters);
  }

  /** How many people. */
  public int people() {
    Map<String, Map<String, Integer>> byPlace = new LinkedHashMap<>();
    for (Seen one : seen) {
      byPlace
          .computeIfAbsent(one.evidence().place(), place -> new LinkedHashMap<>())
          .merge(one.device(), one.people(), Integer::sum);
    }
    return byPlace.values().stream()
        .mapToInt(devices -> devices.values().stream().mapToInt(Integer::intValue).max().orElse(0))
        .sum();
  }

  /** When something is no longer believed; null: nothing is in sight. */
  public @Nullable Instant nextEnd() {
    return seen.stream().map(Seen::until).min(Instant::compareTo).orElse(null);
  }

  /** The sightings of most people. */
  public List<Evidence> evidence(int limit) {
    return seen.stream()
        .sorted(Comparator.comparingInt(Seen::people).reversed())
        .limit(limit)
        .map(Seen::evidence)
        .sorted(Comparator.comparing(Evidence::time).thenComparing(Evidence::eventId))
        .toList();
  }
}
