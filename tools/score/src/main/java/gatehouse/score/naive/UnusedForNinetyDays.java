package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A credential is used again after more than ninety days. */
final class UnusedForNinetyDays implements NaiveRule {

  private static final Duration DORMANT = Duration.ofDays(90);

  @Override
  public String model() {
    return "dormant-credential";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Instant> last = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof AccessEvent access && !access.credential().isEmpty()) {
        Instant before = last.put(access.community() + '/' + access.credential(), access.time());
        if (before != null && before.plus(DORMANT).isBefore(access.time())) {
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
