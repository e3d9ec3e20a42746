package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.registry.WatchOrder;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plate or credential equals one that is searched for, by an order that holds. */
final class ExactPlate implements NaiveRule {

  @Override
  public String model() {
    return "watch-hit";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, WatchOrder> orders = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof WatchOrder order) {
        orders.put(order.subject(), order);
      } else if (fact instanceof PlateRead read) {
        hit(orders.get(read.plate()), read, found);
      } else if (fact instanceof AccessEvent use) {
        hit(orders.get(use.credential()), use, found);
      }
    }
    return List.copyOf(found);
  }

  private void hit(@Nullable WatchOrder order, DeviceEvent event, List<Detection> found) {
    if (order != null && order.entry().validAt(event.time())) {
      found.add(
          Detection.moment(model(), event.community(), Set.of(order.subject()), event.time()));
    }
  }
}
