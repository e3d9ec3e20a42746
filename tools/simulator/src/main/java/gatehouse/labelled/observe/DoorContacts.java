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

  private DoorContacts() {}

  /** One change. */
  record Change(Instant at, Instrument by, DoorEvent.Change change) {}

  static List<Change> of(Instrument door, List<Act.Opening> openings) {
    List<Act.Opening> sorted = new ArrayList<>(openings);
    sorted.sort(Comparator.comparing(Act.Opening::at));
    List<Change> changes = new ArrayList<>();
    Instant opened = null;
    Instant until = Instant.MIN;
    for (Act.Opening opening : sorted) {
      if (opened != null && opening.at().isAfter(until.plus(BOLT))) {
        shut(changes, door, until);
        opened = null;
      }
      if (opened == null) {
        opened = opening.at();
        changes.add(new Change(opened, door, DoorEvent.Change.OPENED));
      }
      until = opening.until().isAfter(until) ? opening.until() : until;
    }
    if (opened != null) {
      shut(changes, door, until);
    }
    return changes;
  }

  private static void shut(List<Change> changes, Instrument door, Instant at) {
    changes.add(new Change(at, door, DoorEvent.Change.CLOSED));
    if (door.kind().equals(Instrument.TERMINAL)) {
      changes.add(new Change(at.plus(BOLT), door, DoorEvent.Change.LOCKED));
    }
  }
}
