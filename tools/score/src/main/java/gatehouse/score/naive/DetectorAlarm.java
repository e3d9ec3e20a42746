package gatehouse.score.naive;

import gatehouse.event.SensorReading;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The detector's own alarm; then quiet for half an hour. */
final class DetectorAlarm implements NaiveRule {

  private static final Duration QUIET = Duration.ofMinutes(30);

  @Override
  public String model() {
    return "fire-anomaly";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, Instant> told = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof SensorReading reading && reading.alarm()) {
        String at = reading.community() + '/' + reading.place().id();
        if (told.getOrDefault(at, Instant.MIN).isBefore(reading.time().minus(QUIET))) {
          found.add(
              Detection.moment(
                  model(), reading.community(), Set.of(reading.place().id()), reading.time()));
        }
        told.put(at, reading.time());
      }
    }
    return List.copyOf(found);
  }
}
