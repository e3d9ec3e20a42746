package gatehouse.score.naive;

import gatehouse.event.DeviceStatus;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** No heartbeat for three intervals of half an hour, told when the device is heard again. */
final class HeartbeatsMissed implements NaiveRule {

  private static final Duration INTERVALS = Duration.ofMinutes(90);

  @Override
  public String model() {
    return "device-health";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Instant> heard = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof DeviceStatus status) {
        Instant last = heard.put(status.community() + '/' + status.device(), status.time());
        if (last != null && last.plus(INTERVALS).isBefore(status.time())) {
          Instant at = last.plus(INTERVALS);
          found.add(
              new Detection(
                  model(),
                  status.community(),
                  Set.of(status.device()),
                  last,
                  status.time(),
                  at,
                  1,
                  ""));
        }
      }
    }
    return List.copyOf(found);
  }
}
