package gatehouse.model;

import static gatehouse.fixture.GateFixture.COMMUNITY;
import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.known;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Evidence;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.SettingsChange.Scope;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Entry;
import gatehouse.registry.VisitorPass;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.Position;
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

class VisitorPassMisuseTest {

  private static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(PassageContext.entry(), VisitorPassMisuse.entry());
  private static final Direction IN = Direction.IN;
  private static final Direction OUT = Direction.OUT;

  /** North and south gate are half a kilometre apart, the hall is beside the north gate. */
  private final GateFixture world =
      new GateFixture()
          .with(
              known(gate("north", new Position(0, 500))),
              known(gate("hall", new Position(0, 440))),
              known(gate("south", new Position(0, 0))),
              known(gate("nowhere", null)));

  @Test
  void aPassUsedAsAgreedAndACredentialThatIsNoneAreNoAlert() {
    world.with(
        pass(world.entry(at("08:00:00"), at("12:00:00")), List.of("north", "hall"), 2),
        world.card("v1", "north", at("09:00:00"), IN),
        world.card("v1", "hall", at("09:01:00"), IN),
        world.card("v1", "south", at("11:00:00"), OUT));
    for (int i = 0; i < 10; i++) {
      world.with(world.card("resident", "north", at("09:00:00").plusSeconds(600L * i), IN));
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void moreUsesThanAllowedAreToldToHostAndProperty() {
    world.with(
        pass(world.entry(at("08:00:00"), at("20:00:00")), List.of(), 2),
        world.card("v1", "north", at("09:00:00"), IN),
        world.card("v1", "north", at("11:00:00"), OUT),
        world.card("v1", "north", at("13:00:00"), IN));
    assertThat(alerts()).isEmpty();
    world.with(world.card("v1", "north", at("15:00:00"), IN));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("visitor-pass-misuse.too-many-uses");
              assertThat(alert.explanation().values()).containsEntry("uses", "2");
              assertThat(alert.firstEventTime()).isEqualTo(at("15:00:00"));
              assertThat(alert.severity()).isEqualTo(Severity.P3);
              assertThat(alert.audiences())
                  .containsExactlyInAnyOrder(Audience.RESIDENT, Audience.PROPERTY);
              assertThat(alert.subjects())
                  .containsExactly(
                      new Subject("credential", "v1", "pass"), new Subject("person", "p1", "host"));
            });
  }

