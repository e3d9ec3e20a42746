package gatehouse.score.naive;

import gatehouse.event.AccessEvent;
import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.registry.CareEnrolment;
import gatehouse.score.Detection;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An enrolled elder's card leaves between half past ten and half past five. */
final class OutAtNight implements NaiveRule {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalTime FROM = LocalTime.of(22, 30);
  private static final LocalTime TO = LocalTime.of(5, 30);

  @Override
  public String model() {
    return "elder-night-exit";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    for (Fact fact : history) {
      if (fact instanceof CareEnrolment enrolment && enrolment.nightExit()) {
        asked.add(enrolment.person());
      } else if (fact instanceof AccessEvent access
          && access.direction() == Direction.OUT
          && access.person() != null
          && asked.contains(access.person())) {
        LocalTime time = access.time().atZone(ZONE).toLocalTime();
        if (!time.isBefore(FROM) || time.isBefore(TO)) {
          found.add(
              Detection.moment(
                  model(), access.community(), Set.of(access.person()), access.time()));
        }
      }
    }
    return List.copyOf(found);
  }
}
