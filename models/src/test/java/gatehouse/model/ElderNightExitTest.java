package gatehouse.model;

import static gatehouse.fixture.CareFixture.DOOR;
import static gatehouse.fixture.CareFixture.ELDER;
import static gatehouse.fixture.CareFixture.GATE;
import static gatehouse.fixture.CareFixture.KITCHEN;
import static gatehouse.fixture.CareFixture.LIFT;
import static gatehouse.fixture.CareFixture.UNIT;
import static gatehouse.fixture.CareFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.Step;
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.fixture.CareFixture;
import gatehouse.fixture.GateFixture;
import gatehouse.model.care.SignOfLife;
import gatehouse.registry.CareEnrolment;
import gatehouse.registry.Entry;
import gatehouse.registry.Residency;
import gatehouse.registry.VisitorPass;
import gatehouse.site.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElderNightExitTest {

  private static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(
          CareSigns.entry(),
          CareSight.entry(),
          ExitCompany.entry(),
          CareHousehold.entry(),
          ElderNightExit.entry());
  private static final Instant TWO = at(30, "02:00");

  private final CareFixture life = new CareFixture().enrolled();

  private List<Alert> alerts() {
    return life.alerts(CHAIN, life.later(Duration.ofHours(2)));
  }

  private Alert theAlert() {
    assertThat(alerts()).hasSize(1);
    return alerts().get(0);
  }

  private static String closing(Alert alert) {
    return Objects.requireNonNull(alert.closing()).code();
  }

  private void leaves(String place, Instant time) {
    life.face(place, time, ELDER, Direction.OUT);
  }

  @Test
  void whoLeavesTheCommunityAtNightIsToldWithinSeconds() {
    leaves(GATE, TWO);
    Alert alert = theAlert();
    assertThat(alert.severity()).isEqualTo(Severity.P1);
    assertThat(alert.audiences()).containsExactlyInAnyOrder(Audience.FAMILY, Audience.PROPERTY);
    assertThat(alert.subjects()).containsExactly(new Subject("person", ELDER, "elder"));
    assertThat(alert.detectedAt()).isEqualTo(TWO.plusSeconds(5));
    assertThat(alert.evidence()).singleElement().matches(e -> e.place().equals(GATE));
  }

  @Test
  void atTheDoorItBeginsLowRisesWhenTheyStayOutAndIsUrgentAtTheGate() {
    leaves(DOOR, TWO);
    leaves(GATE, TWO.plusSeconds(1200));
    Replay.Result result = life.run(CHAIN, new SettingsBook(), TWO.plus(Duration.ofHours(2)));
    assertThat(result.revisions())
        .extracting(Alert::severity)
        .containsExactly(Severity.P3, Severity.P2, Severity.P1);
    assertThat(result.revisions())
        .extracting(Alert::lastEventTime)
        .containsExactly(TWO.plusSeconds(5), TWO.plusSeconds(600), TWO.plusSeconds(1205));
    assertThat(result.alerts()).hasSize(1);
  }

  @Test
  void theRubbishStaysLow() {
    leaves(DOOR, TWO);
    life.comes(TWO.plusSeconds(400));
    assertThat(theAlert().severity()).isEqualTo(Severity.P3);
    assertThat(closing(theAlert())).isEqualTo("elder-night-exit.back");
  }

  @ParameterizedTest
  @CsvSource({"22:29, 0", "22:31, 1", "05:29, 1", "05:31, 0", "12:00, 0"})
  void onlyTheNightCounts(String time, int expected) {
    leaves(GATE, at(30, time));
    assertThat(alerts()).hasSize(expected);
  }

  @ParameterizedTest
  @CsvSource({"-61, OPEN", "-59, NONE", "3, NONE", "59, RETRACTED", "62, OPEN"})
  void theHouseholdIsCompany(long seconds, String expected) {
    life.resident("son");
    leaves(GATE, TWO);
    life.face(GATE, TWO.plusSeconds(seconds), "son", Direction.OUT);
    List<Alert> alerts =
        alerts().stream().filter(alert -> alert.subjects().get(0).id().equals(ELDER)).toList();
    assertThat(alerts.isEmpty() ? "NONE" : alerts.get(0).state().name()).isEqualTo(expected);
  }

  @Test
  void aNeighbourIsNoCompanyAndAPersonOfTheUnitIs() {
    leaves(GATE, TWO);
    life.face(GATE, TWO.plusSeconds(1), "neighbour", Direction.OUT);
    assertThat(theAlert().state()).isEqualTo(AlertState.OPEN);
    life.access(GATE, TWO.plusSeconds(2), "carer", UNIT, CredentialType.CARD, Direction.OUT);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void theEldersOwnCardIsNoCompany() {
    leaves(GATE, TWO);
    life.access(GATE, TWO.plusSeconds(1), ELDER, UNIT, CredentialType.CARD, Direction.OUT);
    life.access(GATE, TWO.plusSeconds(2), null, UNIT, CredentialType.CARD, Direction.OUT);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aHouseholdRegisteredLaterTakesItBack() {
    leaves(GATE, TWO);
    life.face(GATE, TWO.plusSeconds(1), "son", Direction.OUT);
    life.resident("son", Residency.Role.FAMILY, TWO.plusSeconds(4000));
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(closing(theAlert())).isEqualTo("elder-night-exit.accompanied");
    CareFixture cleaner = new CareFixture().enrolled();
    cleaner.face(GATE, TWO, ELDER, Direction.OUT);
    cleaner.face(GATE, TWO.plusSeconds(1), "cleaner", Direction.OUT);
    cleaner.resident("cleaner", Residency.Role.STAFF, TWO.plusSeconds(4000));
    assertThat(cleaner.alerts(CHAIN, TWO.plusSeconds(9000)).get(0).state())
        .isEqualTo(AlertState.OPEN);
  }

  @Test
  void onlyWhereTheGuardianAskedAndTheElderIsNotAway() {
    CareFixture not = new CareFixture();
    Entry entry = new Entry("c", CareFixture.COMMUNITY, at(0, "00:00"), at(0, "00:00"), null);
    not.with(new CareEnrolment(entry, ELDER, UNIT, true, false, false, List.of()));
    not.face(GATE, TWO, ELDER, Direction.OUT);
    assertThat(not.alerts(CHAIN, TWO.plusSeconds(3600))).isEmpty();
    leaves(GATE, TWO);
    life.enrolled(TWO.plusSeconds(1000), at(29, "00:00"), null, true, true, KITCHEN);
    assertThat(closing(theAlert())).isEqualTo("elder-night-exit.not-asked");
    CareFixture stranger = new CareFixture().face(GATE, TWO, ELDER, Direction.OUT);
    assertThat(stranger.alerts(CHAIN, TWO.plusSeconds(3600))).isEmpty();
  }

  private static CareFixture earlyBird(String time, int days) {
    CareFixture life = new CareFixture().enrolled();
    Random random = new Random(2);
    for (int day = 0; day < days; day++) {
      Instant out = at(day, time).plusSeconds(random.nextInt(900));
      life.face(GATE, out, ELDER, Direction.OUT);
      life.face(GATE, out.plusSeconds(3600), ELDER, Direction.IN).comes(out.plusSeconds(3700));
      Instant again = at(day, "15:00").plusSeconds(random.nextInt(3000));
      life.face(GATE, again, ELDER, Direction.OUT);
      life.face(GATE, again.plusSeconds(3600), ELDER, Direction.IN);
    }
    return life;
  }

  @Test
  void anEarlyHabitIsLearnedAndOtherHoursOfTheNightAreNot() {
    CareFixture early = earlyBird("05:05", 40);
    List<Alert> alerts = early.alerts(CHAIN, at(41, "00:00"));
    assertThat(alerts).hasSizeBetween(5, 25);
    assertThat(alerts.get(alerts.size() - 1).firstEventTime()).isBefore(at(25, "00:00"));
    early.face(GATE, at(40, "02:00"), ELDER, Direction.OUT);
    assertThat(early.alerts(CHAIN, at(41, "00:00"))).hasSize(alerts.size() + 1);
  }

  @Test
  void shortlyBeforeTheUsualHourIsStillUnusual() {
    CareFixture late = earlyBird("07:00", 40);
    assertThat(late.alerts(CHAIN, at(41, "00:00"))).isEmpty();
    late.face(GATE, at(40, "05:15"), ELDER, Direction.OUT);
    assertThat(late.alerts(CHAIN, at(41, "00:00"))).hasSize(1);
  }

  @Test
  void whoCameWithThemIsUnknownWhileTheGateIsBlindSoItIsToldOneStepLower() {
    life.status(GATE, TWO.minusSeconds(600), DeviceStatus.State.MAINTENANCE);
    leaves(GATE, TWO);
    assertThat(theAlert().severity()).isEqualTo(Severity.P2);
    assertThat(theAlert().explanation().code()).isEqualTo("elder-night-exit.unseen");
  }

  @Test
  void aReaderThatSeesOnlyWhoComesInIsNotMissed() {
    life.with(
        new Device(
            "gate-in", CareFixture.COMMUNITY, at(0, "00:00"), GATE, "", Direction.IN, "", true));
    life.device("gate-in").status(GATE, TWO.minusSeconds(600), DeviceStatus.State.OFFLINE);
    life.device("gate-out");
    leaves(GATE, TWO);
    assertThat(theAlert().severity()).isEqualTo(Severity.P1);
  }

  @ParameterizedTest
  @CsvSource({"b1-101, 0", "b1-102, 1"})
  void aGuestOfTheHomeIsCompany(String unit, int expected) {
    Entry entry =
        new Entry("pass-1", CareFixture.COMMUNITY, TWO.minusSeconds(9000), at(29, "20:00"), null);
    life.with(new VisitorPass(entry, "credential-of-null", ELDER, unit, List.of(), 0));
    life.access(GATE, TWO.minusSeconds(5), null, null, CredentialType.QR, Direction.OUT);
    leaves(GATE, TWO);
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void aGuestWhosePassIsOverIsNone() {
    Entry entry =
        new Entry("pass-1", CareFixture.COMMUNITY, at(3, "10:00"), at(3, "10:00"), at(4, "10:00"));
    life.with(new VisitorPass(entry, "credential-of-null", ELDER, UNIT, List.of(), 0));
    life.access(GATE, TWO.minusSeconds(5), null, null, CredentialType.QR, Direction.OUT);
    leaves(GATE, TWO);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void whetherTheyCameBackIsUnknownWhileTheDoorIsBlind() {
    leaves(DOOR, TWO);
    life.status(DOOR, TWO.plusSeconds(120), DeviceStatus.State.OFFLINE);
    assertThat(theAlert().severity()).isEqualTo(Severity.P3);
  }

  @Test
  void pacingIsTold() {
    for (int i = 0; i < 4; i++) {
      life.face(DOOR, TWO.plusSeconds(i * 300L), ELDER, i % 2 == 0 ? Direction.IN : Direction.OUT);
      life.face(
          DOOR, TWO.plusSeconds(i * 300L + 5), ELDER, i % 2 == 0 ? Direction.IN : Direction.OUT);
    }
    Alert pacing =
        alerts().stream()
            .filter(alert -> alert.explanation().code().endsWith("paces"))
            .findFirst()
            .orElseThrow();
    assertThat(pacing.severity()).isEqualTo(Severity.P2);
    assertThat(pacing.detectedAt()).isEqualTo(TWO.plusSeconds(900));
    assertThat(pacing.evidence()).hasSize(4);
    assertThat(closing(pacing)).isEqualTo("elder-night-exit.calm-again");
  }

  @ParameterizedTest
  @CsvSource({"5, 0", "6, 1"})
  void soIsBeingSeenInTheLiftAgainAndAgain(int times, int expected) {
    for (int i = 0; i < times; i++) {
      life.face(LIFT, TWO.plusSeconds(i * 400L), ELDER, Direction.UNKNOWN);
    }
    assertThat(alerts()).hasSize(expected);
    CareFixture day = new CareFixture().enrolled();
    for (int i = 0; i < times; i++) {
      day.face(LIFT, at(30, "12:00").plusSeconds(i * 400L), ELDER, Direction.UNKNOWN);
    }
    assertThat(day.alerts(CHAIN, at(30, "20:00"))).isEmpty();
  }

  @Test
  void movementAtHomeEndsIt() {
    leaves(DOOR, TWO);
    life.moves(TWO.plusSeconds(300));
    assertThat(theAlert().state()).isEqualTo(AlertState.CLOSED);
  }

  @Test
  void settingsDecide() {
    leaves(GATE, at(30, "22:00"));
    SettingsBook earlier =
        SettingsBook.of(
            new SettingsChange(
                "exit-company",
                SettingsChange.Scope.CITY,
                "",
                Instant.EPOCH,
                Map.of("nightFrom", "21:00"),
                "test"),
            new SettingsChange(
                "elder-night-exit",
                SettingsChange.Scope.CITY,
                "",
                Instant.EPOCH,
                Map.of("from", "21:00"),
                "test"));
    assertThat(alerts()).isEmpty();
    assertThat(life.run(CHAIN, earlier, at(31, "00:00")).alerts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    life.resident("son");
    leaves(DOOR, TWO);
    leaves(GATE, TWO.plusSeconds(1200));
    life.comes(TWO.plusSeconds(9000));
    leaves(GATE, at(31, "03:00"));
    life.face(GATE, at(31, "03:00:40"), "son", Direction.OUT);
    Instant until = at(32, "00:00");
    List<Alert> alerts = life.alerts(CHAIN, until);
    assertThat(alerts).extracting(Alert::state).contains(AlertState.RETRACTED);
    List<Fact> other = GateFixture.disordered(life.history(), seed);
    assertThat(new Replay(CHAIN, new SettingsBook()).run(other, until).alerts()).isEqualTo(alerts);
  }

  @Test
  void theStateStaysSmallAndWhoIsNotEnrolledLeavesNone() {
    ElderNightExit model = new ElderNightExit(ElderNightExit.Settings.DEFAULTS);
    CareSigns signs = new CareSigns(CareSigns.Settings.DEFAULTS);
    Random random = new Random(8);
    for (int i = 0; i < 3000; i++) {
      life.face(
          random.nextBoolean() ? DOOR : GATE,
          at(0, "00:00").plusSeconds(i * 700L),
          ELDER,
          random.nextBoolean() ? Direction.IN : Direction.OUT);
    }
    CareSigns.State byPerson = null;
    ElderNightExit.State state = null;
    for (Fact fact : life.history()) {
      if (fact instanceof CareEnrolment) {
        state = model.onEvent("c1|elder", fact, state).state();
      }
      if (signs.keys(fact).contains("person|c1|elder")) {
        Step<CareSigns.State> step = signs.onEvent("person|c1|elder", fact, byPerson);
        byPerson = step.state();
        for (Fact sign : step.derived()) {
          assertThat(sign).isInstanceOf(SignOfLife.class);
          assertThat(model.onEvent("c1|other", sign, null).state()).isNull();
          state = model.onEvent("c1|elder", sign, state).state();
        }
      }
    }
    assertThat(Objects.requireNonNull(state).toString().length()).isLessThan(8000);
  }
}
