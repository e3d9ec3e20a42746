package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.registry.Vehicle;
import gatehouse.score.Detection;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Somebody who does not live or work here came in and is not seen to leave for 24 hours. */
final class InsideForADay implements NaiveRule {

  private static final Duration DAY = Duration.ofHours(24);

  @Override
  public String model() {
    return "overstay";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Sites sites = new Sites(history);
    Set<String> resident = new HashSet<>();
    Map<String, Instant> inside = new LinkedHashMap<>();
    for (Fact fact : history) {
      if (fact instanceof Vehicle vehicle) {
        resident.add(vehicle.plate());
      } else if (fact instanceof PlateRead read && !resident.contains(read.plate())) {
        pass(inside, read.community() + '/' + read.plate(), read.direction(), read.time());
      } else if (fact instanceof AccessEvent use
          && sites.of(use).kind() == Place.Kind.TURNSTILE
          && !use.subjectType().equals("resident")
          && !use.subjectType().equals("staff")) {
        pass(inside, use.community() + '/' + use.credential(), use.direction(), use.time());
      }
      tell(inside, fact.time(), found);
    }
    return List.copyOf(found);
  }

  private static void pass(Map<String, Instant> inside, String who, Direction way, Instant at) {
    inside.remove(who);
    if (way == Direction.IN) {
      inside.put(who, at);
    }
  }

  /** Whoever came first is due first. */
  private void tell(Map<String, Instant> inside, Instant now, List<Detection> found) {
    for (Iterator<Map.Entry<String, Instant>> each = inside.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<String, Instant> one = each.next();
      if (one.getValue().plus(DAY).isAfter(now)) {
        return;
      }
      String community = one.getKey().substring(0, one.getKey().indexOf('/'));
      String who = one.getKey().substring(community.length() + 1);
      found.add(Detection.moment(model(), community, Set.of(who), one.getValue().plus(DAY)));
      each.remove();
    }
  }
}
