package gatehouse.score.naive;

import gatehouse.event.DeviceStatus;
import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A device reports a tamper flag that it did not report before. */
final class AnyTamperFlag implements NaiveRule {

  @Override
  public String model() {
    return "device-tamper";
  }

  @Override
  public List<Detection> find(List<Fact> history) {
    List<Detection> found = new ArrayList<>();
    Set<String> flagged = new HashSet<>();
    for (Fact fact : history) {
      if (fact instanceof DeviceStatus status) {
        String key = status.community() + '/' + status.device();
        if (status.tamper().isEmpty()) {
          flagged.remove(key);
        } else if (flagged.add(key)) {
          found.add(
              Detection.moment(
                  model(),
                  status.community(),
                  Set.copyOf(List.of(status.device(), status.place().id())),
                  status.time()));
        }
      }
    }
    return List.copyOf(found);
  }
}
