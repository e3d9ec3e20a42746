package gatehouse.score.naive;

import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plate is read in two communities, faster than 90 km/h apart. */
final class FasterThanTraffic implements NaiveRule {

  private static final double FASTEST = 25;

  @Override
  public String model() {
    return "cloned-plate";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Sites sites = new Sites(history);
    Map<String, PlateRead> last = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof PlateRead read && !read.plate().isEmpty()) {
        PlateRead before = last.put(read.plate(), read);
        if (before != null
            && !before.community().equals(read.community())
            && sites.speed(before, read) > FASTEST) {
          found.add(Detection.moment(model(), read.community(), Set.of(read.plate()), read.time()));
        }
      }
    }
    return List.copyOf(found);
  }
}
