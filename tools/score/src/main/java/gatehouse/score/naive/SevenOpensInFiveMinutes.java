package gatehouse.score.naive;

import gatehouse.fact.Fact;
import gatehouse.registry.RemoteOpenRequest;
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

/** One account asks for more than six doors in five minutes. */
final class SevenOpensInFiveMinutes implements NaiveRule {

  private static final int MOST = 6;
  private static final Duration WINDOW = Duration.ofMinutes(5);

  @Override
  public String model() {
    return "remote-open-abuse";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Deque<Instant>> asked = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof RemoteOpenRequest request) {
        Instant at = request.entry().validFrom();
        Deque<Instant> recent =
            asked.computeIfAbsent(
                request.community() + '/' + request.account(), key -> new ArrayDeque<>());
        recent.add(at);
        while (recent.getFirst().isBefore(at.minus(WINDOW))) {
          recent.removeFirst();
        }
        if (recent.size() > MOST) {
          found.add(
              Detection.moment(
                  model(), request.community(), Set.of(request.account(), request.place()), at));
          recent.clear();
        }
      }
    }
    return List.copyOf(found);
  }
}
