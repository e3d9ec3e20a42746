package gatehouse.score.naive;

import gatehouse.event.DoorEvent;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** After one change of a door another one is not reported within a fixed time. */
record AwaitedDoorChange(
    String model, DoorEvent.Change after, DoorEvent.Change awaited, Duration within)
    implements NaiveRule {

  /** A door is open for more than a minute. */
  static NaiveRule openForAMinute() {
    return new AwaitedDoorChange(
        "door-held-open", DoorEvent.Change.OPENED, DoorEvent.Change.CLOSED, Duration.ofMinutes(1));
  }

  /** No lock report fifteen seconds after a door closed. */
  static NaiveRule notLockedAfterClosing() {
    return new AwaitedDoorChange(
        "door-not-relocked",
        DoorEvent.Change.CLOSED,
        DoorEvent.Change.LOCKED,
        Duration.ofSeconds(15));
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Instant> waiting = new HashMap<>();
    Set<String> doors = Doors.of(history);
    for (Fact fact : history) {
      if (!(fact instanceof DoorEvent door)) {
        continue;
      }
      String key = door.community() + '/' + door.place().id();
      if (!doors.contains(key)) {
        continue;
      }
      if (door.change() == after) {
        overdue(waiting.put(key, door.time()), door, found);
      } else if (door.change() == awaited) {
        overdue(waiting.remove(key), door, found);
      }
    }
    return List.copyOf(found);
  }

  private void overdue(@Nullable Instant since, DoorEvent door, List<Detection> found) {
    if (since != null && since.plus(within).isBefore(door.time())) {
      found.add(
          Detection.moment(model, door.community(), Set.of(door.place().id()), since.plus(within)));
    }
  }
}
