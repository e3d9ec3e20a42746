package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A credential is used at two places, or in two communities, sooner than one gets there. */
final class FasterThanAWalk implements NaiveRule {

  private static final double WALK = 2;
  private static final double DRIVE = 25;

  @Override
  public String model() {
    return "impossible-travel";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Sites sites = new Sites(history);
    Map<String, AccessEvent> last = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof AccessEvent use && use.passed() && !use.credential().isEmpty()) {
        AccessEvent before = last.put(use.credential(), use);
        if (before != null
            && sites.speed(before, use)
                > (before.community().equals(use.community()) ? WALK : DRIVE)) {
          found.add(
              Detection.moment(model(), use.community(), Set.of(use.credential()), use.time()));
        }
      }
    }
    return List.copyOf(found);
  }
}
