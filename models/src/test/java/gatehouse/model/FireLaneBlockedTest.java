package gatehouse.model;

import static gatehouse.fixture.GateFixture.COMMUNITY;
import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.known;
import static gatehouse.fixture.GateFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.FactOrder;
import gatehouse.analysis.ModelRunner;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.SettingsChange.Scope;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import gatehouse.event.TrackSighting.Kind;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Permit;
import gatehouse.site.Place;
import gatehouse.site.SiteMap;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FireLaneBlockedTest {

  private static final String CAMERA = "lane-cam";
  private static final Place LANE =
      place(
          CAMERA,
          List.of(),
          List.of(Zone.open("estate"), Zone.open("lane").usedAs(Zone.Use.FIRE_LANE)));
  private static final Instant NOON = at("12:00:00");

  private final GateFixture world = new GateFixture().with(known(LANE));

  @ParameterizedTest
  @CsvSource({"170, 0, P4", "190, 1, P4", "590, 1, P4", "610, 1, P3", "3590, 1, P3", "3610, 1, P2"})
  void threeStages(int seconds, int expected, Severity severity) {
    stands("a", NOON, seconds, 30);
    assertThat(alerts()).hasSize(expected);
    assertThat(alerts()).extracting(Alert::severity).containsOnly(times(expected, severity));
  }

  @Test
  void theAlertComesOnTimeAndClosesWhenTheVehicleLeaves() {
    stands("a", NOON, 720, 40);
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
              assertThat(alert.firstEventTime()).isEqualTo(NOON);
              assertThat(alert.detectedAt()).isEqualTo(NOON.plusSeconds(180));
              assertThat(alert.closedAt()).isEqualTo(NOON.plusSeconds(720));
              assertThat(alert.closing().code()).isEqualTo("fire-lane-blocked.left");
              assertThat(alert.explanation().values()).containsEntry("minutes", "10");
              assertThat(alert.audiences())
                  .containsExactlyInAnyOrder(Audience.PROPERTY, Audience.FIRE_DESK);
              assertThat(alert.subjects())
                  .containsExactly(
                      new Subject("track", "lane-cam-reader/a", "vehicle"),
                      new Subject("zone", "lane", "fire-lane"));
              assertThat(alert.coverage()).isEqualTo(Coverage.ASSUMED);
            });
  }

  @Test
  void aCameraThatReportsOnlyEveryFiveMinutesIsEnough() {
    stands("a", NOON, 1000, 300);
    assertThat(alerts()).extracting(Alert::severity).containsExactly(Severity.P3);
  }

  @Test
  void aCameraThatReportsOnlyTheEndIsEnough() {
    world.with(sighting("a", NOON.plusSeconds(700), NOON, NOON.plusSeconds(700), 0.9, ""));
    assertThat(alerts()).extracting(Alert::severity).containsExactly(Severity.P3);
  }

  @Test
  void silenceIsNoStanding() {
    world.with(sighting("a", NOON, NOON, null, 0.9, ""));
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "VEHICLE")
  void onlyVehiclesCount(Kind kind) {
    for (int s = 0; s < 1200; s += 30) {
      world.with(
          new TrackSighting(
              world.origin(COMMUNITY, CAMERA, NOON.plusSeconds(s)),
              "a",
              kind,
              NOON,
              null,
              1,
              0.95,
              Direction.UNKNOWN,
              ""));
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void onlyTheInnermostZoneCounts() {
    GateFixture elsewhere =
        new GateFixture()
            .with(
                known(
                    place(
                        CAMERA,
                        List.of(),
                        List.of(Zone.open("lane").usedAs(Zone.Use.FIRE_LANE), Zone.open("bay")))));
    for (int s = 0; s < 1200; s += 30) {
      elsewhere.with(sighting("a", NOON.plusSeconds(s), NOON, null, 0.9, ""));
    }
    assertThat(
            GateFixture.alerts(
                List.of(FireLaneBlocked.entry()), new SettingsBook(), elsewhere.history()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"50, 1", "70, 0"})
  void aBrokenTrackIsTheSameVehicleForAMinute(int gap, int expected) {
    sightings("a", NOON, 400, 20, 0.9);
    sightings("b", NOON.plusSeconds(400 + gap), 400, 20, 0.9);
    assertThat(blocked()).hasSize(expected);
  }

  @Test
  void aTrackThatTheCameraEndedIsTakenUpAtOnceOrNotAtAll() {
    stands("a", NOON, 400, 20);
    stands("b", NOON.plusSeconds(404), 400, 20);
    assertThat(blocked())
        .singleElement()
        .satisfies(alert -> assertThat(alert.closedAt()).isEqualTo(NOON.plusSeconds(804)));
  }

  @Test
  void oneTaxiAfterTheOtherDoesNotBlock() {
    for (int taxi = 0; taxi < 10; taxi++) {
      stands("taxi-" + taxi, NOON.plusSeconds(taxi * 130L), 110, 20);
    }
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"120, 1", "140, 1", "170, 0"})
  void whereTheCameraReportsSeldomAMissedReportIsNoEnd(int gap, int expected) {
    sightings("a", NOON, 360, 60, 0.9);
    sightings("b", NOON.plusSeconds(360 + gap), 360, 60, 0.9);
    assertThat(blocked()).hasSize(expected);
  }

  @Test
  void whatIsSeenBesideEachOtherIsTwoVehicles() {
    sightings("a", NOON, 1190, 30, 0.9);
    sightings("b", NOON.plusSeconds(250), 500, 30, 0.9);
    assertThat(blocked())
        .singleElement()
        .satisfies(alert -> assertThat(alert.firstEventTime()).isEqualTo(NOON));
  }

  @Test
  void twoVehiclesAreTwoAlerts() {
    sightings("a", NOON, 1200, 30, 0.9);
    sightings("b", NOON.plusSeconds(75), 1200, 30, 0.9);
    assertThat(blocked()).hasSize(2);
  }

  @Test
  void aNumberThatComesAgainIsAnotherVehicle() {
    sightings("1", NOON, 300, 30, 0.9);
    sightings("1", NOON.plusSeconds(500), 300, 30, 0.9);
    assertThat(blocked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.79, 0", "0.8, 1"})
  void aShadowIsNoVehicle(double confidence, int expected) {
    sightings("a", NOON, 900, 30, confidence);
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void everySecondSightingMayBeDoubtful() {
    for (int s = 0; s <= 900; s += 30) {
      world.with(sighting("a", NOON.plusSeconds(s), NOON, null, s / 30 % 2 == 0 ? 0.82 : 0.7, ""));
    }
    assertThat(blocked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"emergency", "ambulance", "fire"})
  void emergencyVehiclesMayStandThere(String subjectType) {
    for (int s = 0; s < 1200; s += 30) {
      world.with(sighting("a", NOON.plusSeconds(s), NOON, null, 0.9, subjectType));
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void anEmergencyVehicleThatIsRecognisedLateIsTakenBack() {
    sightings("a", NOON, 700, 30, 0.9);
    world.with(sighting("a", NOON.plusSeconds(730), NOON, null, 0.9, "ambulance"));
    sightings("a", NOON.plusSeconds(760), 600, 30, 0.9);
    assertThat(alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.state()).isEqualTo(AlertState.RETRACTED));
  }

  @Test
  void aPermitLetsItStandUntilItEnds() {
    permit("moving", at("11:00:00"), NOON, NOON.plusSeconds(1800));
    stands("a", NOON, 1800 + 500, 30);
    assertThat(blocked()).isEmpty();
    stands("b", at("14:00:00"), 700, 30);
    assertThat(blocked()).hasSize(1);
  }

  @Test
  void aPermitThatEndsStartsTheClock() {
    permit("loading", at("11:00:00"), NOON, NOON.plusSeconds(1800));
    stands("a", NOON, 1800 + 700, 50);
    assertThat(blocked())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.detectedAt()).isEqualTo(NOON.plusSeconds(1800 + 180));
              assertThat(alert.lastEventTime()).isEqualTo(NOON.plusSeconds(1800 + 600));
            });
  }

  @Test
  void aPermitThatIsRecordedLateTakesTheAlertBack() {
    stands("a", NOON, 800, 30);
    permit("drill", at("15:00:00"), NOON, at("13:00:00"));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.RETRACTED);
              assertThat(alert.closing().code()).isEqualTo("fire-lane-blocked.permit");
            });
  }

  @Test
  void anotherKindOfPermitOrAnotherTimeChangesNothing() {
    stands("a", NOON, 800, 30);
    permit("release", at("15:00:00"), NOON, at("13:00:00"));
    permit("drill", at("15:00:00"), at("13:00:00"), at("14:00:00"));
    assertThat(blocked()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
  }

  /** Couriers stop there for five minutes: after the first warning nobody is told any more. */
  @Test
  void warningsFallSilentWhereTheyDoNotComeTrue() {
    for (int day = 0; day < 10; day++) {
      stands("courier-" + day, at(day, "12:00:00"), 300, 30);
    }
    assertThat(alerts()).extracting(Alert::severity).containsExactly(Severity.P4);
    stands("blocker", at(10, "12:00:00"), 700, 30);
    assertThat(blocked())
        .singleElement()
        .satisfies(alert -> assertThat(alert.detectedAt()).isEqualTo(at(10, "12:10:00")));
  }

  @Test
  void warningsAreToldWhereTheyComeTrue() {
    for (int day = 0; day < 4; day++) {
      stands("v" + day, at(day, "12:00:00"), 900, 30);
    }
    stands("short", at(5, "12:00:00"), 300, 30);
    assertThat(alerts()).hasSize(5);
  }

  @Test
  void aCameraThatIsCutOffConcludesNothingFromSilence() {
    sightings("a", NOON, 590, 30, 0.9);
    world.with(world.status(CAMERA, NOON.plusSeconds(580), DeviceStatus.State.OFFLINE));
    assertThat(blocked()).isEmpty();
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.closing().code()).isEqualTo("fire-lane-blocked.camera-blind");
              assertThat(alert.severity()).isEqualTo(Severity.P4);
            });
  }

  @Test
  void aCameraThatDeviceHealthFoundBlindConcludesNothingFromSilence() {
    sightings("a", NOON, 590, 30, 0.9);
    world.with(
        new DeviceHealth(
            "h1",
            COMMUNITY,
            NOON.plusSeconds(575),
            CAMERA + "-reader",
            LANE,
            false,
            Duration.ZERO,
            Duration.ofSeconds(2)));
    assertThat(blocked()).isEmpty();
  }

  @Test
  void aHealthyCameraIsFullCoverage() {
    world.with(world.status(CAMERA, at("11:00:00"), DeviceStatus.State.ONLINE));
    stands("a", NOON, 700, 30);
    assertThat(alerts()).extracting(Alert::coverage).containsExactly(Coverage.FULL);
  }

  @Test
  void aPlateReadInTheLaneNamesTheOnlyVehicle() {
    stands("a", NOON, 700, 30);
    world.with(world.plate("京A12345", CAMERA, NOON.plusSeconds(100), Direction.UNKNOWN, 0.95));
    assertThat(alerts().get(0).subjects().get(0))
        .isEqualTo(new Subject("plate", "京A12345", "vehicle"));
  }

  @Test
  void aPlateNamesNobodyWhereTwoStand() {
    sightings("a", NOON, 1200, 30, 0.9);
    sightings("b", NOON.plusSeconds(75), 1200, 30, 0.9);
    world.with(world.plate("京A12345", CAMERA, NOON.plusSeconds(200), Direction.UNKNOWN, 0.95));
    assertThat(alerts()).flatExtracting(Alert::subjects).noneMatch(s -> s.type().equals("plate"));
  }

  @Test
  void settingsCount() {
    stands("a", NOON, 200, 30);
    SettingsBook settings =
        SettingsBook.of(
            new SettingsChange(
                "fire-lane-blocked",
                Scope.PLACE,
                COMMUNITY + "/" + CAMERA,
                Instant.EPOCH,
                Map.of("blocked", "PT2M", "warning", "PT1M"),
                "test"));
    assertThat(GateFixture.alerts(List.of(FireLaneBlocked.entry()), settings, world.history()))
        .extracting(Alert::severity)
        .containsExactly(Severity.P3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theOrderOfArrivalDoesNotMatter(long seed) {
    randomLife(seed, 300);
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    for (int order = 0; order < 3; order++) {
      assertThat(
              GateFixture.alerts(
                  List.of(FireLaneBlocked.entry()),
                  new SettingsBook(),
                  GateFixture.disordered(world.history(), seed * 31 + order)))
          .isEqualTo(expected);
    }
  }

  @Test
  void theStateStaysSmall() {
    randomLife(7, 3000);
    ModelRunner<Fact, FireLaneBlocked.State, FireLaneBlocked.Settings> runner =
        new ModelRunner<>(FireLaneBlocked.entry(), new SettingsBook());
    SiteMap site = new SiteMap();
    site.add(known(LANE));
    List<Fact> facts = new ArrayList<>(world.history());
    facts.sort(FactOrder.INSTANCE);
    FireLaneBlocked.State state = null;
    for (Fact fact : facts) {
      Fact complete = fact instanceof TrackSighting seen ? site.complete(seen) : fact;
      for (String key : runner.keys(complete)) {
        state =
            runner
                .onEvent(
                    key,
                    complete,
                    state,
                    ModelRunner.scope(complete, new SettingsBook.ScopePath("", "", "")))
                .state();
        assertThat(state.vehicles()).hasSizeLessThanOrEqualTo(16);
        assertThat(state.alarms()).hasSizeLessThanOrEqualTo(8);
      }
    }
    assertThat(state).isNotNull();
  }

  /** Vehicles come, stay for a while, are lost and found, at one camera. */
  private void randomLife(long seed, int vehicles) {
    Random random = new Random(seed);
    Instant time = NOON;
    for (int i = 0; i < vehicles; i++) {
      time = time.plusSeconds(random.nextInt(600));
      String track = "t" + random.nextInt(40);
      sightings(
          track,
          time,
          30 + random.nextInt(1500),
          20 + random.nextInt(60),
          0.7 + random.nextDouble() * 0.3);
      if (random.nextInt(9) == 0) {
        permit("moving", time.plusSeconds(random.nextInt(4000)), time, time.plusSeconds(1200));
      }
      if (random.nextInt(9) == 0) {
        world.with(
            world.status(
                COMMUNITY + "/" + CAMERA,
                time,
                random.nextBoolean() ? DeviceStatus.State.OFFLINE : DeviceStatus.State.ONLINE));
      }
    }
  }

  private void stands(String track, Instant from, int seconds, int every) {
    sightings(track, from, seconds, every, 0.9);
    Instant end = from.plusSeconds(seconds);
    world.with(sighting(track, end, from, end, 0.9, ""));
  }

  private void sightings(String track, Instant from, int seconds, int every, double confidence) {
    for (int s = 0; s <= seconds; s += every) {
      world.with(sighting(track, from.plusSeconds(s), from, null, confidence, ""));
    }
  }

  private TrackSighting sighting(
      String track,
      Instant time,
      Instant entered,
      @Nullable Instant left,
      double confidence,
      String subjectType) {
    return new TrackSighting(
        world.origin(COMMUNITY, CAMERA, time),
        track,
        Kind.VEHICLE,
        entered,
        left,
        1,
        confidence,
        Direction.UNKNOWN,
        subjectType);
  }

  private void permit(String kind, Instant recordedAt, Instant from, Instant to) {
    world.with(
        new Permit(
            world.recorded(recordedAt, from, to), "p" + from, kind, List.of(), List.of(CAMERA)));
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(
        List.of(FireLaneBlocked.entry()), new SettingsBook(), world.history());
  }

  /** Without those that stayed a warning. */
  private List<Alert> blocked() {
    return alerts().stream().filter(alert -> alert.severity() != Severity.P4).toList();
  }

  private static Severity[] times(int count, Severity severity) {
    return count == 0 ? new Severity[0] : new Severity[] {severity};
  }
}
