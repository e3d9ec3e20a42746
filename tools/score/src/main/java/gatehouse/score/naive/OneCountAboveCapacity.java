package gatehouse.score.naive;

import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import gatehouse.site.PlaceEntry;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One count above what a room is certified for; then quiet for half an hour. */
final class OneCountAboveCapacity implements NaiveRule {

  private static final Duration QUIET = Duration.ofMinutes(30);

  @Override
  public String model() {
    return "crowding";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Integer> capacities = new HashMap<>();
    Map<String, Instant> told = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof PlaceEntry entry) {
        for (Zone zone : entry.place().to()) {
          Integer capacity = zone.capacity();
          if (capacity != null) {
            capacities.put(entry.community() + '/' + entry.id(), capacity);
          }
        }
      } else if (fact instanceof TrackSighting seen) {
        String at = seen.community() + '/' + seen.place().id();
        if (seen.count() > capacities.getOrDefault(at, Integer.MAX_VALUE)
            && told.getOrDefault(at, Instant.MIN).isBefore(seen.time().minus(QUIET))) {
          told.put(at, seen.time());
          found.add(
              Detection.moment(model(), seen.community(), Set.of(seen.place().id()), seen.time()));
        }
      }
    }
    return List.copyOf(found);
  }
}
