package gatehouse.replay.site;

import gatehouse.replay.mapping.Ids;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Least travel times from each place to others. */
final class Ways {

  private final Map<String, Map<String, Duration>> direct = new HashMap<>();
  private final boolean complete;

  /** Of these ways; if they are all there are, they are chained. */
  Ways(List<Site.Way> ways, boolean complete) {
    this.complete = complete;
    for (Site.Way way : ways) {
      direct
          .computeIfAbsent(way.from(), from -> new HashMap<>())
          .merge(way.to(), way.least(), (one, other) -> one.compareTo(other) < 0 ? one : other);
    }
  }

  /** By name of the place, to ids of other places. */
  Map<String, Map<String, Duration>> byPlace(Collection<String> names) {
    Map<String, Map<String, Duration>> byPlace = new HashMap<>();
    for (String name : names) {
      Map<String, Duration> times = new LinkedHashMap<>();
      Map<String, Duration> reached =
          complete ? chained(name) : direct.getOrDefault(name, Map.of());
      reached.forEach((to, least) -> times.put(Ids.of(to), least));
      byPlace.put(name, times);
    }
    return byPlace;
  }

  private record Reached(String place, Duration after) {}

  /** Dijkstra's shortest paths. */
  private Map<String, Duration> chained(String start) {
    Map<String, Duration> least = new HashMap<>();
    PriorityQueue<Reached> queue =
        new PriorityQueue<>((one, other) -> one.after().compareTo(other.after()));
    queue.add(new Reached(start, Duration.ZERO));
    while (!queue.isEmpty()) {
      Reached at = queue.remove();
      if (least.putIfAbsent(at.place(), at.after()) == null) {
        direct
            .getOrDefault(at.place(), Map.of())
            .forEach((to, time) -> queue.add(new Reached(to, at.after().plus(time))));
      }
    }
    least.remove(start);
    return least;
  }
}
