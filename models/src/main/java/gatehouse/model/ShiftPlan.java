package gatehouse.model;

import gatehouse.registry.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shifts of one work credential, in all versions. Versions of one shift name correct each other
 * where they overlap; shifts of different names stand side by side.
 *
 * @param versions in the order of their end, at most {@value #LIMIT}
 */
public record ShiftPlan(List<Roster> versions) {

  /** A quarter with a shift a day, and some. */
  static final int LIMIT = 128;

  private static final Comparator<Roster> BY_END =
      Comparator.comparing(
              (Roster shift) -> shift.entry().validTo(),
              Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
          .thenComparing(shift -> shift.entry().recordedAt())
          .thenComparing(Roster::id);

  static final ShiftPlan NONE = new ShiftPlan(List.of());

  /** The same with one more; what ended before {@code since} is forgotten but for the last. */
  ShiftPlan with(Roster added, Instant since) {
    List<Roster> all = new ArrayList<>(versions);
    all.removeIf(old -> old.id().equals(added.id()));
    all.add(added);
    all.sort(BY_END);
    while (all.size() > 1 && over(all.get(1), since)) {
      all.remove(0);
    }
    // What is furthest ahead can be told again; without it the plan just ends earlier.
    return new ShiftPlan(List.copyOf(all.subList(0, Math.min(all.size(), LIMIT))));
  }

  private static boolean over(Roster shift, Instant since) {
    Instant end = shift.entry().validTo();
    return end != null && end.isBefore(since);
  }

  /** How far the time lies outside every shift; zero inside one, null if no shift is known. */
  @Nullable Duration distance(Instant time) {
    Duration nearest = null;
    for (Roster shift : versions) {
      Instant at = nearestIn(shift, time);
      if (at == null) {
        continue;
      }
      Duration distance = Duration.between(at, time).abs();
      boolean nearer = nearest == null || distance.compareTo(nearest) < 0;
      if (nearer && holds(shift.shift(), at)) {
        nearest = distance;
      }
    }
    return nearest;
  }

  /** Whether the plan goes on after the time. */
  boolean goesOnAfter(Instant time) {
    return versions.stream()
        .anyMatch(
            shift -> {
              Instant from = shift.entry().validFrom();
              return from.isAfter(time) && isShift(shift) && holds(shift.shift(), from);
            });
  }

  /** The end of the last shift before the time; null if none is known. */
  @Nullable Instant endBefore(Instant time) {
    Instant end = null;
    for (Roster shift : versions) {
      Instant to = shift.entry().validTo();
      if (to != null
          && !to.isAfter(time)
          && isShift(shift)
          && holds(shift.shift(), to.minusMillis(1))
          && (end == null || to.isAfter(end))) {
        end = to;
      }
    }
    return end;
  }

  /** When the last shift ends; null if one has no end. */
  @Nullable Instant end() {
    return versions.get(versions.size() - 1).entry().validTo();
  }

  /** The moment of the shift that is nearest to the time; null for one that was cancelled. */
  private static @Nullable Instant nearestIn(Roster shift, Instant time) {
    if (!isShift(shift)) {
      return null;
    }
    Instant from = shift.entry().validFrom();
    Instant to = shift.entry().validTo();
    if (time.isBefore(from)) {
      return from;
    }
    return to == null || time.isBefore(to) ? time : to.minusMillis(1);
  }

  private static boolean isShift(Roster shift) {
    Instant to = shift.entry().validTo();
    return to == null || to.isAfter(shift.entry().validFrom());
  }

  private boolean holds(String name, Instant time) {
    List<Roster> ofName = new ArrayList<>();
    for (Roster shift : versions) {
      if (shift.shift().equals(name)) {
        ofName.add(shift);
      }
    }
    return Validity.at(ofName, time) != null;
  }
}
