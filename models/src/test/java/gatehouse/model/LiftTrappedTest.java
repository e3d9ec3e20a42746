package gatehouse.model;

import static gatehouse.fixture.LiftFixture.CAMERA;
import static gatehouse.fixture.LiftFixture.COMMUNITY;
import static gatehouse.fixture.LiftFixture.DOOR;
import static gatehouse.fixture.LiftFixture.LIFT;
import static gatehouse.fixture.LiftFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.Step;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.event.TrackSighting.Kind;
import gatehouse.fact.Fact;
import gatehouse.fixture.DoorFixture;
import gatehouse.fixture.GateFixture;
import gatehouse.fixture.LiftFixture;
import gatehouse.site.Device;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiftTrappedTest {

  private final LiftFixture lift = new LiftFixture();

  private Alert theAlert() {
    assertThat(lift.alerts()).hasSize(1);
    return lift.alerts().get(0);
  }

  private static String closing(Alert alert) {
    return Objects.requireNonNull(alert.closing()).code();
  }

  @Test
  void whoIsShutInForTwoMinutesIsTold() {
    lift.opened(0).seen(2, "t1").closed(5).moves(6).stops(20).seen(60, "t1").opened(900);
    Alert alert = theAlert();
    assertThat(alert.severity()).isEqualTo(Severity.P1);
    assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
    assertThat(alert.subjects()).containsExactly(new Subject("lift", LIFT, "lift"));
    assertThat(alert.firstEventTime()).isEqualTo(at(5));
    assertThat(alert.detectedAt()).isEqualTo(at(140));
    assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
    assertThat(alert.closedAt()).isEqualTo(at(900));
    assertThat(closing(alert)).isEqualTo("lift-trapped.opened");
    assertThat(alert.score()).isEqualTo(0.9);
    assertThat(alert.coverage()).isEqualTo(Coverage.ASSUMED);
    assertThat(alert.evidence())
        .extracting(Evidence::role)
        .containsExactly("lift-trapped.door-closed", "lift-trapped.seen", "lift-trapped.motion");
  }

  @ParameterizedTest
  @CsvSource({"124.9, 0", "125.1, 1"})
  void twoMinutesCountFromTheClosing(double openedAt, int expected) {
    lift.seen(2, "t1").closed(5).opened(openedAt);
    assertThat(lift.alerts()).hasSize(expected);
  }

  @Test
  void anOrdinaryRideIsNothing() {
    lift.opened(0).seen(2, "t1").closed(5).moves(6).stops(50).opened(52);
    lift.seen(53, "t1").closed(60);
    assertThat(lift.alerts()).isEmpty();
  }

  @Test
  void whoStaysOnWhileOthersGetOffIsSeenAgain() {
    lift.opened(0).seen(2, "t1").seen(2, "t2").closed(5).opened(30).closed(40).seen(70, "t2");
    assertThat(theAlert().detectedAt()).isEqualTo(at(160));
    assertThat(theAlert().evidence()).hasSize(2);
  }

  @Test
  void whoBoardsAndLeavesAgainIsNotIn() {
    lift.opened(0).seen(2, "t1").left(4, "t1").closed(6);
    assertThat(lift.alerts()).isEmpty();
    lift.seen(200, "t1", Kind.PERSON, 0.9, 5.0);
    assertThat(lift.alerts()).isEmpty();
  }

  @Test
  void aTrackThatEndsInAClosedCarIsStillIn() {
    lift.opened(0).seen(2, "t1").closed(5).left(40, "t1");
    assertThat(theAlert().detectedAt()).isEqualTo(at(125));
  }

  @Test
  void aFlickerInAnEmptyCarIsNobodyButSeenTwiceIsSomebody() {
    lift.closed(0).seen(4000, "t1");
    assertThat(lift.alerts()).isEmpty();
    lift.seen(4005, "t1");
    assertThat(lift.alerts()).isEmpty();
    lift.seen(4020, "t1");
    assertThat(theAlert().detectedAt()).isEqualTo(at(4120));
  }

  @Test
  void aCarThatReportsStopsMayRideLonger() {
    lift.stops(-100).opened(0).seen(2, "t1").closed(5).moves(6).opened(250);
    assertThat(lift.alerts()).isEmpty();
    LiftFixture never = new LiftFixture();
    never.stops(-100).opened(0).seen(2, "t1").closed(5).moves(6).opened(400);
    assertThat(never.alerts()).singleElement().extracting(Alert::detectedAt).isEqualTo(at(306));
  }

  @Test
  void movingRestartsTheTime() {
    lift.seen(2, "t1").closed(5).moves(100).opened(219);
    assertThat(lift.alerts()).isEmpty();
    LiftFixture longer = new LiftFixture().seen(2, "t1").closed(5).moves(100).opened(221);
    assertThat(longer.alerts()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void peopleCountAndThingsDoNot(Kind kind) {
    lift.seen(2, "t1", kind, 0.9, null).closed(5);
    assertThat(lift.alerts())
        .hasSize(kind == Kind.PERSON || kind == Kind.WHEELCHAIR || kind == Kind.PRAM ? 1 : 0);
  }

  @Test
  void anUnsureSightingIsNone() {
    lift.seen(2, "t1", Kind.PERSON, 0.4, null).closed(5);
    assertThat(lift.alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"70, kg, 1", "20, kg, 0", "10, %, 1", "3, %, 0"})
  void weightCountsInACarWithoutCamera(double value, String unit, int expected) {
    lift.closed(5).load(8, value, unit);
    assertThat(lift.alerts()).hasSize(expected);
    assertThat(lift.alerts())
        .allMatch(alert -> alert.explanation().code().equals("lift-trapped.weight-in-it"));
  }

  @Test
  void weightIsNobodyWhereACameraLooksOrWhenItIsGone() {
    lift.seen(-100, "t9").left(-90, "t9").closed(5).load(8, 70, "kg");
    assertThat(lift.alerts()).isEmpty();
    LiftFixture gone = new LiftFixture().closed(5).load(8, 70, "kg").load(60, 0, "kg");
    assertThat(gone.alerts()).isEmpty();
  }

  @Test
  void aDoorWhoseDeviceWasBlindSaysNothing() {
    lift.seen(2, "t1").closed(5).status(60, DOOR, State.OFFLINE);
    assertThat(lift.alerts()).isEmpty();
    LiftFixture back = new LiftFixture();
    back.seen(2, "t1").closed(5).status(20, DOOR, State.OFFLINE).status(40, DOOR, State.ONLINE);
    assertThat(back.alerts()).isEmpty();
    LiftFixture camera = new LiftFixture();
    camera.seen(2, "t1").closed(5).status(60, CAMERA, State.OFFLINE);
    assertThat(camera.alerts()).hasSize(1);
  }

  @Test
  void deviceHealthCountsLikeTheDevicesOwnWord() {
    lift.seen(2, "t1").closed(5).add(judged(DOOR, 50, false, Duration.ZERO));
    assertThat(lift.alerts()).isEmpty();
    lift.add(judged(DOOR, 70, true, Duration.ZERO));
    assertThat(lift.alerts()).isEmpty();
    LiftFixture before = new LiftFixture();
    before.add(judged(DOOR, -50, false, Duration.ZERO)).add(judged(DOOR, 0, true, Duration.ZERO));
    assertThat(before.seen(2, "t1").closed(5).alerts()).hasSize(1);
  }

  @Test
  void aCameraWhoseClockIsAheadIsCorrectedOrNotBelieved() {
    lift.opened(0).closed(9).seen(60, "t1").seen(75, "t1");
    assertThat(lift.alerts()).hasSize(1);
    LiftFixture known = new LiftFixture();
    known.add(judged(CAMERA, -10, true, Duration.ofSeconds(70)));
    assertThat(known.opened(0).closed(9).seen(60, "t1").seen(75, "t2").alerts()).hasSize(1);
    LiftFixture leaving = new LiftFixture();
    leaving.add(judged(CAMERA, -10, true, Duration.ofSeconds(80)));
    assertThat(leaving.opened(0).closed(9).seen(60, "t1").seen(75, "t1").alerts()).isEmpty();
    LiftFixture unknown = new LiftFixture().opened(0).closed(9).clock(ClockQuality.SKEWED);
    assertThat(unknown.seen(60, "t1").seen(75, "t1").alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-53, -10, 40, 90})
  void aLiftWhoseOwnClockIsOffIsCorrectedToo(double ahead) {
    LiftFixture ride = new LiftFixture();
    ride.add(judged(DOOR, -400, true, Duration.ofMillis(Math.round(ahead * 1000))));
    ride.opened(ahead).closed(9 + ahead).opened(40 + ahead);
    ride.seen(3, "t1").seen(20, "t1").left(44, "t1").closed(48 + ahead);
    assertThat(ride.alerts()).isEmpty();
    LiftFixture shut = new LiftFixture();
    shut.add(judged(DOOR, -400, true, Duration.ofMillis(Math.round(ahead * 1000))));
    shut.opened(ahead).closed(9 + ahead).seen(3, "t1").seen(60, "t1");
    assertThat(shut.alerts())
        .singleElement()
        .extracting(Alert::detectedAt)
        .isEqualTo(at(9 + 120 + Math.max(0, ahead)));
  }

  private static DeviceHealth judged(
      String device, double seconds, boolean sees, Duration clockOffset) {
    return new DeviceHealth(
        device + seconds,
        COMMUNITY,
        at(seconds),
        device,
        DoorFixture.place(LIFT, Place.Kind.LIFT, DoorSpec.STANDARD),
        sees,
        clockOffset,
        Duration.ofMillis(100));
  }

  @Test
  void everyDeviceWellIsFullCoverage() {
    lift.status(0, DOOR, State.ONLINE).status(0, CAMERA, State.ONLINE).seen(2, "t1").closed(5);
    assertThat(theAlert().coverage()).isEqualTo(Coverage.FULL);
  }

  @Test
  void aPermitToWorkCoversIt() {
    lift.permit("maintenance", -100, -50, 1000).seen(2, "t1").closed(5).opened(990);
    assertThat(lift.alerts()).isEmpty();
    LiftFixture after = new LiftFixture();
    after.permit("maintenance", -100, -50, 1000).seen(2, "t1").closed(5);
    assertThat(after.alerts()).singleElement().extracting(Alert::detectedAt).isEqualTo(at(1000));
    LiftFixture moving = new LiftFixture();
    moving.permit("moving", -100, -50, 1000).seen(2, "t1").closed(5).opened(990);
    assertThat(moving.alerts()).hasSize(1);
  }

  @Test
  void aPermitRecordedAfterwardsTakesItBack() {
    lift.seen(2, "t1").closed(5).opened(300).permit("maintenance", 5000, -50, 1000);
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(closing(theAlert())).isEqualTo("lift-trapped.permit");
    LiftFixture other = new LiftFixture();
    other.seen(2, "t1").closed(5).opened(300).permit("maintenance", 5000, 2000, 3000);
    assertThat(other.alerts().get(0).state()).isEqualTo(AlertState.CLOSED);
  }

  @Test
  void aDoorThatOpensAgainAndAgainDoesNotClose() {
    for (int i = 0; i < 9; i++) {
      lift.closed(i * 15).opened(i * 15 + 5);
    }
    Alert alert = theAlert();
    assertThat(alert.explanation().code()).isEqualTo("lift-trapped.reopens");
    assertThat(alert.severity()).isEqualTo(Severity.P3);
    assertThat(alert.detectedAt()).isEqualTo(at(80));
    assertThat(alert.evidence()).hasSize(6);
    assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
    assertThat(alert.closedAt()).isEqualTo(at(8 * 15 + 5 + 120));
  }

  @Test
  void busyDoorsAndBouncingContactsAreNone() {
    for (int i = 0; i < 20; i++) {
      lift.closed(i * 30).opened(i * 30 + 15).closed(i * 30 + 20).opened(i * 30 + 20.5);
    }
    assertThat(lift.alerts()).isEmpty();
  }

  @Test
  void movingHouseMayHoldTheDoorAlsoWhenRecordedLater() {
    for (int i = 0; i < 9; i++) {
      lift.closed(i * 15).opened(i * 15 + 5);
    }
    lift.permit("moving", 4000, -10, 1000);
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    LiftFixture before = new LiftFixture().permit("moving", -100, -10, 1000);
    for (int i = 0; i < 9; i++) {
      before.closed(i * 15).opened(i * 15 + 5);
    }
    assertThat(before.alerts()).isEmpty();
  }

  @Test
  void onlyLiftsAreLookedAt() {
    LiftFixture room = new LiftFixture(Place.Kind.ROOM);
    assertThat(room.seen(2, "t1").closed(5).alerts()).isEmpty();
  }

  @Test
  void settingsDecide() {
    SettingsBook quick =
        SettingsBook.of(
            new SettingsChange(
                "lift-trapped",
                SettingsChange.Scope.CITY,
                "",
                Instant.EPOCH,
                Map.of("trapAfter", "PT10S"),
                "test"));
    lift.seen(2, "t1").closed(5).opened(20);
    assertThat(lift.alerts(quick)).hasSize(1);
    assertThat(lift.alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    lift.seen(2, "t1").closed(5).opened(300).permit("maintenance", 5000, -50, 1000);
    lift.opened(6000).seen(6002, "t2").closed(6005).seen(6100, "t2");
    List<Alert> alerts = lift.alerts();
    assertThat(alerts).hasSize(2);
    List<Fact> other = GateFixture.disordered(lift.history(), seed);
    assertThat(LiftFixture.alerts(new SettingsBook(), other)).isEqualTo(alerts);
  }

  @Test
  void theStateStaysSmall() {
    LiftTrapped model = new LiftTrapped(LiftTrapped.Settings.DEFAULTS);
    Random random = new Random(5);
    double time = 0;
    for (int i = 0; i < 20_000; i++) {
      time += random.nextInt(60);
      switch (random.nextInt(5)) {
        case 0 -> lift.opened(time);
        case 1 -> lift.closed(time);
        case 2 -> lift.moves(time);
        case 3 -> lift.permit("drill", time, time, time + 60);
        default -> lift.seen(time, "t" + random.nextInt(1000));
      }
    }
    LiftTrapped.State state = null;
    Instant wakeAt = null;
    int found = 0;
    for (Fact fact : new ArrayList<>(lift.history())) {
      if (fact instanceof PlaceEntry) {
        continue;
      }
      if (wakeAt != null && state != null && wakeAt.isBefore(fact.time())) {
        Step<LiftTrapped.State> woken = model.onWake("c1/lift-1", wakeAt, state);
        state = woken.state();
        found += woken.findings().size();
      }
      Step<LiftTrapped.State> step = model.onEvent("c1/lift-1", fact, state);
      state = step.state();
      wakeAt = step.wakeAt();
    }
    assertThat(found).isPositive();
    assertThat(Objects.requireNonNull(state).toString().length()).isLessThan(12_000);
  }

  @Test
  void aDeviceTakenAwayIsForgottenAndAnUnknownPlaceNotRemembered() {
    LiftTrapped model = new LiftTrapped(LiftTrapped.Settings.DEFAULTS);
    Device gone =
        new Device(DOOR, COMMUNITY, at(0), LIFT, "lift-controller", Direction.UNKNOWN, "", false);
    assertThat(model.onEvent("c1/lift-1", gone, null).state()).isNull();
  }
}
