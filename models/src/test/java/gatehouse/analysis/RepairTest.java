package gatehouse.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Attention;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.event.SensorReading;
import gatehouse.fact.Fact;
import gatehouse.model.FireAnomaly;
import gatehouse.model.ModelCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever events come late, in the end the alerts are those of the whole history. */
class RepairTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  static Stream<ModelEntry<?, ?, ?>> everyAlertingModel() {
    return ModelCatalogue.all().stream().filter(entry -> !entry.card().recipients().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("everyAlertingModel")
  void anySplitIntoLiveAndLateGivesTheSameFinalAlerts(ModelEntry<?, ?, ?> entry) {
    List<Fact> history = entry.example().get();
    List<Alert> whole = alerts(history);
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      List<Fact> live = new ArrayList<>();
      for (Fact fact : history) {
        if (!(fact instanceof DeviceEvent) || random.nextInt(3) > 0) {
          live.add(fact);
        }
      }
      Map<String, Alert> store = new LinkedHashMap<>();
      List<Alert> seen = alerts(live);
      seen.forEach(alert -> store.put(alert.id(), alert));
      for (Alert repaired : Repair.difference(seen, whole, NOW)) {
        Alert before = store.get(repaired.id());
        assertThat(before == null || before.revision() < repaired.revision()).isTrue();
        assertThat(before != null || repaired.attention() == Attention.HISTORIC).isTrue();
        store.put(repaired.id(), repaired);
      }
      assertThat(standing(store.values().stream())).isEqualTo(standing(whole.stream()));
    }
  }

  @ParameterizedTest
  @MethodSource("everyAlertingModel")
  void whatDoesNotChangeIsNotSaidAgain(ModelEntry<?, ?, ?> entry) {
    List<Alert> whole = alerts(entry.example().get());
    assertThat(Repair.difference(whole, whole, NOW)).isEmpty();
  }

  /** A detector that was offline tells of its fire in whichever order its messages come. */
  @Test
  void whatWasToldOnArrivalIsComparedAsItArrived() {
    List<Fact> history = new ArrayList<>(FireAnomaly.example());
    SensorReading alarm = (SensorReading) history.remove(history.size() - 1);
    List<DeviceEvent> late = List.of(late(alarm, "a", 0, 9000), late(alarm, "b", 900, 8000));
    history.addAll(late);
    Instant until = alarm.time().plus(Duration.ofDays(20));
    Replay replay = Replay.of(FireAnomaly.entry());
    List<Alert> seen = replay.asSeenLive(history, late, until).alerts();
    List<Alert> whole = replay.run(history, until).alerts();
    assertThat(seen).hasSize(1);
    assertThat(whole).hasSize(1);
    assertThat(Repair.difference(seen, whole, NOW))
        .extracting(Alert::id, Alert::state)
        .containsExactlyInAnyOrder(
            tuple(whole.get(0).id(), AlertState.CLOSED),
            tuple(seen.get(0).id(), AlertState.RETRACTED));
  }

  private static DeviceEvent late(
      SensorReading reading, String id, long after, long receivedAfter) {
    Origin origin = reading.origin();
    return reading.withOrigin(
        new Origin(
            id,
            origin.community(),
            origin.device(),
            origin.place(),
            origin.time().plusSeconds(after),
            origin.time().plusSeconds(receivedAfter),
            origin.boot(),
            origin.seq(),
            true,
            origin.clock()));
  }

  /** Alerts that stand: their ids with what they say, and whether they ended. */
  private static Map<String, String> standing(Stream<Alert> alerts) {
    Map<String, String> standing = new LinkedHashMap<>();
    alerts
        .filter(alert -> alert.state() != AlertState.RETRACTED)
        .sorted(java.util.Comparator.comparing(Alert::id))
        .forEach(
            alert ->
                standing.put(
                    alert.id(),
                    alert.state() == AlertState.OPEN
                        ? "open"
                        : alert.explanation() + " " + alert.evidence()));
    return standing;
  }

  private static List<Alert> alerts(List<Fact> history) {
    Instant last = history.stream().map(Fact::time).max(Instant::compareTo).orElse(Instant.EPOCH);
    return new Replay(ModelCatalogue.all(), new SettingsBook())
        .run(history, last.plus(Duration.ofDays(20)))
        .alerts();
  }
}
