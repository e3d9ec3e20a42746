package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.event.SensorReading;
import gatehouse.fact.Fact;
import gatehouse.registry.CareEnrolment;
import gatehouse.score.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nothing of an enrolled elder for twelve hours: no motion at home, no card. */
final class SilentForTwelveHours implements NaiveRule {

  private static final Duration LIMIT = Duration.ofHours(12);

  @Override
  public String model() {
    return "elder-inactivity";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Map<String, String> rooms = new HashMap<>();
    Map<String, Instant> signs = new HashMap<>();
    for (Fact fact : history) {
      if (fact instanceof CareEnrolment enrolment) {
        signs.putIfAbsent(enrolment.person(), Instant.MAX);
        for (String room : enrolment.sensors()) {
          rooms.put(enrolment.community() + '/' + room, enrolment.person());
        }
      }
      String who = shown(fact, rooms);
      if (who != null && signs.containsKey(who)) {
        Instant last = signs.put(who, fact.time());
        if (last != null && last.isBefore(fact.time().minus(LIMIT))) {
          found.add(
              new Detection(
                  model(),
                  fact.community(),
                  Set.of(who),
                  last,
                  fact.time(),
                  last.plus(LIMIT),
                  1,
                  ""));
        }
      }
    }
    return List.copyOf(found);
  }

  private static @Nullable String shown(Fact fact, Map<String, String> rooms) {
    if (fact instanceof SensorReading reading) {
      return rooms.get(reading.community() + '/' + reading.place().id());
    }
    return fact instanceof AccessEvent access ? access.person() : null;
  }
}
