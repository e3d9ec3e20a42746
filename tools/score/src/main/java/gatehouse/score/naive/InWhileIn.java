package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import gatehouse.site.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A credential goes in at a turnstile though it went in before and not out. */
final class InWhileIn implements NaiveRule {

  @Override
  public String model() {
    return "anti-passback";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Sites sites = new Sites(history);
    Map<String, Direction> last = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof AccessEvent use
          && use.passed()
          && sites.of(use).kind() == Place.Kind.TURNSTILE) {
        String zones = sites.of(use).to().toString();
        Direction before =
            last.put(use.community() + zones + '/' + use.credential(), use.direction());
        if (before == Direction.IN && use.direction() == Direction.IN) {
          found.add(
              Detection.moment(model(), use.community(), Set.of(use.credential()), use.time()));
        }
      }
    }
    return List.copyOf(found);
  }
}
