package gatehouse.score.naive;

import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.registry.Vehicle;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One read differs from the register in colour or type, or there is no plate. */
final class OneReadDiffers implements NaiveRule {

  @Override
  public String model() {
    return "plate-mismatch";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Vehicle> register = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof Vehicle vehicle) {
        register.put(vehicle.plate(), vehicle);
      } else if (fact instanceof PlateRead read && differs(read, register.get(read.plate()))) {
        found.add(
            Detection.moment(
                model(), read.community(), Set.of(read.plate(), read.place().id()), read.time()));
      }
    }
    return List.copyOf(found);
  }

  private static boolean differs(PlateRead read, @Nullable Vehicle registered) {
    return read.plate().isEmpty()
        || (registered != null
            && (!registered.colour().equals(read.vehicleColour())
                || !registered.type().equals(read.vehicleType())));
  }
}
