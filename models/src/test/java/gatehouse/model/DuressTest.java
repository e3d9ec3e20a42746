package gatehouse.model;

import static gatehouse.fixture.DoorFixture.AT_NIGHT;
import static gatehouse.fixture.DoorFixture.door;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.Outcome;
import gatehouse.fixture.DoorFixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuressTest {

  private final DoorFixture site = new DoorFixture(door("d1"), door("d2"));

  private List<Alert> alerts() {
    return site.alerts(Duress.entry());
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void isToldWhateverTheDoorDecided(Outcome outcome) {
    site.duress(0, "pin-1", outcome);
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.severity()).isEqualTo(Severity.P1);
    assertThat(alert.audiences()).containsExactlyInAnyOrder(Audience.POLICE, Audience.PROPERTY);
    assertThat(alert.detectedAt()).isEqualTo(alert.firstEventTime());
    assertThat(alert.subjects())
        .containsExactly(
            new Subject("door", "d1", "door"), new Subject("credential", "pin-1", "holder"));
    assertThat(alert.state()).isEqualTo(AlertState.OPEN);
    assertThat(alert.explanation().code())
        .isEqualTo(outcome == Outcome.DENIED ? "duress.refused" : "duress.let-in");
  }

  @Test
  void isNotHeldBackForOrder() {
    assertThat(Duress.entry().ordering()).isEqualTo(Ordering.ON_ARRIVAL);
  }

  @Test
  void everyUseIsAnAlertOfItsOwnEvenAtOnce() {
    for (int i = 0; i < 200; i++) {
      site.duress(i / 100.0, "pin-1", Outcome.GRANTED);
    }
    assertThat(alerts()).hasSize(200).allMatch(alert -> alert.occurrences() == 1);
  }

  @Test
  void ordinaryUseIsNone() {
    site.granted(0, "card-1").denied(1, "card-2").granted(AT_NIGHT, "card-1");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void worksWithoutAKnownCredentialOrPlace() {
    DoorFixture elsewhere = new DoorFixture(door("d1"));
    elsewhere.place("unknown").duress(0, "", Outcome.GRANTED);
    assertThat(elsewhere.alerts(Duress.entry()))
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.subjects())
                    .containsExactly(new Subject("door", "unknown", "door")));
  }

  @Test
  void theSameEventDeliveredAgainIsNotToldAgain() {
    Duress model = new Duress(Duress.Settings.DEFAULTS);
    site.duress(0, "pin-1", Outcome.GRANTED);
    AccessEvent event = (AccessEvent) site.history().get(2);
    Step<Duress.State> first = model.onEvent("k", event, null);
    assertThat(first.findings()).hasSize(1);
    assertThat(model.onEvent("k", event, first.state()).findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrderOfArrivalDoesNotMatter(long seed) {
    for (int i = 0; i < 100; i++) {
      site.place(i % 3 == 0 ? "d2" : "d1").duress(i * 7 % 50, "pin-" + i % 4, Outcome.GRANTED);
    }
    assertThat(site.shuffled(Duress.entry(), seed)).isEqualTo(alerts());
    Replay.Result result = site.run(Duress.entry(), new SettingsBook());
    assertThat(result.revisions()).hasSize(100);
  }
}
