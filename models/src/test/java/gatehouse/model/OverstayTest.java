package gatehouse.model;

import static gatehouse.fixture.GateFixture.COMMUNITY;
import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.known;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.FactOrder;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.ModelRunner;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.SettingsChange.Scope;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Permit;
import gatehouse.registry.Vehicle;
import gatehouse.registry.VisitorPass;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
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
import org.junit.jupiter.params.provider.ValueSource;

class OverstayTest {

  private static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(PlateNeighbourhood.entry(), Overstay.entry());

  private static final Zone ESTATE = Zone.open("estate");
  private static final Zone HOUSE = Zone.open("b1");
  private static final Zone BAY =
      new Zone(
          "bay", "Loading bay", Zone.AntiPassback.NONE, null, false, 0, Duration.ofMinutes(30));

  private static final List<PlaceEntry> SITE =
      List.of(
          entry("gate", Place.Kind.VEHICLE_GATE, List.of(), List.of(ESTATE)),
          entry("back", Place.Kind.VEHICLE_GATE, List.of(), List.of(ESTATE)),
          entry("foot", Place.Kind.TURNSTILE, List.of(), List.of(ESTATE)),
          entry("b1-door", Place.Kind.DOOR, List.of(ESTATE), List.of(ESTATE, HOUSE)),
          entry("garage-cam", Place.Kind.CAMERA, List.of(), List.of(ESTATE)),
          entry("bay-gate", Place.Kind.VEHICLE_GATE, List.of(ESTATE), List.of(ESTATE, BAY)));

  private static final String GUEST = "京V77777";

  private final GateFixture world = new GateFixture().with(SITE.toArray(PlaceEntry[]::new));

