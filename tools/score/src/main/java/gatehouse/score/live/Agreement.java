package gatehouse.score.live;

import gatehouse.alert.Alert;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the last revisions of one model's alerts in two hosts compare: field by field.
 *
 * <p>A model that is shown everything on arrival is compared by where it found what, and how grave
 * it is. In a backlog, what arrives overtakes what other models derive of it behind the watermark;
 * the first evidence may then be another one, and the alert's id and texts follow the first and the
 * newest evidence.
 *
 * @param model its id
 * @param onArrival whether it is shown everything on arrival
 * @param replayed how many alerts the plain host raised
 * @param streamed how many the streaming job raised
 * @param differences what differs, by first event time; without who it is about
 */
public record Agreement(
    String model, boolean onArrival, int replayed, int streamed, List<String> differences) {

  /** Whether both hosts raised the same alerts. */
  public boolean agrees() {
    return differences.isEmpty();
  }

  /**
   * Compares model by model.
   *
   * @param models the models to compare
   * @param replayed the plain host's alerts, each in its last revision, by first event time
   * @param streamed the streaming job's
   */
  public static List<Agreement> of(
      List<? extends ModelEntry<?, ?, ?>> models, List<Alert> replayed, List<Alert> streamed) {
    return models.stream()
        .map(
            model ->
                of(
                    model.id(),
                    model.ordering() == Ordering.ON_ARRIVAL,
                    only(model.id(), replayed),
                    only(model.id(), streamed)))
        .toList();
  }

  private static List<Alert> only(String model, List<Alert> alerts) {
    return alerts.stream().filter(alert -> alert.model().equals(model)).toList();
  }

  private static Agreement of(
      String model, boolean onArrival, List<Alert> replayed, List<Alert> streamed) {
    return new Agreement(
        model,
        onArrival,
        replayed.size(),
        streamed.size(),
        onArrival ? inWhatAndWhere(replayed, streamed) : inAnyField(replayed, streamed));
  }

  private static List<String> inAnyField(List<Alert> replayed, List<Alert> streamed) {
    Map<String, Alert> others = new LinkedHashMap<>();
    streamed.forEach(alert -> others.put(alert.id(), alert));
    List<String> differences = new ArrayList<>();
    for (Alert alert : replayed) {
      Alert other = others.remove(alert.id());
      if (other == null) {
        differences.add(named(alert) + ": only in the replay");
      } else if (!other.equals(alert)) {
        differences.add(named(alert) + ": not the same " + differing(alert, other));
      }
    }
    others.values().forEach(alert -> differences.add(named(alert) + ": only in the stream"));
    return List.copyOf(differences);
  }

  private static List<String> inWhatAndWhere(List<Alert> replayed, List<Alert> streamed) {
    List<Alert> others = new ArrayList<>(streamed);
    List<String> differences = new ArrayList<>();
    for (Alert alert : replayed) {
      Optional<Alert> same = others.stream().filter(other -> isSame(alert, other)).findFirst();
      if (same.isPresent()) {
        others.remove(same.get());
      } else {
        differences.add(named(alert) + ": only in the replay");
      }
    }
    others.forEach(alert -> differences.add(named(alert) + ": only in the stream"));
    return List.copyOf(differences);
  }

  private static boolean isSame(Alert one, Alert other) {
    return one.community().equals(other.community())
        && one.place().equals(other.place())
        && one.episode().equals(other.episode())
        && one.severity() == other.severity()
        && !one.firstEventTime().isAfter(other.lastEventTime())
        && !other.firstEventTime().isAfter(one.lastEventTime());
  }

  private static String named(Alert alert) {
    return alert.firstEventTime()
        + " "
        + alert.community()
        + "/"
        + alert.place()
        + " "
        + alert.id();
  }

  private static List<String> differing(Alert one, Alert other) {
    return Arrays.stream(Alert.class.getRecordComponents())
        .filter(component -> !Objects.equals(value(component, one), value(component, other)))
        .map(RecordComponent::getName)
        .toList();
  }

  private static Object value(RecordComponent component, Alert alert) {
    try {
      return String.valueOf(component.getAccessor().invoke(alert));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an alert is a public record", e);
    }
  }
}
