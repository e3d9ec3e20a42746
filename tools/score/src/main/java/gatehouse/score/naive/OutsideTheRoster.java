package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.fact.Fact;
import gatehouse.registry.Entry;
import gatehouse.registry.Roster;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A credential with a roster is used outside every shift that is known at that moment. */
final class OutsideTheRoster implements NaiveRule {

  @Override
  public String model() {
    return "off-shift-access";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, List<Entry>> shifts = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof Roster roster) {
        shifts
            .computeIfAbsent(
                roster.community() + '/' + roster.credential(), key -> new ArrayList<>())
            .add(roster.entry());
      } else if (fact instanceof AccessEvent access) {
        List<Entry> known = shifts.get(access.community() + '/' + access.credential());
        if (known != null && known.stream().noneMatch(each -> each.validAt(access.time()))) {
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