  @Test
  void aPassThatEndedAnHourAgo() {
    exitsAreRead();
    pass("qr-1", at("09:00:00"), at("11:00:00"));
    person("qr-1", "foot", at("09:30:00"), Direction.IN, "");
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("overstay.beyond-limit");
              assertThat(alert.explanation().values())
                  .containsEntry("lasted", "2 h")
                  .containsEntry("limit", "2 h");
              assertThat(alert.detectedAt()).isEqualTo(at("12:00:00"));
              assertThat(alert.firstEventTime()).isEqualTo(at("09:30:00"));
              assertThat(alert.severity()).isEqualTo(Severity.P4);
              assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
              assertThat(alert.subjects())
                  .containsExactly(new Subject("credential", "qr-1", "visitor"));
              assertThat(alert.coverage()).isEqualTo(Coverage.ASSUMED);
            });
  }

  @ParameterizedTest
  @CsvSource({"11:59:00, 0", "12:30:00, 1"})
  void leavingClosesIt(String leaves, int expected) {
    exitsAreRead();
    pass("qr-1", at("09:00:00"), at("11:00:00"));
    person("qr-1", "foot", at("09:30:00"), Direction.IN, "");
    person("qr-1", "foot", at(leaves), Direction.OUT, "");
    assertThat(alerts()).hasSize(expected);
    assertThat(alerts())
        .allSatisfy(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
              assertThat(alert.closedAt()).isEqualTo(at(leaves));
              assertThat(alert.closing().code()).isEqualTo("overstay.has-left");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "courier, 59, 0", "courier, 61, 1", "contractor, 719, 0", "contractor, 721, 1",
    "visitor, 719, 0", "visitor, 721, 1", "resident, 5000, 0", "staff, 5000, 0"
  })
  void theRoleLimitsTheStay(String subjectType, int minutes, int expected) {
    exitsAreRead();
    person("c-1", "foot", at("09:00:00"), Direction.IN, subjectType);
    person(
        "c-1",
        "foot",
        at("09:00:00").plus(Duration.ofMinutes(minutes)),
        Direction.OUT,
        subjectType);
    assertThat(alerts()).hasSize(expected);
  }

  @ParameterizedTest
  @CsvSource({"23, 0", "25, 1"})
  void aVehicleThatIsNotRegisteredMayStayADay(int hours, int expected) {
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    car(GUEST, "back", at("09:00:00").plus(Duration.ofHours(hours)), Direction.OUT);
    assertThat(alerts()).hasSize(expected);
  }

  @ParameterizedTest
  @CsvSource({"resident, 0", "'', 0", "visitor, 1", "contractor, 1"})
  void aVehicleStaysAsItIsRegistered(String subjectType, int expected) {
    exitsAreRead();
    vehicle(GUEST, subjectType, at(-9, "00:00:00"), at(-9, "00:00:00"), null);
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void anAbandonedVehicleBecomesMoreUrgent() {
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("overstay.abandoned");
              assertThat(alert.severity()).isEqualTo(Severity.P2);
              assertThat(alert.lastEventTime()).isEqualTo(at(14, "09:00:00"));
            });
    car(GUEST, "gate", at(8, "09:00:00"), Direction.OUT);
    assertThat(alerts()).extracting(Alert::severity).containsExactly(Severity.P3);
  }

  @Test
  void whereNoExitWasEverReadSilenceSaysNothing() {
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void whereExitsGoUnreadSilenceSaysNothing() {
    residents(0.05);
    car(GUEST, "gate", at(12, "09:00:00"), Direction.IN);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void whereExitsAreReadSilenceSpeaks() {
    residents(0);
    car(GUEST, "gate", at(12, "09:00:00"), Direction.IN);
    assertThat(alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.score()).isGreaterThan(0.8));
  }

  @Test
  void seenInsideAfterTheLimitIsProof() {
    residents(0.05);
    car(GUEST, "gate", at(12, "09:00:00"), Direction.IN);
    car(GUEST, "garage-cam", at(12, "20:00:00"), Direction.UNKNOWN);
    assertThat(alerts()).isEmpty();
    car(GUEST, "garage-cam", at(13, "10:00:00"), Direction.UNKNOWN);
    car(GUEST, "gate", at(14, "10:00:00"), Direction.OUT);
    assertThat(alerts())
        .extracting(Alert::detectedAt, alert -> alert.explanation().code(), Alert::severity)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                at(13, "10:00:00"), "overstay.seen-inside", Severity.P3));
  }

  @Test
  void aPassUsedAtADoorInsideAfterItsEndIsProof() {
    residents(0.05);
    pass("qr-1", at("09:00:00"), at("11:00:00"));
    person("qr-1", "foot", at("09:30:00"), Direction.IN, "");
    person("qr-1", "b1-door", at("13:00:00"), Direction.IN, "");
    assertThat(alerts())
        .extracting(alert -> alert.explanation().code())
        .containsExactly("overstay.seen-inside");
  }

  @Test
  void leavingAfterTheLimitIsProof() {
    residents(0.05);
    car(GUEST, "gate", at(12, "09:00:00"), Direction.IN);
    car(GUEST, "gate", at(20, "09:00:00"), Direction.OUT);
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("overstay.left-late");
              assertThat(alert.firstEventTime()).isEqualTo(at(12, "09:00:00"));
              assertThat(alert.closedAt()).isEqualTo(at(20, "09:00:00"));
            });
  }

  @Test
  void comingInAgainTakesAnAlertBySilenceBack() {
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    car(GUEST, "gate", at(3, "09:00:00"), Direction.IN);
    car(GUEST, "gate", at(3, "10:00:00"), Direction.OUT);
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.RETRACTED);
              assertThat(alert.closing().code()).isEqualTo("overstay.came-again");
            });
  }

  @Test
  void twoReadsOfOneEntryAreOne() {
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    car(GUEST, "gate", at("09:00:20"), Direction.IN);
    assertThat(alerts()).extracting(Alert::firstEventTime).containsExactly(at("09:00:00"));
  }

  @ParameterizedTest
  @CsvSource({
    "京V77771, white, car, 0",
    "京V7777, white, car, 0",
    "京V77771, silver, car, 0",
    "京V77771, '', '', 0",
    "京V77771, red, car, 1",
    "京V77771, white, truck, 1",
    "京V77122, white, car, 1"
  })
  void aPlateMisreadAtTheExitClosesTheVisit(String read, String colour, String type, int expected) {
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    world.with(read(read, "back", at("10:00:00"), Direction.OUT, 0.85, colour, type));
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void aResidentOneEditAwayThatWasInsideLeavesForItself() {
    exitsAreRead();
    vehicle("京V77771", "resident", at(-9, "00:00:00"), at(-9, "00:00:00"), null);
    car("京V77771", "gate", at("08:00:00"), Direction.IN);
    world.with(read(GUEST, "gate", at("09:00:00"), Direction.IN, 0.99, "red", "car"));
    world.with(read("京V77771", "gate", at("10:00:00"), Direction.OUT, 0.99, "", ""));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aResidentOneEditAwayThatWasOutsideIsTheVisitor() {
    exitsAreRead();
    vehicle("京V77771", "resident", at(-9, "00:00:00"), at(-9, "00:00:00"), null);
    car("京V77771", "gate", at("08:00:00"), Direction.OUT);
    world.with(read(GUEST, "gate", at("09:00:00"), Direction.IN, 0.99, "red", "car"));
    world.with(read("京V77771", "gate", at("10:00:00"), Direction.OUT, 0.99, "", ""));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aResidentMisreadAtTheEntranceIsNoVisitor() {
    exitsAreRead();
    vehicle("京V77771", "resident", at(-9, "00:00:00"), at(-9, "00:00:00"), null);
    for (int day = 0; day < 9; day++) {
      car("京V77771", "gate", at(day, "08:00:00"), Direction.OUT);
      car("京V77771", "gate", at(day, "18:00:00"), Direction.IN);
    }
    car("京V77771", "gate", at(9, "08:00:00"), Direction.OUT);
    world.with(read(GUEST, "gate", at(9, "18:00:00"), Direction.IN, 0.95, "white", "car"));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aDoubtfulReadOpensNoVisit() {
    exitsAreRead();
    world.with(read(GUEST, "gate", at("09:00:00"), Direction.IN, 0.89, "white", "car"));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aVehicleThatLooksTheSameLeftUnread() {
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    world.with(read("无牌", "gate", at("10:00:00"), Direction.OUT, 0.3, "white", "car"));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aGateThatWasCutOffSaysNothing() {
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    world.with(world.status("back", at("12:00:00"), DeviceStatus.State.OFFLINE));
    world.with(world.status("back", at("13:00:00"), DeviceStatus.State.ONLINE));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aGateThatDeviceHealthFoundBlindSaysNothing() {
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    world.with(
        new DeviceHealth(
            "h",
            COMMUNITY,
            at("12:00:00"),
            "back-reader",
            SITE.get(1).place(),
            false,
            Duration.ZERO,
            Duration.ofSeconds(2)));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aHealthyBorderIsFullCoverage() {
    world.with(world.status("back", at("07:00:00"), DeviceStatus.State.ONLINE));
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    assertThat(alerts()).extracting(Alert::coverage).containsExactly(Coverage.FULL);
  }

  @Test
  void aResidentsVehicleThatIsNotRegisteredIsNoVisitor() {
    exitsAreRead();
    for (int day = 0; day < 8; day++) {
      car(GUEST, "gate", at(day, "08:00:00"), Direction.OUT);
      car(GUEST, "gate", at(day, "18:00:00"), Direction.IN);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void theZoneLimitsTheStayOfAnybody() {
    exitsAreRead();
    vehicle(GUEST, "resident", at(-9, "00:00:00"), at(-9, "00:00:00"), null);
    car(GUEST, "bay-gate", at("09:00:00"), Direction.IN);
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.detectedAt()).isEqualTo(at("09:30:00"));
              assertThat(alert.explanation().values()).containsEntry("area", "Loading bay");
            });
    car(GUEST, "bay-gate", at("09:20:00"), Direction.OUT);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void somewhereElseMeansOutOfTheZone() {
    exitsAreRead();
    vehicle(GUEST, "resident", at(-9, "00:00:00"), at(-9, "00:00:00"), null);
    car(GUEST, "bay-gate", at("09:00:00"), Direction.IN);
    car(GUEST, "gate", at("09:25:00"), Direction.OUT);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aDeniedEntryOpensNoVisit() {
    exitsAreRead();
    world.with(
        new AccessEvent(
            world.origin(COMMUNITY, "foot", at("09:00:00")),
            "qr-9",
            CredentialType.QR,
            "visitor",
            null,
            null,
            Direction.IN,
            Outcome.DENIED,
            DenialReason.EXPIRED,
            false,
            null));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aPassThatIsExtendedInTimeIsNoOverstay() {
    exitsAreRead();
    pass("qr-1", at("09:00:00"), at("11:00:00"));
    person("qr-1", "foot", at("09:30:00"), Direction.IN, "");
    renewed("qr-1", at("10:30:00"), at("09:00:00"), at("18:00:00"));
    person("qr-1", "foot", at("17:30:00"), Direction.OUT, "");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aPassThatIsExtendedLateTakesTheAlertBack() {
    exitsAreRead();
    pass("qr-1", at("09:00:00"), at("11:00:00"));
    person("qr-1", "foot", at("09:30:00"), Direction.IN, "");
    person("qr-1", "foot", at("15:00:00"), Direction.OUT, "");
    renewed("qr-1", at("16:00:00"), at("09:00:00"), at("18:00:00"));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.RETRACTED);
              assertThat(alert.closing().code()).isEqualTo("overstay.explained-afterwards");
            });
  }

  @Test
  void anExtendedPassIsJudgedAgainAtItsNewEnd() {
    exitsAreRead();
    pass("qr-1", at("09:00:00"), at("11:00:00"));
    person("qr-1", "foot", at("09:30:00"), Direction.IN, "");
    renewed("qr-1", at("12:30:00"), at("09:00:00"), at("18:00:00"));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isNotEqualTo(AlertState.RETRACTED);
              assertThat(alert.lastEventTime()).isEqualTo(at("19:00:00"));
            });
  }

  @Test
  void aVehicleThatIsRegisteredLateTakesTheAlertBack() {
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    vehicle(GUEST, "resident", at(3, "09:00:00"), at(-1, "00:00:00"), null);
    assertThat(alerts()).extracting(Alert::state).containsExactly(AlertState.RETRACTED);
  }

  @Test
  void registeredFromLaterOnExplainsNothing() {
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    vehicle(GUEST, "resident", at(3, "09:00:00"), at(3, "09:00:00"), null);
    assertThat(alerts()).extracting(Alert::state).containsExactly(AlertState.OPEN);
  }

  @Test
  void aPermitForTheVisitorMovesTheLimit() {
    exitsAreRead();
    world.with(
        new Permit(
            world.entry(at("08:00:00"), at(4, "18:00:00")),
            "w-1",
            "work",
            List.of(GUEST),
            List.of()));
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    assertThat(alerts()).extracting(Alert::detectedAt).containsExactly(at(4, "18:00:00"));
  }

  @Test
  void whoLeavesWithoutHavingComeIn() {
    residents(0);
    car(GUEST, "gate", at(10, "09:00:00"), Direction.OUT);
    assertThat(alerts())
        .extracting(alert -> alert.explanation().code(), Alert::severity)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("overstay.exit-without-entry", Severity.P4));
  }

  @ParameterizedTest
  @CsvSource({"0.05, 10", "0, 3"})
  void isNotToldWhereEntriesGoUnreadOrTheBorderIsWatchedForTooShort(double missed, int day) {
    residents(missed);
    car(GUEST, "gate", at(day, "09:00:00"), Direction.OUT);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void settingsCount() {
    exitsAreRead();
    car(GUEST, "gate", at("09:00:00"), Direction.IN);
    car(GUEST, "gate", at("12:00:00"), Direction.OUT);
    assertThat(alerts(Map.of("visitorVehicle", "PT2H"))).hasSize(1);
  }

  @Test
  void communitiesAreApart() {
    exitsAreRead();
    world.with(
        GateFixture.plate(
            world.origin("oak", "gate", at("09:00:00")),
            GUEST,
            Direction.IN,
            0.99,
            "white",
            "car"));
    assertThat(alerts()).isEmpty();
  }

  /**
   * Thirty days at a gate that misses 2 of 100 passages and misreads 1 of 100: 100 residents' cars,
   * 20 visitors a day, one of them in ten days stays for three days.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aNoisyGateRaisesHardlyAFalseAlarm(long seed) {
    Random random = new Random(seed);
    List<String> overstayers = ordinaryLife(random, 0.02, 0.01, 30);
    List<Alert> alerts = alerts();
    List<String> told =
        alerts.stream()
            .filter(alert -> alert.state() != AlertState.RETRACTED)
            .map(alert -> alert.subjects().get(0).id())
            .toList();
    assertThat(told).containsAll(overstayers);
    assertThat(told.size() - overstayers.size()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theOrderOfArrivalDoesNotMatter(long seed) {
    chaos(new Random(seed), 400);
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    for (int order = 0; order < 3; order++) {
      assertThat(
              GateFixture.alerts(
                  CHAIN,
                  new SettingsBook(),
                  GateFixture.disordered(world.history(), seed * 31 + order)))
          .isEqualTo(expected);
    }
  }

  @Test
  void theStateStaysSmall() {
    SiteMap site = new SiteMap();
    SITE.forEach(site::add);
    ModelRunner<Fact, StayState, StaySettings> runner =
        new ModelRunner<>(Overstay.entry(), new SettingsBook());
    Random random = new Random(5);
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      Instant time = at("00:00:00").plusSeconds(60L * i);
      PlateRead read =
          read("京W%05d".formatted(i), "gate", time, Direction.IN, 0.99, "white", "car");
      facts.add(
          new PlateReadInContext(
              (PlateRead) site.complete(read),
              0,
              "",
              0,
              Duration.ZERO,
              2,
              null,
              0,
              Direction.UNKNOWN,
              null));
      if (random.nextInt(3) == 0) {
        facts.add(visitorPass("qr-" + i, time, time, time.plusSeconds(3600)));
      }
    }
    facts.sort(FactOrder.INSTANCE);
    StayState state = null;
    for (Fact fact : facts) {
      state =
          runner
              .onEvent(
                  COMMUNITY,
                  fact,
                  state,
                  ModelRunner.scope(fact, new SettingsBook.ScopePath("", "", "")))
              .state();
    }
    assertThat(state.visits()).hasSize(500);
    assertThat(state.registry().passes()).hasSizeLessThanOrEqualTo(2000);
  }

  @Test
  void passesThatAreOverAreForgotten() {
    ModelRunner<Fact, StayState, StaySettings> runner =
        new ModelRunner<>(Overstay.entry(), new SettingsBook());
    StayState state = null;
    for (int day = 0; day < 100; day++) {
      Instant time = at(day, "09:00:00");
      Fact pass = visitorPass("qr-" + day, time, time, time.plusSeconds(3600));
      state =
          runner
              .onEvent(
                  COMMUNITY,
                  pass,
                  state,
                  ModelRunner.scope(pass, new SettingsBook.ScopePath("", "", "")))
              .state();
    }
    assertThat(state.registry().passes()).hasSizeLessThanOrEqualTo(5);
  }

  private List<String> ordinaryLife(Random random, double missed, double misread, int days) {
    for (int i = 0; i < 100; i++) {
      String plate = "京R%05d".formatted(i * 931 % 100_000);
      vehicle(plate, "resident", at(-90, "00:00:00"), at(-90, "00:00:00"), null);
      for (int day = 0; day < days; day++) {
        seen(
            random,
            missed,
            misread,
            plate,
            at(day, "08:00:00").plusSeconds(random.nextInt(3600)),
            Direction.OUT);
        seen(
            random,
            missed,
            misread,
            plate,
            at(day, "18:00:00").plusSeconds(random.nextInt(3600)),
            Direction.IN);
      }
    }
    List<String> overstayers = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      for (int i = 0; i < 20; i++) {
        String plate = "京S%05d".formatted(random.nextInt(100_000));
        boolean over = day % 10 == 5 && i == 0;
        Instant in = at(day, "09:00:00").plusSeconds(random.nextInt(36_000));
        Instant out =
            in.plus(over ? Duration.ofDays(3) : Duration.ofMinutes(20 + random.nextInt(240)));
        if (over) {
          overstayers.add(plate);
        }
        seen(random, over ? 0 : missed, over ? 0 : misread, plate, in, Direction.IN);
        seen(random, over ? 0 : missed, over ? 0 : misread, plate, out, Direction.OUT);
      }
    }
    return overstayers;
  }

  private void seen(
      Random random, double missed, double misread, String plate, Instant time, Direction way) {
    if (random.nextDouble() < missed) {
      return;
    }
    boolean wrong = random.nextDouble() < misread;
    String read = plate;
    if (wrong) {
      int at = 2 + random.nextInt(5);
      read = plate.substring(0, at) + random.nextInt(10) + plate.substring(at + 1);
    }
    world.with(read(read, "gate", time, way, wrong ? 0.93 : 0.98, "white", "car"));
  }

  private void chaos(Random random, int events) {
    exitsAreRead();
    for (int i = 0; i < events; i++) {
      Instant time = at("08:00:00").plusSeconds(random.nextInt(20 * 86_400));
      String[] gates = {"gate", "back", "garage-cam", "bay-gate"};
      Direction way = Direction.values()[random.nextInt(3)];
      switch (random.nextInt(8)) {
        case 0 -> person("qr-" + random.nextInt(6), "foot", time, way, "visitor");
        case 1 -> pass("qr-" + random.nextInt(6), time, time.plusSeconds(random.nextInt(90_000)));
        case 2 ->
            vehicle(
                "京V7777" + random.nextInt(8),
                random.nextBoolean() ? "resident" : "visitor",
                time,
                time.minusSeconds(random.nextInt(200_000)),
                null);
        case 3 ->
            world.with(
                world.status(
                    "gate",
                    time,
                    random.nextInt(4) == 0
                        ? DeviceStatus.State.OFFLINE
                        : DeviceStatus.State.ONLINE));
        default ->
            world.with(
                read(
                    "京" + (char) ('A' + random.nextInt(8)) + "7777" + random.nextInt(3),
                    gates[random.nextInt(4)],
                    time,
                    way,
                    0.85 + random.nextDouble() * 0.15,
                    random.nextBoolean() ? "white" : "red",
                    "car"));
      }
    }
  }

  /** Somebody else leaves, so it is known that exits are read. */
  private void exitsAreRead() {
    person("other", "foot", at(-1, "08:00:00"), Direction.OUT, "visitor");
    world.with(read("京Z00000", "gate", at(-1, "08:00:00"), Direction.OUT, 0.99, "green", "bus"));
  }

  /** Fifty residents' cars come and go for ten days. */
  private void residents(double missed) {
    exitsAreRead();
    Random random = new Random(9);
    for (int i = 0; i < 50; i++) {
      String plate = "京R%05d".formatted(i * 1111 % 100_000);
      vehicle(plate, "resident", at(-90, "00:00:00"), at(-90, "00:00:00"), null);
      for (int day = 0; day < 10; day++) {
        seen(random, missed, 0, plate, at(day, "08:00:00").plusSeconds(i), Direction.OUT);
        seen(random, missed, 0, plate, at(day, "18:00:00").plusSeconds(i), Direction.IN);
      }
    }
  }

  private void person(
      String credential, String place, Instant time, Direction way, String subjectType) {
    world.with(
        GateFixture.card(
            world.origin(COMMUNITY, place, time),
            credential,
            subjectType,
            null,
            way,
            Outcome.GRANTED,
            DenialReason.NONE,
            false));
  }

  private void car(String plate, String place, Instant time, Direction way) {
    world.with(read(plate, place, time, way, 0.99, "white", "car"));
  }

  private PlateRead read(
      String plate,
      String place,
      Instant time,
      Direction way,
      double confidence,
      String colour,
      String type) {
    return GateFixture.plate(
        world.origin(COMMUNITY, place, time), plate, way, confidence, colour, type);
  }

  private void pass(String pass, Instant from, Instant to) {
    world.with(visitorPass(pass, from, from, to));
  }

  private void renewed(String pass, Instant recordedAt, Instant from, Instant to) {
    world.with(visitorPass(pass, recordedAt, from, to));
  }

  private VisitorPass visitorPass(String pass, Instant recordedAt, Instant from, Instant to) {
    return new VisitorPass(world.recorded(recordedAt, from, to), pass, "host", "u1", List.of(), 0);
  }

  private void vehicle(
      String plate, String subjectType, Instant recordedAt, Instant from, @Nullable Instant to) {
    world.with(
        new Vehicle(
            world.recorded(recordedAt, from, to),
            plate,
            "owner",
            "u1",
            "white",
            "car",
            "",
            subjectType,
            false));
  }

  private static PlaceEntry entry(String id, Place.Kind kind, List<Zone> from, List<Zone> to) {
    return known(
        new Place(id, kind, "", "", "", "UTC", from, to, null, DoorSpec.NONE, List.of(), Map.of()));
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(CHAIN, new SettingsBook(), world.history());
  }

  private List<Alert> alerts(Map<String, String> settings) {
    return GateFixture.alerts(
        CHAIN,
        SettingsBook.of(
            new SettingsChange("overstay", Scope.CITY, "", Instant.EPOCH, settings, "test")),
        world.history());
  }
}