  @Test
  void aCodeShownTwiceIsOneUse() {
    world.with(
        pass(world.entry(at("08:00:00"), at("20:00:00")), List.of(), 1),
        world.card("v1", "north", at("09:00:00"), IN),
        world.card("v1", "north", at("09:00:06"), IN),
        denied("v1", "north", at("08:59:50")));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aCodeShownTwiceBeyondTheLimitIsOneUseTooMany() {
    world.with(
        pass(world.entry(at("08:00:00"), at("20:00:00")), List.of(), 1),
        world.card("v1", "north", at("09:00:00"), IN),
        world.card("v1", "north", at("10:00:00"), IN),
        world.card("v1", "north", at("10:00:06"), IN));
    assertThat(alerts()).extracting(Alert::occurrences).containsExactly(1);
  }

  @Test
  void aRefusedUseBeyondTheLimitIsTheLeastUrgent() {
    world.with(
        pass(world.entry(at("08:00:00"), at("20:00:00")), List.of(), 1),
        world.card("v1", "north", at("09:00:00"), IN),
        denied("v1", "north", at("12:00:00")));
    assertThat(codes()).containsExactly("visitor-pass-misuse.too-many-uses");
    assertThat(alerts().get(0).severity()).isEqualTo(Severity.P4);
  }

  @Test
  void aPassThatIsGivenAgainCountsAnew() {
    world.with(
        pass(world.entry(at("08:00:00"), at("20:00:00")), List.of(), 1),
        world.card("v1", "north", at("09:00:00"), IN),
        pass(world.entry(at(3, "08:00:00"), at(3, "20:00:00")), List.of(), 1),
        world.card("v1", "north", at(3, "09:00:00"), IN));
    assertThat(alerts()).isEmpty();
    world.with(world.card("v1", "north", at(3, "10:00:00"), IN));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void usesAreCountedBeyondThoseThatAreKept() {
    world.with(pass(world.entry(at("00:00:00"), at(9, "00:00:00")), List.of(), 50));
    for (int i = 0; i < 50; i++) {
      world.with(world.card("v1", "north", at("01:00:00").plusSeconds(600L * i), IN));
    }
    assertThat(alerts()).isEmpty();
    world.with(world.card("v1", "north", at(1, "01:00:00"), IN));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aUseBeforeThePassBecameKnownCounts() {
    world.with(
        pass(world.recorded(at("09:10:00"), at("09:00:00"), at("20:00:00")), List.of(), 1),
        world.card("v1", "north", at("09:05:00"), IN),
        world.card("v1", "north", at("10:00:00"), IN));
    assertThat(alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.firstEventTime()).isEqualTo(at("10:00:00")));
  }

  @Test
  void theWrongDoorIsAnAlertIfItOpened() {
    world.with(
        pass(world.entry(at("08:00:00"), at("20:00:00")), List.of("north"), 0),
        denied("v1", "south", at("09:00:00")),
        world.card("v1", "south", at("10:00:00"), OUT));
    assertThat(alerts()).isEmpty();
    world.with(world.card("v1", "south", at("11:00:00"), IN));
    assertThat(codes()).containsExactly("visitor-pass-misuse.wrong-door");
  }

  @ParameterizedTest
  @CsvSource({
    "07:30:00, IN, ",
    "07:29:59, IN, too-early",
    "12:29:59, IN, ",
    "12:30:01, IN, ended",
    "12:30:01, UNKNOWN, ended",
    "15:00:00, OUT, "
  })
  void halfAnHourIsGrantedAndLeavingIsNoMisuse(
      String time, Direction way, @Nullable String expected) {
    world.with(
        pass(world.entry(at("08:00:00"), at("12:00:00")), List.of(), 0),
        world.card("v1", "north", at(time), way));
    assertThat(codes())
        .isEqualTo(expected == null ? List.of() : List.of("visitor-pass-misuse." + expected));
  }

  @Test
  void comingTooEarlyAndBeingRefusedIsNoMisuseButTryingAnEndedPassIs() {
    world.with(
        pass(world.entry(at("08:00:00"), at("12:00:00")), List.of(), 0),
        denied("v1", "north", at("06:00:00")));
    assertThat(alerts()).isEmpty();
    world.with(denied("v1", "north", at(2, "09:00:00")));
    assertThat(codes()).containsExactly("visitor-pass-misuse.ended");
    assertThat(alerts().get(0).severity()).isEqualTo(Severity.P4);
  }

  @Test
  void aPassThatItsHostWithdrewHasNoGrace() {
    world.with(
        pass(world.entry(at("08:00:00"), at("12:00:00")), List.of(), 0),
        pass(world.recorded(at("09:00:00"), at("08:00:00"), at("09:00:00")), List.of(), 0),
        world.card("v1", "north", at("09:05:00"), IN));
    assertThat(codes()).containsExactly("visitor-pass-misuse.withdrawn");
  }

  @Test
  void aVisitWhoseEndIsRecordedAfterwardsHasIt() {
    world.with(
        pass(world.entry(at("08:00:00"), at("12:00:00")), List.of(), 0),
        world.card("v1", "north", at("09:05:00"), IN),
        pass(world.recorded(at("10:00:00"), at("08:00:00"), at("09:00:00")), List.of(), 0));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aPassThatIsExtendedAfterwardsTakesTheAlertBack() {
    world.with(
        pass(world.entry(at("08:00:00"), at("12:00:00")), List.of(), 0),
        world.card("v1", "north", at("14:00:00"), IN),
        pass(world.recorded(at("15:00:00"), at("08:00:00"), at("18:00:00")), List.of(), 0));
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
                              .isEqualTo("visitor-pass-misuse.allowed-afterwards"));
            });
  }

