package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.fact.Fact;
import gatehouse.registry.ListMembership;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A credential that was never on the list passes a door that asks for one. */
final class NotOnTheList implements NaiveRule {

  @Override
  public String model() {
    return "restricted-entry";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Sites sites = new Sites(history);
    Set<String> listed = new HashSet<>();
    for (Fact fact : history) {
      if (fact instanceof ListMembership membership) {
        listed.add(membership.list() + '/' + membership.subject());
      } else if (fact instanceof AccessEvent use
          && sites.of(use).rules().stream()
              .flatMap(rule -> rule.lists().stream())
              .anyMatch(list -> !listed.contains(list + '/' + use.credential()))) {
        found.add(Detection.moment(model(), use.community(), Set.of(use.credential()), use.time()));
      }
    }
    return List.copyOf(found);
  }
}
