package gatehouse.model;

import static gatehouse.fixture.DoorFixture.COMMUNITY;
import static gatehouse.fixture.DoorFixture.DAY;
import static gatehouse.fixture.DoorFixture.at;
import static gatehouse.fixture.DoorFixture.door;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.Step;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent.Change;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.fixture.DoorFixture;
import gatehouse.site.Device;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorNotRelockedTest {

  private final DoorFixture site = reporting(new DoorFixture(door("d1"), door("d2")), 20);

  /** A door that was locked again after each of so many grants, over the past days. */
  private static DoorFixture reporting(DoorFixture door, int times) {
    for (int i = 0; i < times; i++) {
      passes(door, -DAY + i * 600);
    }
    return door;
  }

  private static DoorFixture passes(DoorFixture door, double time) {
    return door.granted(time, "card-1")
        .opened(time + 1)
        .closed(time + 6)
        .door(time + 6.3, Change.LOCKED);
  }

  private static List<Alert> alerts(DoorFixture door) {
    return door.alerts(DoorNotRelocked.entry());
  }

  private Alert theAlert() {
    assertThat(alerts(site)).hasSize(1);
    return alerts(site).get(0);
  }

  private static String closing(Alert alert) {
    return Objects.requireNonNull(alert.closing()).code();
  }

  @Test
  void saysThatTheLockDidNotReport() {
    site.granted(0, "card-1").opened(1).closed(7);
    Alert alert = theAlert();
    assertThat(alert.severity()).isEqualTo(Severity.P2);
    assertThat(alert.detectedAt()).isEqualTo(at(17));
    assertThat(alert.firstEventTime()).isEqualTo(at(0));
    assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
    assertThat(alert.subjects()).containsExactly(new Subject("door", "d1", "door"));
    assertThat(alert.coverage()).isEqualTo(Coverage.ASSUMED);
    assertThat(alert.evidence())
        .extracting(Evidence::role)
        .containsExactly("door-not-relocked.grant", "door-not-relocked.contact-closed");
    assertThat(alert.stoppedBy()).isEqualTo("door-not-relocked.lock-in-time");
  }

  @Test
  void aDoorThatLocksIsNone() {
    for (int i = 0; i < 50; i++) {
      passes(site, i * 10);
    }
    assertThat(alerts(site)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"14.9, 0", "15, 0", "15.1, 1"})
  void withoutAnOpeningTheTimeCountsFromTheEndOfThePulse(double lockedAt, int expected) {
    site.granted(0, "card-1").door(lockedAt, Change.LOCKED);
    assertThat(alerts(site)).hasSize(expected);
  }

  @ParameterizedTest
  @CsvSource({"39.9, 0", "40.1, 1"})
  void withAnOpeningTheTimeCountsFromTheClosing(double lockedAt, int expected) {
    site.granted(0, "card-1").opened(1).closed(30).door(lockedAt, Change.LOCKED);
    assertThat(alerts(site)).hasSize(expected);
  }

  @Test
  void aDoorThatStandsOpenIsNotExpectedToLock() {
    site.granted(0, "card-1").opened(1);
    assertThat(alerts(site)).isEmpty();
  }

  @Test
  void anotherReleaseExtendsTheTime() {
    site.granted(0, "card-1").granted(12, "card-2").door(20, Change.LOCKED);
    assertThat(alerts(site)).isEmpty();
  }

  @Test
  void closesWhenTheLockReports() {
    site.granted(0, "card-1").opened(1).closed(7).door(300, Change.LOCKED);
    assertThat(theAlert().severity()).isEqualTo(Severity.P3);
    assertThat(theAlert().closedAt()).isEqualTo(at(300));
    assertThat(closing(theAlert())).isEqualTo("door-not-relocked.locked");
  }

  @Test
  void isUrgentAfterTenMinutes() {
    site.granted(0, "card-1").opened(1).closed(7).door(616, Change.LOCKED);
    assertThat(theAlert().severity()).isEqualTo(Severity.P3);
    DoorFixture longer = reporting(new DoorFixture(door("d1")), 20);
    longer.granted(0, "card-1").opened(1).closed(7).door(618, Change.LOCKED);
    assertThat(alerts(longer)).singleElement().extracting(Alert::severity).isEqualTo(Severity.P2);
  }

  @Test
  void aSecondReleaseWithoutAReportMakesItSurer() {
    site.granted(0, "card-1").door(100, Change.LOCKED);
    double once = theAlert().score();
    DoorFixture twice = reporting(new DoorFixture(door("d1")), 20);
    twice.granted(0, "card-1").granted(50, "card-2").door(100, Change.LOCKED);
    assertThat(alerts(twice).get(0).score()).isGreaterThan(Math.max(0.8, once));
  }

  @Test
  void aLockThatNeverReportsIsNotJudged() {
    DoorFixture silent = new DoorFixture(door("d1"));
    for (int i = 0; i < 100; i++) {
      silent.granted(i * 60, "card-1").opened(i * 60 + 1).closed(i * 60 + 5);
    }
    assertThat(alerts(silent)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "3, 1"})
  void itMustHaveReportedThreeTimes(int times, int expected) {
    DoorFixture door = reporting(new DoorFixture(door("d1")), times);
    door.granted(0, "card-1").opened(1).closed(7);
    assertThat(alerts(door)).hasSize(expected);
  }

  @Test
  void aLockThatReportsOnlyAfterRemoteReleasesIsJudgedOnlyThen() {
    DoorFixture door = new DoorFixture(door("d1")).closed(-DAY);
    for (int i = 1; i < 20; i++) {
      double time = -DAY + i * 600;
      door.granted(time, "card-1").opened(time + 1).closed(time + 6);
      door.door(time + 300, Change.REMOTE_RELEASE)
          .access(
              time + 300,
              "",
              CredentialType.REMOTE,
              Direction.IN,
              Outcome.GRANTED,
              DenialReason.NONE,
              false)
          .door(time + 305, Change.LOCKED);
    }
    door.granted(0, "card-1").opened(1).closed(7);
    assertThat(alerts(door)).isEmpty();
    door.door(100, Change.REMOTE_RELEASE);
    assertThat(alerts(door))
        .singleElement()
        .satisfies(alert -> assertThat(alert.firstEventTime()).isEqualTo(at(100)));
  }

  @Test
  void aLockWhoseReportsOftenGetLostFallsSilent() {
    Random random = new Random(1);
    DoorFixture lossy = new DoorFixture(door("d1"));
    for (int i = 0; i < 1000; i++) {
      double time = i * 120;
      lossy.granted(time, "card-1").opened(time + 1).closed(time + 5);
      if (random.nextInt(4) > 0) {
        lossy.door(time + 5.3, Change.LOCKED);
      }
    }
    assertThat(alerts(lossy)).hasSizeLessThan(6);
  }

  @ParameterizedTest
  @EnumSource(
      value = Change.class,
      names = {"UNLOCKED", "KEY_RELEASE", "REQUEST_TO_EXIT", "REMOTE_RELEASE"})
  void everyReleaseCounts(Change release) {
    DoorFixture door = new DoorFixture(door("d1")).closed(-DAY);
    for (int i = 1; i < 9; i++) {
      door.door(-DAY + i * 600, release).door(-DAY + i * 600 + 5, Change.LOCKED);
    }
    assertThat(alerts(door.door(0, release))).hasSize(1);
  }

  @Test
  void aRefusalReleasesNothing() {
    site.denied(0, "card-1");
    assertThat(alerts(site)).isEmpty();
  }

  @Test
  void aScheduleLetsItBeUnlockedAndMustBeFollowedByTheLock() {
    DoorFixture door = new DoorFixture(door("d1")).closed(-10 * DAY);
    for (int i = 9; i > 0; i--) {
      door.door(-i * DAY, Change.SCHEDULED_RELEASE).granted(-i * DAY + 600, "card-1");
      door.door(-i * DAY + 3600, Change.SCHEDULED_END).door(-i * DAY + 3603, Change.LOCKED);
    }
    door.door(0, Change.SCHEDULED_RELEASE).granted(60, "card-1").granted(600, "card-1");
    assertThat(alerts(door)).isEmpty();
    door.door(3600, Change.SCHEDULED_END);
    assertThat(alerts(door)).hasSize(1);
    assertThat(alerts(door).get(0).firstEventTime()).isEqualTo(at(3600));
  }

  @ParameterizedTest
  @EnumSource(
      value = Change.class,
      names = {"SCHEDULED_RELEASE", "FIRE_RELEASE"})
  void aLastingReleaseClosesTheAlert(Change release) {
    site.granted(0, "card-1").opened(1).closed(7).door(100, release);
    assertThat(closing(theAlert())).isEqualTo("door-not-relocked.released");
    site.granted(200, "card-1").granted(300, "card-1");
    assertThat(alerts(site)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"moving", "maintenance", "drill"})
  void aPermitLetsItBeUnlockedAndItIsToldAtItsEnd(String kind) {
    site.permit(kind, -DAY, -60, 1800.0).granted(0, "card-1").opened(1).closed(7);
    assertThat(theAlert().detectedAt()).isEqualTo(at(1800));
    site.door(1700, Change.LOCKED);
    assertThat(alerts(site)).isEmpty();
  }

  @Test
  void aPermitRecordedAfterwardsTakesItBack() {
    site.granted(0, "card-1").opened(1).closed(7).door(900, Change.LOCKED);
    site.permit("maintenance", 2 * DAY, -60, 1800.0);
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(closing(theAlert())).isEqualTo("door-not-relocked.permit");
  }

  @Test
  void noConclusionIfTheLocksDeviceWasBlind() {
    site.granted(0, "card-1")
        .opened(1)
        .closed(7)
        .status(10, State.OFFLINE)
        .status(60, State.ONLINE);
    assertThat(alerts(site)).isEmpty();
    DoorFixture restarted = reporting(new DoorFixture(door("d1")), 20).granted(0, "card-1");
    restarted.opened(1).closed(7).boot("b2").status(10, State.ONLINE);
    assertThat(alerts(restarted)).isEmpty();
    DoorFixture unwell = reporting(new DoorFixture(door("d1")), 20).health(-60, false, 0);
    unwell.granted(0, "card-1").opened(1).closed(7).health(300, true, 0);
    assertThat(alerts(unwell)).isEmpty();
    unwell.opened(400).closed(405).granted(500, "card-1");
    assertThat(alerts(unwell)).hasSize(1);
  }

  @Test
  void theAlertIsTakenBackIfTheConnectionTurnsOutToHaveBeenLost() {
    site.granted(0, "card-1").opened(1).closed(7).status(60, State.OFFLINE);
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    DoorFixture later = reporting(new DoorFixture(door("d1")), 20).granted(0, "card-1");
    later.opened(1).closed(7).status(300, State.OFFLINE);
    assertThat(alerts(later)).hasSize(1);
    assertThat(alerts(later).get(0).state()).isEqualTo(AlertState.CLOSED);
    assertThat(closing(alerts(later).get(0))).isEqualTo("door-not-relocked.lost-sight");
  }

  @Test
  void noConclusionIfTheDoorMayStandOpen() {
    site.device("contact").opened(-100).status(-50, State.OFFLINE).status(-40, State.ONLINE);
    site.place("d1").granted(0, "card-1");
    assertThat(alerts(site)).isEmpty();
  }

  @Test
  void anotherBlindDeviceOfTheDoorDoesNotMatter() {
    site.device("camera").status(-10, State.OFFLINE).place("d1");
    site.granted(0, "card-1").opened(1).closed(7);
    assertThat(alerts(site)).hasSize(1);
  }

  @Test
  void aLateReportTakesTheAlertBack() {
    site.granted(0, "card-1").opened(1).closed(7).granted(500, "card-1").door(505, Change.LOCKED);
    assertThat(alerts(site)).hasSize(1);
    site.buffered(true).door(8, Change.LOCKED);
    assertThat(alerts(site)).isEmpty();
  }

  @Test
  void anotherLockMustBeLearnedAnew() {
    site.granted(0, "card-1").opened(1).closed(7);
    site.add(new Device("d1-terminal", COMMUNITY, at(900), "d1", "", Direction.UNKNOWN, "", false));
    assertThat(closing(theAlert())).isEqualTo("door-not-relocked.device-gone");
    site.granted(2000, "card-1");
    assertThat(alerts(site)).hasSize(1);
  }

  @Test
  void settingsCount() {
    site.granted(0, "card-1").door(40, Change.LOCKED);
    assertThat(alerts(site)).hasSize(1);
    SettingsBook book =
        SettingsBook.of(
            new SettingsChange(
                "door-not-relocked",
                SettingsChange.Scope.PLACE,
                COMMUNITY + "/d1",
                Instant.EPOCH,
                Map.of("pulse", "PT30S"),
                "test"));
    assertThat(site.run(DoorNotRelocked.entry(), book).alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theOrderOfArrivalDoesNotMatterAndTheStateIsBounded(long seed) {
    Random random = new Random(seed);
    DoorFixture busy = reporting(new DoorFixture(door("d1")), 20);
    AnalysisModel<Fact, DoorNotRelocked.State> model =
        new DoorNotRelocked(DoorNotRelocked.Settings.DEFAULTS);
    for (int i = 0; i < 800; i++) {
      something(busy, random, i * 15 + random.nextInt(15));
    }
    List<Alert> expected = alerts(busy);
    assertThat(expected).isNotEmpty();
    assertThat(busy.shuffled(DoorNotRelocked.entry(), seed)).isEqualTo(expected);
    DoorNotRelocked.State state = null;
    for (Fact fact : busy.history()) {
      for (String key : model.keys(fact)) {
        Step<DoorNotRelocked.State> step = model.onEvent(key, fact, state);
        state = step.state();
        assertThat(state).isNotNull();
        assertThat(state.alarms()).hasSizeLessThanOrEqualTo(8);
        assertThat(state.habit().counts()).hasSizeLessThanOrEqualTo(6);
        assertThat(state.sight().devices()).hasSizeLessThanOrEqualTo(8);
      }
    }
  }

  private static void something(DoorFixture door, Random random, double time) {
    switch (random.nextInt(30)) {
      case 0 -> door.status(time, List.of(State.values()).get(random.nextInt(4)));
      case 1 -> door.permit("moving", time, time - 900, time - 600 + random.nextInt(900));
      case 2 -> door.door(time, List.of(Change.values()).get(random.nextInt(10)));
      case 3 -> door.granted(time, "card-3");
      case 4 -> door.device("t" + random.nextInt(30)).health(time, random.nextBoolean(), 1);
      case 5 -> door.door(time, Change.SCHEDULED_END);
      default -> passes(door.place("d1"), time);
    }
  }
}
