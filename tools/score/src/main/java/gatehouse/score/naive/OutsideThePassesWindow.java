package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.fact.Fact;
import gatehouse.registry.VisitorPass;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A visitor's pass is used outside its window. */
final class OutsideThePassesWindow implements NaiveRule {

  @Override
  public String model() {
    return "visitor-pass-misuse";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, VisitorPass> passes = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof VisitorPass pass) {
        passes.put(pass.community() + '/' + pass.pass(), pass);
      } else if (fact instanceof AccessEvent access) {
        VisitorPass pass = passes.get(access.community() + '/' + access.credential());
        if (pass != null && !pass.entry().validAt(access.time())) {
          found.add(
              Detection.moment(
                  model(),
                  access.community(),
                  Set.of(access.credential(), access.place().id()),
                  access.time()));
        }
      }
    }
    return List.copyOf(found);
  }
}
