package gatehouse.model;

import static gatehouse.fixture.DoorFixture.AT_NIGHT;
import static gatehouse.fixture.DoorFixture.COMMUNITY;
import static gatehouse.fixture.DoorFixture.DAY;
import static gatehouse.fixture.DoorFixture.at;
import static gatehouse.fixture.DoorFixture.door;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Explanation;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent.Change;
import gatehouse.event.Outcome;
import gatehouse.fixture.DoorFixture;
import gatehouse.registry.Entry;
import gatehouse.registry.Permit;
import gatehouse.site.Device;
import gatehouse.site.DoorSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorForcedTest {

  private final DoorFixture site = new DoorFixture(door("d1"), door("d2"));

  private List<Alert> alerts() {
    return site.alerts(DoorForced.entry());
  }

  private Alert theAlert() {
    assertThat(alerts()).hasSize(1);
    return alerts().get(0);
  }

  @Test
  void anOpeningThatNothingReleasedIsForced() {
    site.granted(-3600, "card-1").door(-1800, Change.REQUEST_TO_EXIT).opened(0).closed(20);
    Alert alert = theAlert();
    assertThat(alert.severity()).isEqualTo(Severity.P2);
    assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
    assertThat(alert.subjects()).containsExactly(new Subject("door", "d1", "door"));
    assertThat(alert.firstEventTime()).isEqualTo(at(0));
    assertThat(alert.detectedAt()).isEqualTo(at(3));
    assertThat(alert.score()).isEqualTo(0.8);
    assertThat(alert.coverage()).isEqualTo(Coverage.ASSUMED);
    assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
    assertThat(alert.closedAt()).isEqualTo(at(20));
    assertThat(alert.explanation().code()).isEqualTo("door-forced.opened");
    assertThat(alert.explanation().values()).containsEntry("time", "14:00:00");
    assertThat(alert.evidence())
        .extracting(Evidence::role)
        .containsExactly(
            "door-forced.last-grant",
            "door-forced.last-exit-request",
            "door-forced.contact-opened");
  }

  @ParameterizedTest
  @CsvSource({"-8, false", "-8.001, true", "0, false", "3, false", "3.001, true"})
  void aGrantInTheWindowExplainsIt(double grantAt, boolean forced) {
    site.opened(0).granted(grantAt, "card-1").closed(20);
    assertThat(alerts()).hasSize(forced ? 1 : 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Change.class,
      names = {
        "REQUEST_TO_EXIT",
        "REMOTE_RELEASE",
        "SCHEDULED_RELEASE",
        "SCHEDULED_END",
        "FIRE_RELEASE",
        "KEY_RELEASE"
      })
  void anyReleaseExplainsIt(Change release) {
    site.door(-1000, Change.SCHEDULED_RELEASE).door(-500, Change.SCHEDULED_END);
    site.door(-490, Change.SCHEDULED_RELEASE).door(-2, release).opened(0).closed(20);
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Change.class,
      names = {"LOCKED", "UNLOCKED", "CLOSED", "SCHEDULED_END"})
  void otherChangesDoNot(Change change) {
    site.door(-2, change).opened(0).closed(20);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aDenialDoesNotExplainAnOpeningButAnUnknownOutcomeDoes() {
    site.denied(-2, "card-1").opened(0).closed(20);
    assertThat(alerts()).hasSize(1);
    site.access(
        99, "card-2", CredentialType.CARD, Direction.IN, Outcome.UNKNOWN, DenialReason.NONE, false);
    site.opened(100).closed(110);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void anAdmittedVehicleExplainsAnOpeningARefusedOneDoesNot() {
    site.plate(-2, "A12345", Outcome.GRANTED).opened(0).closed(20);
    assertThat(alerts()).isEmpty();
    site.plate(98, "A12345", Outcome.DENIED).opened(100).closed(120);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aReleaseOfAnotherDoorDoesNotExplainIt() {
    site.place("d2").granted(-2, "card-1").place("d1").opened(0).closed(20);
    assertThat(theAlert().place()).isEqualTo("d1");
  }

  @Test
  void aScheduleLetsTheDoorOpenAllTheTime() {
    site.door(0, Change.SCHEDULED_RELEASE).opened(3600).closed(3620).opened(5000).closed(5003);
    site.door(7200, Change.SCHEDULED_END).opened(7209).closed(7220);
    assertThat(theAlert().firstEventTime()).isEqualTo(at(7209));
  }

  @Test
  void aFireReleaseLastsUntilTheDoorLocksOrItsTimeIsOver() {
    site.door(0, Change.FIRE_RELEASE).opened(600).closed(620).opened(7207).closed(7208);
    assertThat(alerts()).isEmpty();
    site.opened(7215).closed(7220);
    assertThat(alerts()).hasSize(1);

    DoorFixture locked = new DoorFixture(door("d1")).door(0, Change.FIRE_RELEASE);
    locked.door(600, Change.LOCKED).opened(609).closed(620);
    assertThat(locked.alerts(DoorForced.entry())).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "8.99, P2", // 22:59 local is 8 h 59 min after the start
    "9, P1",
    "14.99, P1",
    "15, P2"
  })
  void atNightItIsMostUrgent(double hours, Severity severity) {
    site.opened(hours * 3600).closed(hours * 3600 + 10);
    assertThat(theAlert().severity()).isEqualTo(severity);
    assertThat(theAlert().audiences()).containsExactly(Audience.PROPERTY);
  }

  @Test
  void theNightIsThatOfTheDoor() {
    site.opened(AT_NIGHT).closed(AT_NIGHT + 10);
    assertThat(theAlert().explanation().code()).isEqualTo("door-forced.opened-at-night");
    assertThat(theAlert().explanation().values()).containsEntry("time", "02:00:00");
  }

  @Test
  void aBouncingContactIsOneOpening() {
    site.opened(0).closed(0.4).opened(0.9).closed(5).opened(6).closed(9);
    assertThat(theAlert().closedAt()).isEqualTo(at(9));
    assertThat(theAlert().occurrences()).isEqualTo(1);
  }

  @Test
  void aBounceNeedsNoGrantOfItsOwn() {
    site.granted(0, "card-1").opened(2).closed(30).opened(31).closed(32);
    assertThat(alerts()).isEmpty();
    site.opened(33.001).closed(40);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void twoForcedOpeningsAreTwoAlerts() {
    site.opened(0).closed(10).opened(12).closed(20);
    assertThat(alerts()).hasSize(2).extracting(Alert::state).containsOnly(AlertState.CLOSED);
  }

  @Test
  void aDoorShutAgainBeforeTheDecisionIsStillForced() {
    site.opened(0).closed(1.5);
    Alert alert = theAlert();
    assertThat(alert.detectedAt()).isEqualTo(at(3));
    assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
    assertThat(alert.closedAt()).isEqualTo(at(3));
  }

  @Test
  void aDoorThatStaysOpenStaysAnAlert() {
    site.opened(0).opened(50);
    assertThat(theAlert().state()).isEqualTo(AlertState.OPEN);
    assertThat(theAlert().occurrences()).isEqualTo(1);
  }

  @Test
  void doorsWithAMechanicalKeyAreNotJudged() {
    DoorFixture keyed = new DoorFixture(door("d1", new DoorSpec(true, true, true, false, null)));
    assertThat(keyed.opened(0).closed(9).alerts(DoorForced.entry())).isEmpty();
  }

  @Test
  void doorsAtWhichLeavingIsNotReportedAreNotJudgedUntilItWasSeen() {
    DoorSpec noButton = new DoorSpec(true, false, false, false, null);
    DoorFixture site = new DoorFixture(door("d1", noButton));
    assertThat(site.opened(0).closed(9).alerts(DoorForced.entry())).isEmpty();
    site.granted(100, "card-1", Direction.OUT).opened(102).closed(110).opened(200).closed(210);
    assertThat(site.alerts(DoorForced.entry()))
        .singleElement(type(Alert.class))
        .extracting(Alert::firstEventTime)
        .isEqualTo(at(200));
    site.opened(200 + 31 * DAY).closed(210 + 31 * DAY);
    assertThat(site.alerts(DoorForced.entry())).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"OFFLINE", "MAINTENANCE"})
  void noConclusionWhileADeviceOfTheDoorIsBlind(State blind) {
    site.device("reader").status(-100, blind).place("d1").opened(0).closed(9);
    assertThat(alerts()).isEmpty();
    site.device("reader").status(20, State.ONLINE).place("d1").opened(25).closed(27);
    assertThat(alerts()).isEmpty();
    site.opened(29).closed(30);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void noConclusionWhenADeviceGoesBlindWithinTheWindow() {
    site.device("reader").status(-100, State.ONLINE).status(3, State.OFFLINE);
    site.place("d1").opened(0).closed(9);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aLiveEventShowsThatADeviceIsBackAStoredOneDoesNot() {
    site.device("reader").status(-100, State.OFFLINE).buffered(true).granted(-90, "card-1");
    site.place("d1").buffered(false).opened(0).closed(9);
    assertThat(alerts()).isEmpty();
    site.device("reader").granted(20, "card-1").place("d1").opened(60).closed(70);
    assertThat(alerts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "7.9, 0", "8, 1", "60, 1"})
  void aRestartMakesADeviceBlindUntilItIsBack(double openedAfter, int expected) {
    site.closed(-500).boot("b2").status(-1, State.ONLINE);
    site.opened(-1 + openedAfter).closed(100);
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void aDeviceThatWasTakenAwayIsNotWaitedFor() {
    site.device("old-reader").granted(-5000, "card-1").status(-4000, State.OFFLINE);
    site.place("d1").opened(0).closed(9);
    assertThat(alerts()).isEmpty();
    site.add(
        new Device("old-reader", COMMUNITY, at(-10), "d1", "reader", Direction.UNKNOWN, "", false));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void coverageIsFullWhenEveryDeviceSaidItIsWell() {
    site.status(-60, State.ONLINE).opened(0).closed(9);
    assertThat(theAlert().coverage()).isEqualTo(Coverage.FULL);
    site.device("reader").status(-50, State.DEGRADED);
    assertThat(theAlert().coverage()).isEqualTo(Coverage.ASSUMED);
  }

  @Test
  void aLateGrantTakesTheAlertBack() {
    site.opened(0).closed(20);
    String id = theAlert().id();
    site.device("reader").buffered(true).granted(-2, "card-1");
    assertThat(alerts()).extracting(Alert::id).doesNotContain(id).isEmpty();
  }

  @Test
  void aPermitRecordedAfterwardsRetractsTheAlertWithTheReason() {
    site.opened(0).closed(20).opened(500).closed(510);
    site.permit("maintenance", 3600, -600, 300.0);
    assertThat(alerts())
        .extracting(Alert::state)
        .containsExactly(AlertState.RETRACTED, AlertState.CLOSED);
    assertThat(alerts().get(0).closing())
        .isEqualTo(new Explanation("door-forced.permit", Map.of()));
  }

  @Test
  void aPermitKnownBeforeMakesNoAlertAndOneForOtherWorkChangesNothing() {
    site.permit("drill", -3600, -600, 600.0).opened(0).closed(20);
    assertThat(alerts()).isEmpty();
    site.permit("work", -3600, 600, null).permit("goods", -3600, 600, null);
    site.opened(1000).closed(1010);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aPermitTakesBackWhileTheDoorStandsOpen() {
    site.opened(0).permit("maintenance", 60, -600, null).closed(120);
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
  }

  private void forcedOn(int day, int times) {
    for (int i = 0; i < times; i++) {
      site.opened(day * DAY + i * 600).closed(day * DAY + i * 600 + 10);
    }
  }

  @Test
  void aDoorThatDoesThisEveryDayNeedsMaintenance() {
    forcedOn(0, 4);
    forcedOn(1, 4);
    forcedOn(2, 5);
    List<Alert> alerts = alerts();
    assertThat(alerts).hasSize(13);
    assertThat(alerts.subList(0, 11)).extracting(Alert::severity).containsOnly(Severity.P2);
    assertThat(alerts.subList(11, 13)).extracting(Alert::severity).containsOnly(Severity.P4);
    Alert last = alerts.get(12);
    assertThat(last.explanation().code()).isEqualTo("door-forced.nuisance");
    assertThat(last.explanation().values()).containsEntry("count", "13").containsEntry("days", "3");
    assertThat(last.score()).isEqualTo(4.0 / 18);
  }

  @Test
  void threeADayIsNoNuisanceAndAGoodDayForgives() {
    for (int day = 0; day < 5; day++) {
      forcedOn(day, 3);
    }
    assertThat(alerts()).extracting(Alert::severity).containsOnly(Severity.P2);
    DoorFixture healed = new DoorFixture(door("d1"));
    for (int day : new int[] {0, 1, 2, 5}) {
      for (int i = 0; i < 4; i++) {
        healed.opened(day * DAY + i * 600).closed(day * DAY + i * 600 + 10);
      }
    }
    assertThat(healed.alerts(DoorForced.entry()).get(15).severity()).isEqualTo(Severity.P2);
  }

  @Test
  void aNuisanceDoorIsTakenSeriouslyAtNightWhenAStrangerIsSeen() {
    for (int day = 0; day < 3; day++) {
      forcedOn(day, 4);
    }
    double night = 2 * DAY + AT_NIGHT;
    site.opened(night).closed(night + 10);
    site.stranger(night + 600, "s1", 0.3).opened(night + 610).closed(night + 620);
    site.stranger(night + 1200, "s1").opened(night + 1210).closed(night + 1220);
    List<Alert> alerts = alerts();
    assertThat(alerts.subList(12, 15))
        .extracting(Alert::severity)
        .containsExactly(Severity.P3, Severity.P3, Severity.P1);
    assertThat(alerts.get(14).evidence())
        .extracting(Evidence::role)
        .contains("door-forced.stranger-seen");
  }

  @Test
  void settingsCanBeChangedForOneDoor() {
    site.opened(0).granted(5, "card-1").closed(20);
    site.place("d2").opened(0).granted(5, "card-1").closed(20);
    SettingsBook book =
        SettingsBook.of(
            new SettingsChange(
                "door-forced",
                SettingsChange.Scope.PLACE,
                COMMUNITY + "/d1",
                Instant.EPOCH,
                Map.of("unlockAfter", "PT6S"),
                "test"));
    assertThat(site.run(DoorForced.entry(), book).alerts())
        .singleElement(type(Alert.class))
        .extracting(Alert::place)
        .isEqualTo("d2");
  }

  @Test
  void theSameDoorInAnotherCommunityIsAnotherDoor() {
    assertThat(
            new DoorForced(DoorForced.Settings.DEFAULTS)
                .keys(
                    new Permit(
                        new Entry("r", "c2", at(0), at(0), null),
                        "p",
                        "drill",
                        List.of(),
                        List.of("d1", "d2"))))
        .containsExactly("c2/d1", "c2/d2");
  }

  /** A day of ordinary use, and what the rule "an opening without a grant before" makes of it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void findsWhatIsForcedAndLittleElseWhereTheRawContactAlarmDrowns(long seed) {
    Random random = new Random(seed);
    int naive = 0;
    int forced = 0;
    double time = 0;
    for (int i = 0; i < 300; i++) {
      time += 40 + random.nextInt(200);
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3, 4 -> site.granted(time - 1 - random.nextInt(6), "card-" + i);
        case 5, 6, 7 -> {
          double button = time - 1 + random.nextDouble() * 3.5;
          site.door(button, Change.REQUEST_TO_EXIT);
          naive++;
        }
        case 8 -> {
          site.granted(time + random.nextDouble() * 2.5, "late-" + i);
          naive++;
        }
        default -> {
          boolean really = random.nextInt(5) == 0;
          if (really) {
            forced++;
          } else {
            site.granted(time - 3, "card-" + i);
          }
        }
      }
      site.opened(time).closed(time + 0.3).opened(time + 0.6).closed(time + 6);
    }
    assertThat(alerts()).hasSize(forced);
    assertThat(forced).isPositive();
    assertThat(naive).isGreaterThan(50);
  }

  @Test
  void openAndCloseAreBriefStepsOfTime() {
    site.opened(0);
    assertThat(site.run(DoorForced.entry(), new SettingsBook()).findings())
        .singleElement(type(Finding.class))
        .satisfies(
            finding ->
                assertThat(Duration.between(finding.since(), finding.at()))
                    .isLessThanOrEqualTo(Duration.ofSeconds(4)));
  }

  @Test
  void aCameraThatOnlyLooksOnNeitherForbidsTheAlertNorWidensItsWindow() {
    site.device("camera").status(-90_000, State.ONLINE).place("d1");
    for (int i = 0; i < DoorForced.Settings.DEFAULTS.onlooker(); i++) {
      site.granted(-80_000 + 60 * i, "card-1");
    }
    site.health(-70_000, true, 0).device("camera").health(-70_000, true, 40);
    site.status(-100, State.OFFLINE).place("d1");
    site.opened(0).closed(2).door(20, Change.REQUEST_TO_EXIT);
    assertThat(theAlert().detectedAt()).isEqualTo(at(3));
  }

  @Test
  void anOpeningThatTheTerminalKeptWhileItsConnectionWasBrokenIsJudged() {
    site.status(-100, State.OFFLINE).buffered(true).opened(0).closed(9);
    site.granted(50, "card-1").opened(52).closed(60).buffered(false).status(500, State.ONLINE);
    assertThat(theAlert().firstEventTime()).isEqualTo(at(0));
  }

  @Test
  void whatAnotherDeviceKeptSaysNothingOfTheReaderThatIsCutOff() {
    site.device("reader").granted(-200, "card-1").status(-100, State.OFFLINE);
    site.place("d1").buffered(true).opened(0).closed(9);
    assertThat(alerts()).isEmpty();
  }
}
