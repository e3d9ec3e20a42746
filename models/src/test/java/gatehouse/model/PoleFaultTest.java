package gatehouse.model;

import static gatehouse.fixture.SafetyFixture.at;
import static gatehouse.fixture.SafetyFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.event.PoleAlarm;
import gatehouse.event.PoleAlarm.Kind;
import gatehouse.fact.Fact;
import gatehouse.fixture.SafetyFixture;
import gatehouse.site.Place;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoleFaultTest {

  private final SafetyFixture site =
      new SafetyFixture(
          place("p1", Place.Kind.POLE), place("p2", Place.Kind.POLE), place("p3", Place.Kind.POLE));

  private List<Alert> alerts() {
    return site.alerts(PoleFault.entry());
  }

  private static List<Alert> standing(List<Alert> alerts) {
    return alerts.stream().filter(alert -> alert.state() != AlertState.RETRACTED).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "TILT, P2, 10, pole-fault.tilt",
    "LEAKAGE_CURRENT, P2, 0, pole-fault.leakage",
    "DOOR_OPEN, P3, 10, pole-fault.door-open",
    "FLOOD, P3, 10, pole-fault.flood",
    "POWER_LOST, P3, 30, pole-fault.power-lost"
  })
  void eachFaultIsToldToTheProperty(Kind kind, Severity severity, double after, String code) {
    site.pole(0, kind, true);
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.severity()).isEqualTo(severity);
    assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
    assertThat(alert.detectedAt()).isEqualTo(at(after));
    assertThat(alert.firstEventTime()).isEqualTo(at(0));
    assertThat(alert.explanation().code()).isEqualTo(code);
    assertThat(alert.state()).isEqualTo(AlertState.OPEN);
    assertThat(alert.subjects()).extracting("id").containsExactly("p1-device");
  }

  @Test
  void aCallForHelpIsNoFault() {
    site.pole(0, Kind.SOS, true);
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TILT", "DOOR_OPEN", "FLOOD", "POWER_LOST"})
  void whatIsOverWithinSecondsIsNotTold(Kind kind) {
    site.pole(0, kind, true).pole(9, kind, false).pole(600, kind, true).pole(605, kind, false);
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "SOS")
  void theAlertEndsWhenThePostSaysSoAndWhatIsBackWithinAnHourIsTheSame(Kind kind) {
    site.pole(0, kind, true).pole(60, kind, true).pole(120, kind, false);
    assertThat(alerts()).hasSize(1);
    assertThat(alerts().get(0).state()).isEqualTo(AlertState.CLOSED);
    assertThat(alerts().get(0).closedAt()).isEqualTo(at(120));
    site.pole(300, kind, true).pole(400, kind, false);
    assertThat(alerts()).hasSize(1);
    site.pole(4200, kind, true);
    assertThat(alerts()).hasSize(2);
  }

  @Test
  void leakingCurrentInWaterIsMostUrgentWhicheverComesFirst() {
    site.pole(0, Kind.LEAKAGE_CURRENT, true).pole(100, Kind.FLOOD, true);
    site.place("p2").pole(0, Kind.FLOOD, true).pole(3, Kind.LEAKAGE_CURRENT, true);
    assertThat(alerts())
        .filteredOn(alert -> alert.severity() == Severity.P1)
        .hasSize(2)
        .allSatisfy(
            alert ->
                assertThat(alert.explanation().code()).isEqualTo("pole-fault.leakage-in-water"))
        .allSatisfy(alert -> assertThat(alert.evidence()).hasSize(2));
  }

  @Test
  void postsThatLoseTheirPowerTogetherAreOneAlert() {
    for (int i = 0; i < 100; i++) {
      site.place("q" + i).pole(i * 0.2, Kind.POWER_LOST, true);
    }
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.severity()).isEqualTo(Severity.P2);
    assertThat(alert.explanation().values()).containsEntry("count", "100");
    assertThat(alert.evidence()).hasSize(20);
    for (int i = 0; i < 100; i++) {
      site.place("q" + i).pole(1000 + i, Kind.POWER_LOST, false);
    }
    assertThat(alerts())
        .singleElement()
        .satisfies(a -> assertThat(a.closedAt()).isEqualTo(at(1099)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TILT", "DOOR_OPEN", "FLOOD", "POWER_LOST"})
  void announcedWorkExplainsIt(Kind kind) {
    site.permit("maintenance", -100, 0, 3600.0, "p1").pole(10, kind, true);
    assertThat(alerts()).isEmpty();
    site.place("p2").pole(10, kind, true);
    assertThat(alerts()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TILT", "DOOR_OPEN", "FLOOD", "POWER_LOST"})
  void workRecordedAfterwardsTakesItBack(Kind kind) {
    site.pole(10, kind, true).permit("maintenance", 900, 0, 3600.0, "p1");
    assertThat(alerts()).extracting(Alert::state).containsExactly(AlertState.RETRACTED);
    assertThat(alerts().get(0).closing()).isNotNull();
  }

  @Test
  void workAtAnotherTimeOrOfAnotherKindExplainsNothing() {
    site.permit("maintenance", -100, -90, 5.0, "p1")
        .permit("goods", -100, 0, 3600.0, "p1")
        .pole(10, Kind.DOOR_OPEN, true)
        .permit("maintenance", 900, 800, 3600.0, "p1");
    assertThat(standing(alerts())).hasSize(1);
  }

  @Test
  void noPermitExplainsLeakingCurrent() {
    site.permit("maintenance", -100, 0, 3600.0, "p1")
        .pole(10, Kind.LEAKAGE_CURRENT, true)
        .permit("maintenance", 900, 0, 3600.0, "p1");
    assertThat(standing(alerts())).hasSize(1);
  }

  @Test
  void settingsCount() {
    site.pole(0, Kind.TILT, true).pole(9, Kind.TILT, false);
    SettingsBook eager =
        SettingsBook.of(
            new SettingsChange(
                "pole-fault",
                SettingsChange.Scope.COMMUNITY,
                SafetyFixture.COMMUNITY,
                Instant.EPOCH,
                Map.of("hold", "PT5S"),
                "somebody"));
    assertThat(site.run(eager, PoleFault.entry()).alerts()).hasSize(1);
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyOrderOfArrivalGivesTheSameAlertsAndNoStateStays(long seed) {
    Random random = new Random(seed);
    Kind[] kinds = Kind.values();
    for (int i = 0; i < 300; i++) {
      site.place("p" + (1 + random.nextInt(3)))
          .pole(i * 7, kinds[random.nextInt(kinds.length)], random.nextBoolean());
    }
    site.permit("maintenance", 1500, 500, 1200.0, "p1", "p2");
    for (int i = 1; i <= 3; i++) {
      for (Kind kind : kinds) {
        site.place("p" + i).pole(3000, kind, false);
      }
    }
    assertThat(site.shuffled(seed, PoleFault.entry())).isEqualTo(alerts()).isNotEmpty();
    assertThat(leftOver()).isEmpty();
  }

  private Map<String, PoleFault.State> leftOver() {
    PoleFault model = new PoleFault(PoleFault.Settings.DEFAULTS);
    Map<String, PoleFault.State> states = new HashMap<>();
    for (Fact fact : site.history()) {
      if (fact instanceof PoleAlarm) {
        for (String key : model.keys(fact)) {
          PoleFault.State next = model.onEvent(key, fact, states.get(key)).state();
          if (next == null) {
            states.remove(key);
          } else {
            states.put(key, next);
          }
        }
      }
    }
    return states;
  }
}