  @Test
  void moreUsesGrantedAfterwardsTakeBackOnlyWhatTheyExplain() {
    world.with(
        pass(world.entry(at("08:00:00"), at("20:00:00")), List.of(), 1),
        world.card("v1", "north", at("09:00:00"), IN),
        world.card("v1", "north", at("10:00:00"), IN),
        world.card("v1", "north", at("11:00:00"), IN),
        pass(world.recorded(at("12:00:00"), at("08:00:00"), at("20:00:00")), List.of(), 2));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
              assertThat(alert.occurrences()).isEqualTo(1);
            });
  }

  /** 500 m at 7 m/s, detour 1.3, shortened to 0.85, are 79 s; clocks and slack explain 10.5. */
  @ParameterizedTest
  @CsvSource({"67, 1", "70, 0"})
  void twoDoorsAtOnceAreTwoPeople(int seconds, int expected) {
    world.with(
        pass(world.entry(at("08:00:00"), at("20:00:00")), List.of(), 0),
        world.card("v1", "north", at("09:00:00"), IN),
        world.card("v1", "south", at("09:00:00").plusSeconds(seconds), IN));
    assertThat(alerts()).hasSize(expected);
    if (expected == 1) {
      Alert alert = alerts().get(0);
      assertThat(alert.explanation().code()).isEqualTo("visitor-pass-misuse.two-doors");
      assertThat(alert.explanation().values()).containsEntry("taken", "67");
      assertThat(alert.evidence()).extracting(Evidence::place).containsExactly("north", "south");
      assertThat(alert.firstEventTime()).isEqualTo(at("09:00:00"));
      assertThat(alert.score()).isBetween(0.9, 0.99);
    }
  }

  @Test
  void doorsNearEachOtherOrOfUnknownDistanceAreNotCompared() {
    world.with(
        pass(world.entry(at("08:00:00"), at("20:00:00")), List.of(), 0),
        world.card("v1", "north", at("09:00:00"), IN),
        world.card("v1", "hall", at("09:00:01"), IN),
        world.card("v1", "nowhere", at("09:00:02"), IN),
        world.card("v1", "south", at("09:00:03"), IN));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aClockThatIsOffIsNoSecondVisitor() {
    world.with(
        new DeviceStatus(
            world.origin(COMMUNITY, "south", at("08:00:00")),
            DeviceStatus.State.ONLINE,
            "",
            List.of(),
            -120_000.0,
            null),
        pass(world.entry(at("08:00:00"), at("20:00:00")), List.of(), 0),
        world.card("v1", "north", at("09:00:00"), IN),
        world.card("v1", "south", at("09:00:10"), IN));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aClockThatNobodySetWidensWhatIsFeasible() {
    world.with(
        pass(world.entry(at("08:00:00"), at("20:00:00")), List.of(), 0),
        world.card("v1", "north", at("09:00:00"), IN),
        GateFixture.card(
            world.origin(COMMUNITY, "south", at("09:00:10"), ClockQuality.UNKNOWN),
            "v1",
            "",
            null,
            IN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void settingsOfACommunityHold() {
    world.with(
        pass(world.entry(at("08:00:00"), at("12:00:00")), List.of(), 0),
        world.card("v1", "north", at("12:10:00"), IN));
    SettingsBook settings =
        SettingsBook.of(
            new SettingsChange(
                "visitor-pass-misuse",
                Scope.COMMUNITY,
                COMMUNITY,
                Instant.EPOCH,
                Map.of("grace", "PT5M"),
                "test"));
    assertThat(alerts()).isEmpty();
    assertThat(GateFixture.alerts(CHAIN, settings, world.history())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      Instant time = at("00:00:00").plusSeconds(random.nextInt(5 * 86_400));
      String place = List.of("north", "south", "hall").get(random.nextInt(3));
      if (random.nextInt(6) == 0) {
        Instant from = time.plusSeconds(random.nextInt(86_400) - 43_200);
        Entry entry = world.recorded(time, from, from.plusSeconds(random.nextInt(86_400)));
        world.with(pass(entry, List.of(place), random.nextInt(4)));
      } else {
        world.with(world.card("v1", place, time, random.nextInt(4) == 0 ? OUT : IN));
      }
    }
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    assertThat(
            GateFixture.alerts(
                CHAIN, new SettingsBook(), GateFixture.disordered(world.history(), seed)))
        .isEqualTo(expected);
  }

  @Test
  void stateStaysSmallAndIsForgotten() {
    VisitorPassMisuse model = new VisitorPassMisuse(VisitorPassMisuse.Settings.DEFAULTS);
    Step<VisitorPassMisuse.State> step = Step.forget();
    for (int i = 0; i < 500; i++) {
      Instant time = at("00:00:00").plusSeconds(60L * i);
      step = model.onEvent("k", inContext(world.card("v1", "north", time, IN)), step.state());
      Entry entry = world.recorded(time, time, time.plusSeconds(600));
      step = model.onEvent("k", pass(entry, List.of(), 1), step.state());
    }
    assertThat(step.state()).isNotNull();
    assertThat(step.state().uses()).hasSize(32);
    assertThat(step.state().versions()).hasSize(8);
    assertThat(step.wakeAt()).isEqualTo(at("00:00:00").plusSeconds(60 * 499 + 600 + 30 * 86_400L));
    assertThat(model.onWake("k", at("00:00:00"), step.state()).state()).isNull();
  }

  @Test
  void aCredentialThatIsNoPassIsSoonForgotten() {
    VisitorPassMisuse model = new VisitorPassMisuse(VisitorPassMisuse.Settings.DEFAULTS);
    Step<VisitorPassMisuse.State> step =
        model.onEvent("k", inContext(world.card("c1", "north", at("09:00:00"), IN)), null);
    assertThat(step.wakeAt()).isEqualTo(at("10:00:00"));
  }

  private static PassageInContext inContext(AccessEvent use) {
    return new PassageInContext(use, Duration.ZERO, 2, use.time(), List.of());
  }

  private static Place gate(String id, @Nullable Position position) {
    return GateFixture.place(id, List.of(), List.of(), DoorSpec.NONE, List.of(), position);
  }

  private AccessEvent denied(String pass, String place, Instant time) {
    return world.denied(pass, place, time, IN, DenialReason.OTHER);
  }

  private static VisitorPass pass(Entry entry, List<String> places, int uses) {
    return new VisitorPass(entry, "v1", "p1", "u1", places, uses);
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(CHAIN, new SettingsBook(), world.history());
  }

  private List<String> codes() {
    return alerts().stream().map(alert -> alert.explanation().code()).toList();
  }
}
