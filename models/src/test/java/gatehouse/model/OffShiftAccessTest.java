package gatehouse.model;

import static gatehouse.fixture.GateFixture.COMMUNITY;
import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.known;
import static gatehouse.fixture.GateFixture.place;
import static gatehouse.fixture.GateFixture.sensitive;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.SettingsChange.Scope;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Entry;
import gatehouse.registry.Permit;
import gatehouse.registry.Roster;
import gatehouse.site.Zone.AntiPassback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffShiftAccessTest {

  private static final List<ModelEntry<?, ?, ?>> MODEL = List.of(OffShiftAccess.entry());
  private static final Direction IN = Direction.IN;
  private static final Instant PUBLISHED = at(-20, "00:00:00");

  private final GateFixture world =
      new GateFixture()
          .with(
              known(place("north", List.of(), List.of())),
              known(place("plant", List.of(), List.of(sensitive("p", AntiPassback.NONE, 3)))));

  @ParameterizedTest
  @CsvSource({
    "07:30:00, ",
    "07:29:00, P4",
    "12:00:00, ",
    "16:29:59, ",
    "16:31:00, P4",
    "17:59:59, P4",
    "18:01:00, P3",
    "02:00:00, P3"
  })
  void workCredentialsAreJudgedByTheirShifts(String time, @Nullable Severity expected) {
    dayShifts(-3, 3);
    world.with(world.card("w1", "north", at(time), IN));
    assertThat(alerts())
        .extracting(Alert::severity)
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void theAlertSaysHowFarFromAShiftItIs() {
    dayShifts(-3, 3);
    world.with(world.card("w1", "plant", at("02:00:00"), IN));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("off-shift-access.off-shift");
              assertThat(alert.explanation().values())
                  .containsEntry("distance", "6 h")
                  .containsEntry("shiftEnd", "2026-03-09 16:00");
              assertThat(alert.severity()).isEqualTo(Severity.P2);
              assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
              assertThat(alert.subjects())
                  .containsExactly(new Subject("credential", "w1", "work-credential"));
            });
  }

  @Test
  void residentsAreNeverInScopeAndNothingIsKeptOfThem() {
    dayShifts(-3, 3);
    OffShiftAccess model = new OffShiftAccess(OffShiftAccess.Settings.DEFAULTS);
    AccessEvent resident = world.card("c1", "north", at("02:00:00"), IN);
    world.with(
        resident,
        use("w1", "resident", null, null, at("02:00:00")),
        use("w1", "", "u1", null, at("02:10:00")));
    assertThat(alerts()).isEmpty();
    assertThat(model.onEvent("k", resident, null).state()).isNull();
    assertThat(model.onEvent("k", permit(at("00:00:00"), "c1", List.of()), null).state()).isNull();
  }

  @Test
  void leavingBeingRefusedAndRemoteCommandsAreNotJudged() {
    dayShifts(-3, 3);
    world.with(
        world.card("w1", "north", at("02:00:00"), Direction.OUT),
        world.denied("w1", "north", at("02:10:00"), IN, DenialReason.SCHEDULE),
        use("w1", "staff", null, "command-1", at("02:20:00")));
    assertThat(alerts()).isEmpty();
    world.with(world.card("w1", "north", at("02:30:00"), Direction.UNKNOWN));
    assertThat(alerts()).hasSize(1);
  }

  /** The shift of the day before ended at 16:00; nothing is planned after it. */
  @ParameterizedTest
  @CsvSource({"03:59:00, 1", "04:01:00, 0", "12:00:00, 0"})
  void behindThePlansEndLittleIsJudged(String time, int expected) {
    dayShifts(-3, 0);
    world.with(world.card("w1", "north", at(time), IN));
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void beforeTheFirstShiftNothingIsJudged() {
    dayShifts(1, 3);
    world.with(world.card("w1", "north", at("12:00:00"), IN));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aPlanThatGoesOnLaterShowsWhatWasOffShift() {
    dayShifts(-3, 0);
    world.with(
        world.card("w1", "north", at("12:00:00"), IN),
        shift(at("20:00:00"), at(1, "08:00:00"), at(1, "16:00:00"), "day"));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.firstEventTime()).isEqualTo(at("12:00:00"));
              assertThat(alert.detectedAt()).isEqualTo(at("20:00:00"));
            });
  }

  @Test
  void aShiftThatIsRecordedLateTakesTheAlertBack() {
    dayShifts(-3, 3);
    world.with(
        world.card("w1", "north", at("02:00:00"), IN),
        shift(at("09:00:00"), at("00:00:00"), at("06:00:00"), "call-out"));
    assertRetracted();
  }

  @Test
  void aPermitExplainsItAlsoAfterwardsButOnlyWhereItHolds() {
    dayShifts(-3, 3);
    world.with(
        world.card("w1", "north", at("02:00:00"), IN),
        permit(at("01:00:00"), "w1", List.of("plant")));
    assertThat(alerts()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
    world.with(permit(at("09:00:00"), "w1", List.of("north")));
    assertRetracted();
  }

  @Test
  void aShiftThatWasCancelledIsNone() {
    dayShifts(-3, 3);
    world.with(
        shift(at(-1, "12:00:00"), at("08:00:00"), at("08:00:00"), "day"),
        world.card("w1", "north", at("12:00:00"), IN));
    assertThat(alerts()).extracting(Alert::severity).containsExactly(Severity.P3);
  }

  @Test
  void shiftsOfDifferentNamesStandSideBySide() {
    dayShifts(-3, 3);
    world.with(
        shift(at(-1, "12:00:00"), at("06:00:00"), at("09:00:00"), "early"),
        world.card("w1", "north", at("06:00:00"), IN),
        world.card("w1", "north", at("12:00:00"), IN));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void afterALongLeaveThePlanStillCounts() {
    dayShifts(-3, -2);
    dayShifts(18, 20);
    world.with(world.card("w1", "north", at("12:00:00"), IN));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void oneNightIsOneAlert() {
    dayShifts(-3, 3);
    for (int i = 0; i < 20; i++) {
      world.with(world.card("w1", "north", at("00:00:00").plusSeconds(600L * i), IN));
    }
    world.with(world.card("w1", "north", at(1, "01:00:00"), IN));
    assertThat(alerts()).extracting(Alert::occurrences).containsExactly(20, 1);
  }

  @Test
  void settingsOfACommunityHold() {
    dayShifts(-3, 3);
    world.with(world.card("w1", "north", at("17:00:00"), IN));
    SettingsBook settings =
        SettingsBook.of(
            new SettingsChange(
                "off-shift-access",
                Scope.COMMUNITY,
                COMMUNITY,
                Instant.EPOCH,
                Map.of("grace", "PT2H"),
                "test"));
    assertThat(alerts()).hasSize(1);
    assertThat(GateFixture.alerts(MODEL, settings, world.history())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    Random random = new Random(seed);
    dayShifts(0, 3);
    for (int i = 0; i < 100; i++) {
      Instant time = at("00:00:00").plusSeconds(random.nextInt(10 * 86_400));
      Instant from = time.plusSeconds(random.nextInt(3 * 86_400) - 86_400);
      String name = random.nextBoolean() ? "day" : "night";
      world.with(
          switch (random.nextInt(6)) {
            case 0 -> shift(time, from, from.plusSeconds(random.nextInt(30_000)), name);
            case 1 -> permit(time, "w1", List.of(random.nextBoolean() ? "north" : "plant"));
            default -> world.card("w1", random.nextBoolean() ? "north" : "plant", time, IN);
          });
    }
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    assertThat(
            GateFixture.alerts(
                MODEL, new SettingsBook(), GateFixture.disordered(world.history(), seed)))
        .isEqualTo(expected);
  }

  @Test
  void stateStaysSmallAndIsForgotten() {
    OffShiftAccess model = new OffShiftAccess(OffShiftAccess.Settings.DEFAULTS);
    Step<OffShiftAccess.State> step = Step.forget();
    for (int day = 0; day < 400; day++) {
      Instant from = at(day, "08:00:00");
      step =
          model.onEvent(
              "k", shift(at("00:00:00"), from, from.plusSeconds(60), "day"), step.state());
    }
    assertThat(step.state()).isNotNull();
    assertThat(step.state().plan().versions()).hasSize(ShiftPlan.LIMIT);
    for (int day = 0; day < 100; day++) {
      step = model.onEvent("k", world.card("w1", "north", at(day, "02:00:00"), IN), step.state());
      step = model.onEvent("k", permit(at(day, "03:00:00"), "w1", List.of("x")), step.state());
    }
    Roster last = shift(at(200, "00:00:00"), at(200, "08:00:00"), at(200, "16:00:00"), "day");
    step = model.onEvent("k", last, step.state());
    assertThat(step.state()).isNotNull();
    assertThat(step.state().plan().versions()).hasSize(2);
    assertThat(step.state().permits()).hasSize(8);
    assertThat(step.state().uses()).isEmpty();
    assertThat(step.wakeAt()).isEqualTo(at(200, "16:00:00").plus(Duration.ofDays(60)));
    assertThat(model.onWake("k", at(300, "00:00:00"), step.state()).state()).isNull();
  }

  private void assertRetracted() {
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.RETRACTED);
              assertThat(alert.closing())
                  .isNotNull()
                  .satisfies(
                      why ->
                          assertThat(why.code())
                              .isEqualTo("off-shift-access.explained-afterwards"));
            });
  }

  /** Shifts from eight to four on these days, published long before. */
  private void dayShifts(int fromDay, int toDay) {
    for (int day = fromDay; day < toDay; day++) {
      world.with(shift(PUBLISHED, at(day, "08:00:00"), at(day, "16:00:00"), "day"));
    }
  }

  private Roster shift(Instant recorded, Instant from, Instant to, String name) {
    return new Roster(world.recorded(recorded, from, to), "w1", name);
  }

  /** Holds for the first two days. */
  private Permit permit(Instant recorded, String credential, List<String> places) {
    Entry entry = world.recorded(recorded, at("00:00:00"), at(2, "00:00:00"));
    return new Permit(entry, "permit-" + places, "work", List.of(credential), places);
  }

  private AccessEvent use(
      String credential,
      String subjectType,
      @Nullable String unit,
      @Nullable String command,
      Instant time) {
    return new AccessEvent(
        world.origin(COMMUNITY, "north", time),
        credential,
        CredentialType.CARD,
        subjectType,
        null,
        unit,
        IN,
        Outcome.GRANTED,
        DenialReason.NONE,
        false,
        command);
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(MODEL, new SettingsBook(), world.history());
  }
}
