package gatehouse.labelled.observe;

import gatehouse.event.DoorEvent;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a door's contact and lock report of a day: overlapping openings are one. */
final class DoorContacts {

  private static final Duration BOLT = Duration.ofMillis(900);

  /** Until then a door that has closed is not shut for good. */
  private static final Duration SHUT = Duration.ofSeconds(2);

  private DoorContacts() {}

  /** One change. */
  record Change(Instant at, Instrument by, DoorEvent.Change change) {}

  /** The openings and the breaches; nobody forces a door that stands open. */
  static List<Act.Opening> withBreaches(List<Act.Opening> openings, List<Act.Breach> breaches) {
    List<Act.Opening> all = new ArrayList<>(openings);
    all.sort(Comparator.comparing(Act.Opening::at));
    List<Act.Opening> forced = new ArrayList<>();
    for (Act.Breach breach : breaches) {
      Instant at = breach.at();
      for (Act.Opening opening : all) {
        if (!at.isBefore(opening.at()) && !at.isAfter(opening.until().plus(SHUT))) {
          at = opening.until().plus(SHUT).plusMillis(1);
        }
      }
      forced.add(new Act.Opening(at, breach.by(), at.plus(breach.length())));
    }
    all.addAll(forced);
    return List.copyOf(all);
  }

  static List<Change> of(Instrument door, List<Act.Opening> openings, List<Act.Bolt> bolts) {
    List<Act.Opening> sorted = new ArrayList<>(openings);
    sorted.sort(Comparator.comparing(Act.Opening::at));
    List<Act.Opening> merged = new ArrayList<>();
    for (Act.Opening opening : sorted) {
      Act.Opening last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last == null || opening.at().isAfter(last.until().plus(BOLT))) {
        merged.add(opening);
      } else if (opening.until().isAfter(last.until())) {
        merged.set(merged.size() - 1, new Act.Opening(last.at(), door, opening.until()));
      }
    }
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < merged.size(); i++) {
      Act.Opening opening = merged.get(i);
      changes.add(new Change(opening.at(), door, DoorEvent.Change.OPENED));
      changes.add(new Change(opening.until(), door, DoorEvent.Change.CLOSED));
      if (door.kind().equals(Instrument.TERMINAL)) {
        lock(
            changes,
            door,
            opening.until(),
            i + 1 < merged.size() ? merged.get(i + 1).at() : Instant.MAX,
            bolts);
      }
    }
    return changes;
  }

  private static void lock(
      List<Change> changes,
      Instrument door,
      Instant closed,
      Instant nextOpened,
      List<Act.Bolt> bolts) {
    Instant usual = closed.plus(BOLT);
    Instant locked = usual;
    for (Act.Bolt bolt : bolts) {
      if (!closed.isBefore(bolt.at()) && closed.isBefore(bolt.until())) {
        Instant late = closed.plus(bolt.takes());
        locked = late.isBefore(bolt.until()) ? late : bolt.until();
        if (bolt.reported()) {
          changes.add(new Change(usual, door, DoorEvent.Change.UNLOCKED));
        }
      }
    }
    if (locked.isBefore(nextOpened)) {
      changes.add(new Change(locked, door, DoorEvent.Change.LOCKED));
    }
  }
}
