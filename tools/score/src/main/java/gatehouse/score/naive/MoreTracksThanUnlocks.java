package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From one closing of a door to the next, more people went in than credentials were let in. */
final class MoreTracksThanUnlocks implements NaiveRule {

  private static final class Count {
    private final Set<String> grants = new HashSet<>();
    private int people;
  }

  @Override
  public String model() {
    return "tailgating";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Count> counts = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof AccessEvent access
          && access.passed()
          && access.direction() != Direction.OUT) {
        count(counts, access.community(), access.place().id()).grants.add(access.id());
      } else if (fact instanceof TrackSighting track
          && track.kind() == TrackSighting.Kind.PERSON
          && track.direction() == Direction.IN) {
        count(counts, track.community(), track.place().id()).people += track.count();
      } else if (fact instanceof DoorEvent door && door.change() == DoorEvent.Change.CLOSED) {
        String place = door.place().id();
        Count count = counts.remove(door.community() + '/' + place);
        if (count != null && count.people > count.grants.size()) {
          found.add(Detection.moment(model(), door.community(), Set.of(place), door.time()));
        }
      }
    }
    return List.copyOf(found);
  }

  private static Count count(Map<String, Count> counts, String community, String place) {
    return counts.computeIfAbsent(community + '/' + place, key -> new Count());
  }
}
