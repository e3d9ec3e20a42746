package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.util.List;
import java.util.Set;

/** The device says so. */
final class DuressSignal implements NaiveRule {

  @Override
  public String model() {
    return "duress";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    return history.stream()
        .filter(fact -> fact instanceof AccessEvent access && access.duress())
        .map(AccessEvent.class::cast)
        .map(
            access ->
                Detection.moment(
                    model(),
                    access.community(),
                    Set.of(access.credential(), access.place().id()),
                    access.time()))
        .distinct()
        .toList();
  }
}
