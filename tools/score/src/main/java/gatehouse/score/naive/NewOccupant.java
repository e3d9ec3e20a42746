package gatehouse.score.naive;

import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.registry.Vehicle;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A registered vehicle leaves with somebody who was never seen in it. */
final class NewOccupant implements NaiveRule {

  @Override
  public String model() {
    return "driver-mismatch";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Set<String>> seen = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof Vehicle vehicle) {
        seen.putIfAbsent(vehicle.plate(), new HashSet<>());
      } else if (fact instanceof PlateRead read
          && read.direction() == Direction.OUT
          && seen.containsKey(read.plate())) {
        Set<String> known = seen.getOrDefault(read.plate(), Set.of());
        boolean first = known.isEmpty();
        if (known.addAll(read.occupants()) && !first) {
          found.add(Detection.moment(model(), read.community(), Set.of(read.plate()), read.time()));
        }
      }
    }
    return List.copyOf(found);
  }
}
