package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Five denials at one door within three minutes; then quiet for as long. */
final class DenialsInThreeMinutes implements NaiveRule {

  private static final int DENIALS = 5;
  private static final Duration WINDOW = Duration.ofMinutes(3);

  @Override
  public String model() {
    return "denied-burst";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Deque<Instant>> denials = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof AccessEvent access && !access.passed()) {
        String door = access.place().id();
        Deque<Instant> recent =
            denials.computeIfAbsent(access.community() + '/' + door, key -> new ArrayDeque<>());
        recent.add(access.time());
        while (recent.getFirst().isBefore(access.time().minus(WINDOW))) {
          recent.removeFirst();
        }
        if (recent.size() >= DENIALS) {
          found.add(
              Detection.moment(
                  model(), access.community(), Set.of(door, access.credential()), access.time()));
          recent.clear();
        }
      }
    }
    return List.copyOf(found);
  }
}
