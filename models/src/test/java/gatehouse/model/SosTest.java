package gatehouse.model;

import static gatehouse.fixture.SafetyFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.Step;
import gatehouse.event.PoleAlarm;
import gatehouse.event.PoleAlarm.Kind;
import gatehouse.fixture.SafetyFixture;
import gatehouse.site.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SosTest {

  private final SafetyFixture site =
      new SafetyFixture(place("pole", Place.Kind.POLE), place("lift", Place.Kind.LIFT));

  private List<Alert> alerts() {
    return site.alerts(Sos.entry());
  }

  @Test
  void aPressIsToldAtOnceToPoliceAndProperty() {
    site.pole(5, Kind.SOS, true);
    assertThat(Sos.entry().ordering()).isEqualTo(Ordering.ON_ARRIVAL);
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.severity()).isEqualTo(Severity.P1);
    assertThat(alert.audiences()).containsExactlyInAnyOrder(Audience.POLICE, Audience.PROPERTY);
    assertThat(alert.detectedAt()).isEqualTo(SafetyFixture.at(5));
    assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
    assertThat(alert.subjects())
        .containsExactly(new Subject("device", "pole-device", "help-point"));
  }

  @ParameterizedTest
  @EnumSource(Place.Kind.class)
  void theButtonMayBeAnywhere(Place.Kind kind) {
    SafetyFixture elsewhere = new SafetyFixture(place("here", kind));
    elsewhere.pole(0, Kind.SOS, true);
    assertThat(elsewhere.alerts(Sos.entry()))
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.explanation().code())
                    .isEqualTo(kind == Place.Kind.LIFT ? "sos.in-lift" : "sos.pressed"));
  }

  @Test
  void worksAtAPlaceNobodyKnows() {
    site.place("app").pole(0, Kind.SOS, true);
    assertThat(alerts()).singleElement().satisfies(a -> assertThat(a.place()).isEqualTo("app"));
  }

  @Test
  void everyPressIsAnAlertOfItsOwnAndNoReleaseEndsIt() {
    site.pole(0, Kind.SOS, true).pole(1, Kind.SOS, true).pole(2, Kind.SOS, false);
    site.place("lift").pole(1, Kind.SOS, true);
    assertThat(alerts()).hasSize(3);
    assertThat(site.run(new SettingsBook(), Sos.entry()).revisions())
        .filteredOn(alert -> alert.state() == AlertState.OPEN)
        .hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "SOS")
  void otherAlarmsOfAPostAreNone(Kind kind) {
    site.pole(0, kind, true);
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neitherOrderNorRepetitionOfArrivalMatters(long seed) {
    Random random = new Random(seed);
    List<PoleAlarm> presses = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      site.place(i % 3 == 0 ? "lift" : "pole").pole(random.nextInt(30), Kind.SOS, true);
      presses.add((PoleAlarm) site.history().get(site.history().size() - 1));
    }
    presses.addAll(presses.subList(0, 30));
    Collections.shuffle(presses, random);
    Sos model = new Sos(Sos.Settings.DEFAULTS);
    Map<String, Sos.State> states = new HashMap<>();
    Set<String> episodes = new HashSet<>();
    int findings = 0;
    for (PoleAlarm press : presses) {
      String key = model.keys(press).get(0);
      Step<Sos.State> step = model.onEvent(key, press, states.get(key));
      states.put(key, step.state());
      findings += step.findings().size();
      step.findings().forEach(finding -> episodes.add(finding.episode()));
    }
    assertThat(findings).isEqualTo(60);
    assertThat(episodes).hasSize(60);
    assertThat(alerts()).hasSize(60);
  }

  @Test
  void itsStateIsBounded() {
    Sos model = new Sos(Sos.Settings.DEFAULTS);
    Sos.State state = null;
    for (int i = 0; i < 500; i++) {
      site.pole(i, Kind.SOS, true);
      PoleAlarm press = (PoleAlarm) site.history().get(site.history().size() - 1);
      state = model.onEvent("k", press, state).state();
    }
    assertThat(state).isNotNull();
    assertThat(state.told()).hasSize(64);
  }
}
