package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
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

/** The contact opens, and no card or exit button was seen within ten seconds before. */
final class OpenedWithoutGrant implements NaiveRule {

  private static final Duration BEFORE = Duration.ofSeconds(10);

  @Override
  public String model() {
    return "door-forced";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Instant> released = new HashMap<>();
    Set<String> doors = Doors.of(history);
    for (Fact fact : history) {
      if (fact instanceof AccessEvent access && access.passed()) {
        released.put(access.community() + '/' + access.place().id(), access.time());
      } else if (fact instanceof DoorEvent door) {
        String key = door.community() + '/' + door.place().id();
        if (door.change() == DoorEvent.Change.REQUEST_TO_EXIT) {
          released.put(key, door.time());
        } else if (door.change() == DoorEvent.Change.OPENED
            && doors.contains(key)
            && released.getOrDefault(key, Instant.MIN).isBefore(door.time().minus(BEFORE))) {
          found.add(
              Detection.moment(model(), door.community(), Set.of(door.place().id()), door.time()));
        }
      }
    }
    return List.copyOf(found);
  }
}
