package gatehouse.model;

import static gatehouse.fixture.CareFixture.DOOR;
import static gatehouse.fixture.CareFixture.ELDER;
import static gatehouse.fixture.CareFixture.ENTRANCE;
import static gatehouse.fixture.CareFixture.GATE;
import static gatehouse.fixture.CareFixture.KITCHEN;
import static gatehouse.fixture.CareFixture.UNIT;
import static gatehouse.fixture.CareFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.event.SensorReading.Kind;
import gatehouse.fact.Fact;
import gatehouse.fixture.CareFixture;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.CareEnrolment;
import gatehouse.site.Device;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElderInactivityTest {

  private static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(CareSigns.entry(), CareSight.entry(), ElderInactivity.entry());

  private static final String LIVING = "living-room";

  private final CareFixture life = new CareFixture();

  /** Two weeks of ordinary days; the last sign is at 13:00 on day 13. */
  private CareFixture ordinaryLife() {
    ordinaryDays(life.enrolled(), 0, 13);
    for (String time : List.of("07:10", "08:20", "09:05", "10:40", "11:30", "12:15", "13:00")) {
      life.moves(at(13, time));
    }
    return life;
  }

  private static CareFixture ordinaryDays(CareFixture life, int from, int to) {
    Random random = new Random(from + 1);
    for (int day = from; day < to; day++) {
      for (int hour = 7; hour < 22; hour++) {
        if (random.nextInt(4) > 0) {
          life.moves(at(day, "%02d:%02d".formatted(hour, random.nextInt(60))));
        }
      }
    }
    return life;
  }

  private Alert theAlert(Instant until) {
    List<Alert> alerts = life.alerts(CHAIN, until);
    assertThat(alerts).hasSize(1);
    return alerts.get(0);
  }

  private static String closing(Alert alert) {
    return Objects.requireNonNull(alert.closing()).code();
  }

  @Test
  void aSilenceThatIsLongForThemIsToldStepByStep() {
    ordinaryLife();
    Replay.Result result = life.run(CHAIN, new SettingsBook(), at(16, "14:00"));
    assertThat(result.revisions())
        .extracting(Alert::severity)
        .containsExactly(Severity.P3, Severity.P2, Severity.P1);
    assertThat(result.revisions())
        .extracting(alert -> alert.explanation().code())
        .containsExactly(
            "elder-inactivity.call", "elder-inactivity.visit", "elder-inactivity.longest");
    assertThat(result.revisions().get(0).audiences()).containsExactly(Audience.FAMILY);
    assertThat(result.revisions().get(1).audiences())
        .containsExactlyInAnyOrder(Audience.FAMILY, Audience.PROPERTY);
    assertThat(result.revisions().get(1).lastEventTime())
        .isBetween(at(13, "15:00"), at(13, "22:00"));
    assertThat(result.revisions().get(2).lastEventTime()).isEqualTo(at(15, "13:00"));
    Alert alert = result.alerts().get(0);
    assertThat(alert.subjects()).containsExactly(new Subject("person", ELDER, "elder"));
    assertThat(alert.firstEventTime()).isEqualTo(at(13, "13:00"));
    assertThat(alert.coverage()).isEqualTo(Coverage.ASSUMED);
    assertThat(alert.evidence()).singleElement().matches(e -> e.role().endsWith("inside"));
  }

  @Test
  void anySignEndsIt() {
    ordinaryLife().moves(at(14, "07:30"));
    Alert alert = theAlert(at(14, "08:00"));
    assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
    assertThat(closing(alert)).isEqualTo("elder-inactivity.alive");
    assertThat(alert.closedAt()).isEqualTo(at(14, "07:30"));
  }

  @Test
  void ordinaryDaysAndNightsAreNothing() {
    ordinaryDays(life.enrolled(), 0, 60);
    assertThat(life.alerts(CHAIN, at(59, "23:00"))).isEmpty();
  }

  @Test
  void aSilenceOfTheNightMayBeLongerThanOneOfTheDay() {
    ordinaryDays(life.enrolled(), 0, 14).moves(at(13, "21:59"));
    Alert atNight = theAlert(at(15, "00:00"));
    assertThat(atNight.detectedAt()).isAfter(at(14, "08:00"));
  }

  @Test
  void whoIsOutIsNotSilent() {
    ordinaryLife().entrance(at(13, "14:00"));
    assertThat(life.alerts(CHAIN, at(16, "13:00"))).isEmpty();
    Alert alert = theAlert(at(16, "15:00"));
    assertThat(alert.explanation().code()).isEqualTo("elder-inactivity.not-returned");
    assertThat(alert.severity()).isEqualTo(Severity.P3);
    CareFixture building = ordinaryDays(new CareFixture().enrolled(), 0, 13);
    building.leaves(at(13, "09:00"));
    assertThat(building.alerts(CHAIN, at(16, "08:00"))).isEmpty();
  }

  @Test
  void whoLeavesInACarIsOutUntilItComesBack() {
    List<String> both = List.of("driver", ELDER);
    ordinaryLife().drives(GATE, at(13, "14:00"), both, Direction.OUT);
    assertThat(life.alerts(CHAIN, at(16, "13:00"))).isEmpty();
    life.drives(GATE, at(13, "17:00"), both, Direction.IN);
    assertThat(life.alerts(CHAIN, at(14, "17:00"))).hasSize(1);
    CareFixture alone = ordinaryDays(new CareFixture().enrolled(), 0, 13).moves(at(13, "13:00"));
    alone.drives(GATE, at(13, "14:00"), List.of("driver"), Direction.OUT);
    assertThat(alone.alerts(CHAIN, at(14, "13:00"))).hasSize(1);
  }

  @Test
  void movementRightAfterTheDoorIsSomebodyLeavingAndLaterMovementIsNot() {
    ordinaryLife().entrance(at(13, "14:00")).moves(at(13, "14:00:40"));
    assertThat(life.alerts(CHAIN, at(15, "13:00"))).isEmpty();
    life.moves(at(13, "14:02"));
    assertThat(life.alerts(CHAIN, at(14, "13:00"))).hasSize(1);
  }

  @Test
  void whoCameBackIsExpectedToBeHeard() {
    ordinaryLife().leaves(at(13, "13:30")).comes(at(13, "14:30"));
    assertThat(life.alerts(CHAIN, at(14, "13:00"))).hasSize(1);
  }

  @Test
  void aWeekOfDoorsOnlyNeedsADayOrTwo() {
    life.enrolledByDoorsOnly();
    Random random = new Random(3);
    for (int day = 0; day < 60; day++) {
      for (int outing = 0; outing < 2; outing++) {
        Instant out = at(day, "%02d:%02d".formatted(8 + outing * 6, random.nextInt(60)));
        life.leaves(out).comes(out.plus(Duration.ofMinutes(40 + random.nextInt(60))));
      }
    }
    Alert alert = theAlert(at(63, "00:00"));
    assertThat(alert.detectedAt()).isBetween(at(60, "08:00"), at(61, "15:00"));
  }

  @Test
  void beforeMuchIsKnownOnlyTheLongestSilenceCounts() {
    life.enrolled().moves(at(0, "09:00")).moves(at(0, "12:00"));
    Alert alert = theAlert(at(4, "00:00"));
    assertThat(alert.detectedAt()).isEqualTo(at(2, "12:00"));
    assertThat(alert.severity()).isEqualTo(Severity.P1);
    CareFixture doors = new CareFixture().enrolledByDoorsOnly().comes(at(0, "12:00"));
    assertThat(doors.alerts(CHAIN, at(4, "00:00")).get(0).detectedAt()).isEqualTo(at(3, "12:00"));
  }

  @ParameterizedTest
  @CsvSource({"OFFLINE", "MAINTENANCE"})
  void aBlindSensorMakesItUnknown(State state) {
    ordinaryLife().status(KITCHEN, at(13, "14:00"), state);
    assertThat(life.alerts(CHAIN, at(20, "00:00"))).isEmpty();
  }

  @Test
  void timeCountsFromWhenTheSensorsSeeAgain() {
    ordinaryLife();
    Instant told = theAlert(at(14, "12:00")).detectedAt();
    life.status(KITCHEN, at(13, "13:10"), State.OFFLINE);
    life.status(KITCHEN, at(13, "15:00"), State.ONLINE);
    Instant later = theAlert(at(14, "12:00")).detectedAt();
    assertThat(later).isAfter(told.plus(Duration.ofMinutes(60)));
    CareFixture restarted = ordinaryDays(new CareFixture().enrolled(), 0, 13);
    restarted.status(KITCHEN, at(13, "06:00"), State.ONLINE).moves(at(13, "13:00"));
    restarted.boot("b2").status(KITCHEN, at(13, "15:00"), State.ONLINE);
    assertThat(restarted.alerts(CHAIN, at(14, "12:00")).get(0).detectedAt())
        .isAfter(told.plus(Duration.ofMinutes(60)));
  }

  @Test
  void oneBlindSensorOfTwoMakesItTakeLongerAndBothMakeItUnknown() {
    twoRooms(life);
    Instant told = theAlert(at(14, "20:00")).detectedAt();
    CareFixture half = twoRooms(new CareFixture()).status(LIVING, at(13, "13:05"), State.OFFLINE);
    Instant later = half.alerts(CHAIN, at(14, "20:00")).get(0).detectedAt();
    assertThat(later).isBetween(told.plus(Duration.ofHours(1)), at(14, "18:00"));
    half.status(LIVING, at(13, "14:00"), State.ONLINE);
    assertThat(half.alerts(CHAIN, at(14, "20:00")).get(0).detectedAt()).isBetween(told, later);
    CareFixture none = twoRooms(new CareFixture()).status(LIVING, at(13, "13:05"), State.OFFLINE);
    none.status(KITCHEN, at(13, "13:05"), State.OFFLINE);
    assertThat(none.alerts(CHAIN, at(20, "00:00"))).isEmpty();
  }

  private static CareFixture twoRooms(CareFixture life) {
    life.enrolled(at(-1, "00:00"), at(-1, "00:00"), null, true, false, KITCHEN, LIVING);
    ordinaryDays(life, 0, 13);
    for (int day = 0; day < 13; day++) {
      for (int hour = 7; hour < 22; hour++) {
        life.sensor(LIVING, at(day, "%02d:30".formatted(hour)), Kind.MOTION, 1);
      }
    }
    return life.moves(at(13, "10:00")).moves(at(13, "13:00"));
  }

  @Test
  void afterABlindWayOutTheyMayBeOutForAsLongAsUsual() {
    ordinaryLife();
    for (int day = 0; day < 13; day++) {
      life.leaves(at(day, "15:10")).comes(at(day, "16:10")).moves(at(day, "16:15"));
    }
    Instant told = theAlert(at(14, "12:00")).detectedAt();
    life.status(DOOR, at(13, "12:00"), State.OFFLINE);
    life.status(DOOR, told.plusSeconds(60), State.ONLINE);
    assertThat(theAlert(at(14, "12:00")).detectedAt())
        .isBetween(told.plus(Duration.ofHours(1)), told.plus(Duration.ofHours(3)));
  }

  @Test
  void aDoorTheElderUsesMustSeeToo() {
    ordinaryLife().leaves(at(13, "13:10")).comes(at(13, "13:40")).moves(at(13, "13:50"));
    assertThat(life.alerts(CHAIN, at(14, "10:00"))).hasSize(1);
    life.status(DOOR, at(13, "14:00"), State.OFFLINE);
    assertThat(life.alerts(CHAIN, at(14, "10:00"))).isEmpty();
    CareFixture elsewhere = ordinaryDays(new CareFixture().enrolled(), 0, 13);
    elsewhere.moves(at(13, "13:00")).status(GATE, at(13, "14:00"), State.OFFLINE);
    assertThat(elsewhere.alerts(CHAIN, at(14, "10:00"))).hasSize(1);
  }

  @Test
  void aSensorTakenAwayIsMissedNoLonger() {
    ordinaryLife().status(KITCHEN, at(13, "14:00"), State.OFFLINE);
    Device gone =
        new Device(
            KITCHEN + "-device",
            CareFixture.COMMUNITY,
            at(13, "15:00"),
            KITCHEN,
            "motion",
            Direction.UNKNOWN,
            "",
            false);
    assertThat(life.alerts(CHAIN, at(14, "12:00"))).isEmpty();
    life.with(gone);
    assertThat(life.alerts(CHAIN, at(14, "12:00"))).hasSize(1);
  }

  @Test
  void vouchedForSensorsGiveFullCoverage() {
    ordinaryLife().status(KITCHEN, at(13, "12:00"), State.ONLINE);
    assertThat(theAlert(at(14, "12:00")).coverage()).isEqualTo(Coverage.FULL);
  }

  @Test
  void deviceHealthCountsLikeTheDevicesOwnWord() {
    ordinaryLife()
        .with(
            new DeviceHealth(
                "h1",
                CareFixture.COMMUNITY,
                at(13, "14:00"),
                KITCHEN + "-device",
                Place.of(KITCHEN),
                false,
                Duration.ZERO,
                Duration.ZERO));
    assertThat(life.alerts(CHAIN, at(20, "00:00"))).isEmpty();
  }

  @Test
  void whileSomebodyIsInNothingIsConcluded() {
    ordinaryLife()
        .access(DOOR, at(13, "13:30"), "daughter", UNIT, CredentialType.CARD, Direction.IN);
    assertThat(life.alerts(CHAIN, at(14, "13:00"))).isEmpty();
    life.access(DOOR, at(13, "18:00"), "daughter", UNIT, CredentialType.CARD, Direction.OUT);
    assertThat(theAlert(at(14, "13:00")).detectedAt()).isAfter(at(13, "20:00"));
  }

  @Test
  void aGuestWhoWasNotSeenLeavingStaysADayAtMost() {
    ordinaryLife()
        .access(DOOR, at(13, "13:30"), "daughter", UNIT, CredentialType.CARD, Direction.IN);
    assertThat(theAlert(at(16, "00:00")).detectedAt()).isAfter(at(14, "13:30"));
  }

  @Test
  void theFamilysWordThatTheyAreAwayStopsIt() {
    ordinaryLife().enrolled(at(13, "12:00"), at(13, "12:00"), null, true, true, KITCHEN);
    assertThat(life.alerts(CHAIN, at(20, "00:00"))).isEmpty();
  }

  @Test
  void theWordThatTheyWereAwayTakesItBackAndTimeCountsFromTheReturn() {
    ordinaryLife()
        .enrolled(at(14, "12:00"), at(13, "12:00"), at(15, "12:00"), true, true, KITCHEN)
        .enrolled(at(14, "12:00"), at(15, "12:00"), null, true, false, KITCHEN);
    assertThat(theAlert(at(15, "13:00")).state()).isEqualTo(AlertState.RETRACTED);
    assertThat(closing(theAlert(at(15, "13:00")))).isEqualTo("elder-inactivity.away");
    assertThat(theAlert(at(16, "12:00")).state()).isEqualTo(AlertState.OPEN);
    assertThat(theAlert(at(16, "12:00")).lastEventTime()).isAfter(at(15, "16:00"));
  }

  @Test
  void withoutConsentThereIsNothing() {
    ordinaryDays(life, 0, 13);
    assertThat(life.alerts(CHAIN, at(20, "00:00"))).isEmpty();
    ordinaryDays(
        life.enrolled(at(0, "00:00"), at(0, "00:00"), at(13, "00:00"), true, false, KITCHEN),
        0,
        13);
    assertThat(life.alerts(CHAIN, at(20, "00:00"))).isEmpty();
    CareFixture unnamed = new CareFixture();
    unnamed.enrolled(at(0, "00:00"), at(0, "00:00"), null, true, false, ENTRANCE);
    assertThat(ordinaryDays(unnamed, 0, 13).alerts(CHAIN, at(20, "00:00"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POWER, 60, 0",
    "POWER, 1800, 1",
    "WATER, 0.2, 1",
    "WATER, 0, 0",
    "DOOR, 1, 1",
    "DOOR, 0, 0",
    "MOTION, 0, 0",
    "TEMPERATURE, 25, 0"
  })
  void onlyWhatSomebodyDoesIsASign(Kind kind, double value, int signs) {
    CareFixture home = new CareFixture().enrolled().sensor(KITCHEN, at(0, "09:00"), kind, value);
    home.sensor(KITCHEN, at(0, "09:05"), kind, value);
    List<Alert> alerts = home.alerts(CHAIN, at(3, "00:00"));
    assertThat(alerts).hasSize(signs);
    assertThat(alerts).extracting(Alert::firstEventTime).allMatch(at(0, "09:00")::equals);
  }

  @Test
  void theUnitsOwnCardAndAPhoneOpeningAreSigns() {
    life.enrolledByDoorsOnly()
        .access(DOOR, at(0, "09:00"), null, UNIT, CredentialType.CARD, Direction.IN);
    assertThat(theAlert(at(4, "00:00")).firstEventTime()).isEqualTo(at(0, "09:00"));
    life.access(DOOR, at(1, "09:00"), ELDER, UNIT, CredentialType.REMOTE, Direction.UNKNOWN);
    assertThat(theAlert(at(5, "00:00")).firstEventTime()).isEqualTo(at(1, "09:00"));
  }

  @Test
  void aSilenceThatWasToldTeachesLittle() {
    ordinaryLife().moves(at(15, "12:00"));
    ordinaryDays(life, 16, 20).moves(at(20, "13:00"));
    List<Alert> alerts = life.alerts(CHAIN, at(21, "12:00"));
    assertThat(alerts.get(alerts.size() - 1).detectedAt()).isBefore(at(21, "09:00"));
  }

  @Test
  void settingsDecide() {
    ordinaryLife();
    SettingsBook patient =
        SettingsBook.of(
            new SettingsChange(
                "elder-inactivity",
                SettingsChange.Scope.CITY,
                "",
                Instant.EPOCH,
                Map.of("betweenFalseInHome", "P3650D"),
                "test"));
    Instant usual = theAlert(at(14, "12:00")).detectedAt();
    Instant later = life.run(CHAIN, patient, at(16, "00:00")).alerts().get(0).detectedAt();
    assertThat(later).isAfter(usual.plus(Duration.ofHours(1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    ordinaryLife().moves(at(14, "07:30")).status(KITCHEN, at(14, "08:00"), State.OFFLINE);
    life.status(KITCHEN, at(14, "10:00"), State.ONLINE).leaves(at(14, "10:30"));
    List<Alert> alerts = life.alerts(CHAIN, at(20, "00:00"));
    assertThat(alerts).hasSize(2);
    List<Fact> other = GateFixture.disordered(life.history(), seed);
    assertThat(new Replay(CHAIN, new SettingsBook()).run(other, at(20, "00:00")).alerts())
        .isEqualTo(alerts);
  }

  @Test
  void theStateStaysSmallAndOneElderDoesNotMeanAnother() {
    ElderInactivity model = new ElderInactivity(ElderInactivity.Settings.DEFAULTS);
    CareSigns signs = new CareSigns(CareSigns.Settings.DEFAULTS);
    life.enrolled();
    Random random = new Random(9);
    for (int i = 0; i < 5000; i++) {
      Instant time = at(0, "00:00").plus(Duration.ofMinutes(i * 40L + random.nextInt(40)));
      String place = random.nextBoolean() ? DOOR : GATE;
      life.access(
          place,
          time,
          random.nextBoolean() ? ELDER : "guest" + random.nextInt(100),
          UNIT,
          CredentialType.CARD,
          random.nextBoolean() ? Direction.IN : Direction.OUT);
    }
    ElderInactivity.State state = null;
    Map<String, CareSigns.State> bySource = new HashMap<>();
    for (Fact fact : new ArrayList<>(life.history())) {
      for (String key : signs.keys(fact)) {
        var step = signs.onEvent(key, fact, bySource.get(key));
        if (step.state() != null) {
          bySource.put(key, step.state());
        }
        for (Fact sign : step.derived()) {
          state = model.onEvent("c1|elder", sign, state).state();
        }
      }
      if (fact instanceof CareEnrolment) {
        state = model.onEvent("c1|elder", fact, state).state();
      }
    }
    assertThat(Objects.requireNonNull(state).toString().length()).isLessThan(6000);
    assertThat(model.keys(fact(life)).get(0)).isEqualTo("c1|elder");
  }

  private static Fact fact(CareFixture life) {
    return life.history().stream()
        .filter(fact -> fact instanceof CareEnrolment)
        .findFirst()
        .orElseThrow();
  }
}
