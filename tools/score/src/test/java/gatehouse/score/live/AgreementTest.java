package gatehouse.score.live;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.fact.Fact;
import gatehouse.model.ModelCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static final String SEQUENCED = "denied-burst";
  private static final String ARRIVING = "sos";

  private final List<Alert> alerts = alerts();

  private static List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    for (String model : List.of(SEQUENCED, ARRIVING)) {
      List<Fact> history = ModelCatalogue.find(model).orElseThrow().example().get();
      Instant last = history.stream().map(Fact::time).max(Instant::compareTo).orElseThrow();
      alerts.addAll(
          new Replay(ModelCatalogue.all(), new SettingsBook())
              .run(history, last.plus(Duration.ofDays(1))).alerts().stream()
                  .filter(alert -> alert.model().equals(model))
                  .toList());
    }
    return alerts;
  }

  private List<Agreement> compared(List<Alert> streamed) {
    return Agreement.of(
        ModelCatalogue.all().stream()
            .filter(entry -> entry.id().equals(SEQUENCED) || entry.id().equals(ARRIVING))
            .toList(),
        alerts,
        streamed);
  }

  @Test
  void theSameAlertsAgree() {
    assertThat(compared(alerts)).hasSize(2).allMatch(Agreement::agrees);
  }

  @Test
  void aMissingAlertIsNamed() {
    assertThat(compared(List.of()))
        .allSatisfy(
            agreement -> {
              assertThat(agreement.differences())
                  .isNotEmpty()
                  .allMatch(difference -> difference.endsWith("only in the replay"));
              assertThat(agreement.streamed()).isZero();
            });
  }

  @Test
  void aFieldThatDiffersIsNamedWhereOrderIsKept() {
    List<Alert> other = alerts.stream().map(alert -> alert.revised(alert.revision() + 1)).toList();
    assertThat(compared(other))
        .filteredOn(agreement -> agreement.model().equals(SEQUENCED))
        .singleElement()
        .satisfies(
            agreement ->
                assertThat(agreement.differences())
                    .first()
                    .asString()
                    .contains("not the same [revision]"));
    assertThat(compared(other))
        .filteredOn(Agreement::onArrival)
        .singleElement()
        .matches(Agreement::agrees, "on arrival only what, where and how grave counts");
  }

  @Test
  void theReportSaysWhoDisagreesAndThatFailuresCount() {
    LiveTrial.Outcome outcome =
        new LiveTrial.Outcome(compared(List.of()), 12, 0, Map.of(), Duration.ofSeconds(3));
    assertThat(outcome.agrees()).isFalse();
    assertThat(LiveReport.of(outcome, List.of(SEQUENCED)))
        .contains(SEQUENCED, "DISAGREES", "0 of 2 models agree; 12 facts and events in 3 s")
        .doesNotContain(ARRIVING + " ");
    assertThat(
            new LiveTrial.Outcome(
                    compared(alerts), 12, 0, Map.of("sos: MODEL_FAILED", 1), Duration.ZERO)
                .agrees())
        .isFalse();
    assertThat(new LiveTrial.Outcome(compared(alerts), 12, 0, Map.of(), Duration.ZERO).agrees())
        .isTrue();
  }
}
