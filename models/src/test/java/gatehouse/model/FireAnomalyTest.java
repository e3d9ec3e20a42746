package gatehouse.model;

import static gatehouse.fixture.SafetyFixture.HOUR;
import static gatehouse.fixture.SafetyFixture.at;
import static gatehouse.fixture.SafetyFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertId;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.Step;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.SensorReading;
import gatehouse.event.SensorReading.Kind;
import gatehouse.event.TrackSighting;
import gatehouse.fact.Fact;
import gatehouse.fixture.SafetyFixture;
import gatehouse.site.Place;
import gatehouse.site.Position;
import gatehouse.site.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FireAnomalyTest {

  private static final ModelEntry<?, ?, ?>[] CHAIN = {SensorFusion.entry(), FireAnomaly.entry()};

  /** Noon in Shanghai. */
  private static final double NOON = 3 * HOUR;

  private static final Place FLAT = room("flat", new Position(0, 0));
  private static final Place NEXT = room("next", new Position(8, 0));
  private static final Place FAR = room("far", new Position(80, 0));
  private static final Place GARAGE =
      place("garage", Place.Kind.ROOM, "b2", List.of(Zone.open("g").usedAs(Zone.Use.GARAGE)), null);

  private final SafetyFixture site = new SafetyFixture(FLAT, NEXT, FAR, GARAGE);
  private final Random random = new Random(1);

  private static Place room(String id, Position position) {
    return place(id, Place.Kind.ROOM, "b1", List.of(), position);
  }

  private List<Alert> alerts() {
    return site.alerts(CHAIN);
  }

  /** An ordinary quarter of an hour at these places: 22 degrees, no smoke, half humid. */
  private FireAnomalyTest quiet(double from, double to, String... places) {
    for (String place : places) {
      site.place(place);
      for (double t = from; t < to; t += 10) {
        reading(t, Kind.SMOKE, 0.1 + 0.02 * random.nextGaussian());
        reading(t, Kind.TEMPERATURE, 22 + 0.1 * random.nextGaussian());
        reading(t, Kind.CARBON_MONOXIDE, 1);
        reading(t, Kind.HUMIDITY, 50 + random.nextGaussian());
      }
    }
    return this;
  }

  private FireAnomalyTest reading(double at, Kind kind, double value) {
    site.sensor(at, kind, value);
    return this;
  }

  private void flaming(double from, double detectorAt) {
    for (double t = from; t <= detectorAt; t += 5) {
      reading(t, Kind.SMOKE, 0.1 + 0.015 * (t - from));
      reading(t, Kind.TEMPERATURE, 22 + 0.25 * (t - from));
    }
    site.sensor(detectorAt, Kind.SMOKE, 3, true);
  }

  private void smouldering(double from, double detectorAt) {
    for (double t = from; t <= detectorAt; t += 10) {
      reading(t, Kind.SMOKE, 0.1 + 0.005 * (t - from));
      reading(t, Kind.CARBON_MONOXIDE, 1 + 0.2 * (t - from));
      reading(t, Kind.TEMPERATURE, 22 + 0.002 * (t - from));
    }
    site.sensor(detectorAt, Kind.SMOKE, 3, true);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SMOKE", "TEMPERATURE", "CARBON_MONOXIDE"})
  void aDetectorsAlarmIsToldAtOnceToEverybody(Kind kind) {
    site.sensor(7, kind, 1, true);
    assertThat(FireAnomaly.entry().ordering()).isEqualTo(Ordering.ON_ARRIVAL);
    assertThat(site.alerts(FireAnomaly.entry())).isNotEmpty();
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.severity()).isEqualTo(Severity.P1);
    assertThat(alert.audiences())
        .containsExactlyInAnyOrder(Audience.FIRE_DESK, Audience.PROPERTY, Audience.RESIDENT);
    assertThat(alert.detectedAt()).isEqualTo(at(7));
    assertThat(alert.subjects()).extracting("id").containsExactly("flat");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SMOKE", "TEMPERATURE", "CARBON_MONOXIDE"})
  void alarmsOfOtherSensorsAreNoFire(Kind kind) {
    site.sensor(7, kind, 1, true);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void anOrdinaryDayIsNone() {
    quiet(0, 4 * HOUR, "flat", "garage");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aFlamingFireIsToldAMinuteBeforeTheDetector() {
    quiet(0, 900, "flat").flaming(900, 1100);
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.detectedAt()).isBeforeOrEqualTo(at(1040));
    assertThat(alert.severity()).isEqualTo(Severity.P1);
    assertThat(alert.explanation().code()).isEqualTo("fire-anomaly.detector");
    assertThat(alert.lastEventTime()).isEqualTo(at(1100));
    assertThat(alert.score()).isGreaterThan(0.9);
    List<Alert> revisions = site.run(new SettingsBook(), CHAIN).revisions();
    assertThat(revisions)
        .filteredOn(revision -> revision.severity() == Severity.P1)
        .first()
        .satisfies(
            first -> {
              assertThat(first.explanation().code()).isEqualTo("fire-anomaly.sensors");
              assertThat(first.lastEventTime()).isBefore(at(1040));
            });
  }

  @Test
  void aSmoulderingFireIsToldMinutesBeforeTheDetector() {
    quiet(0, 900, "flat").smouldering(900, 1480);
    assertThat(alerts()).hasSize(1);
    assertThat(alerts().get(0).detectedAt()).isBeforeOrEqualTo(at(1180));
  }

  @Test
  void cookingMakesNoPreAlarmButTheDetectorIsToldNevertheless() {
    quiet(NOON - 900, NOON, "flat");
    for (double t = NOON; t < NOON + 600; t += 10) {
      reading(t, Kind.SMOKE, 1).reading(t, Kind.TEMPERATURE, 22 + (t - NOON) / 300);
    }
    assertThat(alerts()).isEmpty();
    site.sensor(NOON + 601, Kind.SMOKE, 3, true);
    assertThat(alerts()).extracting(Alert::severity).containsExactly(Severity.P1);
  }

  @Test
  void theSameSmokeInAGarageOrInTheAfternoonIsAPreAlarm() {
    for (double t : new double[] {NOON, 6 * HOUR}) {
      String where = t == NOON ? "garage" : "flat";
      quiet(t - 900, t, where);
      for (double s = t; s < t + 60; s += 10) {
        reading(s, Kind.SMOKE, 1).reading(s, Kind.TEMPERATURE, 22);
      }
    }
    assertThat(alerts()).hasSize(2).allMatch(alert -> alert.severity() == Severity.P2);
    assertThat(alerts())
        .allMatch(alert -> alert.audiences().equals(Set.of(Audience.PROPERTY)))
        .allMatch(alert -> alert.explanation().code().equals("fire-anomaly.pre-alarm"));
  }

  @Test
  void steamMakesNoPreAlarm() {
    quiet(0, 900, "flat");
    for (double t = 900; t < 1500; t += 10) {
      reading(t, Kind.HUMIDITY, 80).reading(t, Kind.SMOKE, 2);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aSingleReadingOrStepMakesNone() {
    quiet(0, 900, "flat");
    reading(900, Kind.SMOKE, 5).reading(910, Kind.SMOKE, 0.1);
    for (double t = 900; t < 1500; t += 5) {
      reading(t, Kind.TEMPERATURE, 32);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void dustIsLearned() {
    quiet(0, 900, "flat");
    for (double t = 900; t < 40 * 24 * HOUR; t += 600) {
      reading(t, Kind.SMOKE, 0.1 + 1.5 * t / (40 * 24 * HOUR));
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void anEbikeMakesAPreAlarmOfLess() {
    for (String where : List.of("flat", "garage")) {
      quiet(0, 900, where);
      if (where.equals("garage")) {
        site.add(
            new TrackSighting(
                site.origin(800),
                "t",
                TrackSighting.Kind.E_BIKE,
                null,
                null,
                1,
                0.9,
                Direction.UNKNOWN,
                ""));
      }
      for (double t = 900; t < 990; t += 10) {
        reading(t, Kind.SMOKE, 0.45);
      }
    }
    assertThat(alerts()).extracting(Alert::place).containsExactly("garage");
  }

  @Test
  void aSecondPlaceNearbyMakesAFireOfAPreAlarm() {
    quiet(0, 900, "flat", "next", "far");
    for (String where : List.of("flat", "next")) {
      site.place(where);
      for (double t = where.equals("flat") ? 900 : 930; t < 1000; t += 5) {
        reading(t, Kind.SMOKE, 1).reading(t, Kind.TEMPERATURE, 22);
      }
    }
    assertThat(alerts()).hasSize(2);
    assertThat(alerts().get(1).severity()).isEqualTo(Severity.P1);
    assertThat(alerts().get(1).explanation().values()).containsEntry("second", "flat");
  }

  @Test
  void aSecondPlaceFarAwayDoesNot() {
    quiet(0, 900, "flat", "far");
    for (String where : List.of("flat", "far")) {
      site.place(where);
      for (double t = 900; t < 1000; t += 5) {
        reading(t, Kind.SMOKE, 1).reading(t, Kind.TEMPERATURE, 22);
      }
    }
    assertThat(alerts()).hasSize(2).allMatch(alert -> alert.severity() == Severity.P2);
  }

  @Test
  void anAnnouncedTestSilencesPreAlarmsButNeverADetector() {
    quiet(0, 900, "flat");
    site.permit("fire-test", 0, 800, 2000.0, "flat");
    for (double t = 900; t < 1000; t += 5) {
      reading(t, Kind.SMOKE, 2).reading(t, Kind.TEMPERATURE, 22);
    }
    assertThat(alerts()).isEmpty();
    site.sensor(1000, Kind.SMOKE, 3, true);
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Severity.P1);
              assertThat(alert.detectedAt()).isEqualTo(at(1000));
              assertThat(alert.explanation().code()).isEqualTo("fire-anomaly.detector-during-test");
            });
  }

  @Test
  void itIsOneAlertUntilAllHasBeenNormalForTenMinutes() {
    for (double t = 0; t < 600; t += 2) {
      site.sensor(t, Kind.SMOKE, 5, true);
    }
    site.device("heat").sensor(300, Kind.TEMPERATURE, 60, true);
    site.sensor(700, Kind.TEMPERATURE, 25, false).device("flat-device");
    for (double t = 600; t < 1500; t += 10) {
      site.sensor(t, Kind.SMOKE, 0.1, false);
    }
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
    assertThat(alert.closedAt()).isBetween(at(1299), at(1301));
    assertThat(alert.occurrences()).isLessThan(60);
    site.sensor(2000, Kind.SMOKE, 5, true);
    assertThat(alerts()).hasSize(2);
  }

  @Test
  void twoPlacesAreTwoAlerts() {
    site.sensor(0, Kind.SMOKE, 5, true).place("far").sensor(1, Kind.SMOKE, 5, true);
    assertThat(alerts()).hasSize(2);
  }

  @Test
  void settingsCount() {
    quiet(0, 900, "flat").flaming(900, 1100);
    SettingsBook deaf =
        SettingsBook.of(
            new SettingsChange(
                "sensor-fusion",
                SettingsChange.Scope.CITY,
                "",
                Instant.EPOCH,
                Map.of("prior", "-15"),
                "somebody"));
    assertThat(site.run(deaf, CHAIN).alerts())
        .extracting(Alert::detectedAt)
        .containsExactly(at(1100));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    quiet(0, 900, "flat", "next").flaming(900, 1100);
    site.place("flat");
    smouldering(1000, 1400);
    assertThat(site.shuffled(seed, CHAIN)).isEqualTo(alerts()).isNotEmpty();
  }

  /** On arrival, an alarm overtakes what the sensors said before it. */
  @Test
  void aBeliefThatComesLateDoesNotEndAnAlarm() {
    FireAnomaly model = new FireAnomaly(FireAnomaly.Settings.DEFAULTS);
    site.sensor(100, Kind.SMOKE, 5, true);
    Fact alarm = site.history().get(site.history().size() - 1);
    FireAnomaly.State state = model.onEvent("k", alarm, null).state();
    FireBelief calmBefore =
        new FireBelief(
            "x",
            SafetyFixture.COMMUNITY,
            at(99),
            ((SensorReading) alarm).place(),
            -1.5,
            FireBelief.Level.NONE,
            null,
            false,
            false,
            0,
            0,
            null,
            null,
            List.of());
    FireAnomaly.State after = model.onEvent("k", calmBefore, state).state();
    assertThat(after).isEqualTo(state).isNotNull();
  }

  /** A detector's message that was held up for an hour belongs to the fire of then. */
  @Test
  void anAlarmThatComesLateIsNoFireOfItsOwn() {
    FireAnomaly model = new FireAnomaly(FireAnomaly.Settings.DEFAULTS);
    site.sensor(100, Kind.SMOKE, 5, true);
    site.device("other").sensor(160, Kind.SMOKE, 5, true);
    site.sensor(6000, Kind.SMOKE, 5, true);
    List<Fact> alarms =
        site.history().stream().filter(fact -> fact instanceof SensorReading).toList();
    FireAnomaly.State state = model.onEvent("k", alarms.get(0), null).state();
    assertThat(state).isNotNull();
    Step<FireAnomaly.State> ended = model.onWake("k", at(100 + 24 * HOUR), state);
    assertThat(ended.findings()).hasSize(1);
    Step<FireAnomaly.State> late = model.onEvent("k", alarms.get(1), ended.state());
    assertThat(late.findings()).as("it was told already").isEmpty();
    assertThat(model.onEvent("k", moved(alarms.get(2), 50), late.state()).findings())
        .as("what was before is another fire")
        .hasSize(1);
  }

  /** A detector's alarm does not wait for what the sensors said in the same second. */
  @Test
  void whetherTheAlarmOrTheSensorsAreShownFirstItIsTheSameAlert() {
    FireAnomaly model = new FireAnomaly(FireAnomaly.Settings.DEFAULTS);
    site.sensor(100, Kind.SMOKE, 5, true);
    SensorReading alarm = (SensorReading) site.history().get(site.history().size() - 1);
    FireBelief sensors =
        new FireBelief(
            "x",
            SafetyFixture.COMMUNITY,
            at(100),
            alarm.place(),
            1,
            FireBelief.Level.PRE_ALARM,
            at(50),
            false,
            false,
            5,
            0,
            null,
            null,
            List.of(Evidence.of(alarm, "fire-anomaly.sensor")));
    Finding byAlarm = model.onEvent("k", alarm, null).findings().get(0);
    Finding bySensors = model.onEvent("k", sensors, null).findings().get(0);
    assertThat(bySensors.since()).isEqualTo(at(50));
    assertThat(AlertId.of(byAlarm)).isEqualTo(AlertId.of(bySensors));
  }

  private static Fact moved(Fact fact, double to) {
    SensorReading reading = (SensorReading) fact;
    Origin origin = reading.origin();
    return reading.withOrigin(
        new Origin(
            origin.id(),
            origin.community(),
            origin.device(),
            origin.place(),
            at(to),
            at(to),
            origin.boot(),
            origin.seq(),
            origin.buffered(),
            origin.clock()));
  }

  @Test
  void stateIsBoundedAndForgotten() {
    for (int i = 0; i < 2000; i++) {
      site.place("p" + i % 100)
          .device("d" + i)
          .sensor(i, i % 2 == 0 ? Kind.SMOKE : Kind.TEMPERATURE, 5, true);
    }
    FireAnomaly model = new FireAnomaly(FireAnomaly.Settings.DEFAULTS);
    SensorFusion fusion = new SensorFusion(SensorFusion.Settings.DEFAULTS);
    FireAnomaly.State state = null;
    SensorFusion.State sensors = null;
    for (Fact fact : site.history()) {
      if (fact instanceof SensorReading) {
        state = model.onEvent("k", fact, state).state();
        sensors = fusion.onEvent("k", fact, sensors).state();
      }
    }
    assertThat(state).isNotNull();
    assertThat(state.places()).hasSize(64);
    assertThat(state.places().values()).allMatch(standing -> standing.detectors().size() <= 16);
    assertThat(sensors).isNotNull();
    assertThat(sensors.sensors()).hasSize(16);
    FireAnomaly.State ended = model.onWake("k", at(1e6), state).state();
    assertThat(ended).isNotNull();
    assertThat(model.onWake("k", at(1e6 + 24 * HOUR), ended).state()).isNull();
    assertThat(fusion.onWake("k", at(1e7), sensors).state()).isNull();
    assertThat(Set.copyOf(model.onWake("k", at(1e6), state).findings())).hasSize(64);
  }
}
