package gatehouse.score.naive;

import gatehouse.event.PoleAlarm;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Every alarm of a lamp post that is not the button. */
final class AnyPoleFault implements NaiveRule {

  @Override
  public String model() {
    return "pole-fault";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    for (Fact fact : history) {
      if (fact instanceof PoleAlarm alarm && alarm.active() && alarm.kind() != PoleAlarm.Kind.SOS) {
        found.add(
            Detection.moment(model(), alarm.community(), Set.of(alarm.device()), alarm.time()));
      }
    }
    return List.copyOf(found);
  }
}
