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
import gatehouse.alert.Evidence;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.ModelRunner;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.SettingsChange.Scope;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Permit;
import gatehouse.registry.Vehicle;
import gatehouse.site.Zone;
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

class DriverMismatchTest {

  private static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(PlateNeighbourhood.entry(), GaragePresence.entry(), DriverMismatch.entry());

  private static final Zone ESTATE = Zone.open("estate");
  private static final String PLATE = "京A12345";

  /** Sixty days of daily life end here. */
  private static final int TODAY = 60;

  private final GateFixture world =
      new GateFixture()
          .with(
              known(place("gate", List.of(), List.of(ESTATE))),
              known(
                  place(
                      "garage-door",
                      List.of(ESTATE),
                      List.of(ESTATE, Zone.open("garage").usedAs(Zone.Use.GARAGE)))),
              known(place("b1-door", List.of(ESTATE), List.of(ESTATE, Zone.open("b1")))));

  @Test
  void aVehicleDeclaredParkedLeaves() {
    registered(false, at(-90, "00:00:00"), at("20:00:00"));
    registered(true, at("20:00:00"), null);
    read(at(1, "02:00:00"), Direction.OUT, List.of());
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("driver-mismatch.parked");
              assertThat(alert.severity()).isEqualTo(Severity.P3);
              assertThat(alert.audiences())
                  .containsExactlyInAnyOrder(Audience.RESIDENT, Audience.PROPERTY);
              assertThat(alert.subjects())
                  .containsExactly(
                      new Subject("plate", PLATE, "vehicle"),
                      new Subject("person", "owner", "owner"));
              assertThat(alert.score()).isEqualTo(0.8);
            });
  }

  @ParameterizedTest
  @CsvSource({"19:59:00, OUT, 0", "20:01:00, OUT, 1", "20:01:00, IN, 0", "20:01:00, UNKNOWN, 0"})
  void parkedCountsFromThenOnAndForDepartures(String time, Direction way, int expected) {
    registered(false, at(-90, "00:00:00"), at("20:00:00"));
    registered(true, at("20:00:00"), null);
    read(at(time), way, List.of());
    assertThat(alerts()).hasSize(expected);
  }

  @ParameterizedTest
  @CsvSource({"0.89, white, 0", "0.95, white, 1", "0.95, silver, 1", "0.95, red, 0"})
  void aMisreadPlateIsNoDeparture(double confidence, String colour, int expected) {
    registered(true, at(-9, "00:00:00"), null);
    world.with(read("gate", at("10:00:00"), Direction.OUT, confidence, colour, List.of()));
    assertThat(alerts()).hasSize(expected);
  }

  @ParameterizedTest
  @CsvSource({"9, 0", "0, 1"})
  void aNeighbourThatLooksTheSameAndPassesAtThatHourIsAnExplanation(int days, int expected) {
    registered(true, at(-9, "00:00:00"), null);
    world.with(
        new Vehicle(
            world.entry(at(-9, "00:00:00"), null),
            "京A1234S",
            null,
            null,
            "white",
            "car",
            "",
            "resident",
            false));
    for (int day = -days; day < 0; day++) {
      world.with(
          GateFixture.plate(
              world.origin(COMMUNITY, "gate", at(day, "10:00:00")),
              "京A1234S",
              Direction.OUT,
              0.99,
              "white",
              "car"));
    }
    world.with(read("gate", at("10:00:00"), Direction.OUT, 0.92, "white", List.of()));
    assertThat(alerts()).hasSize(expected);
  }

  @ParameterizedTest
  @CsvSource({"resident, 1", "'', 1", "visitor, 0", "service, 0"})
  void onlyResidentsVehicles(String subjectType, int expected) {
    world.with(
        new Vehicle(
            world.entry(at(-9, "00:00:00"), null),
            PLATE,
            null,
            null,
            "",
            "",
            "",
            subjectType,
            true));
    read(at("10:00:00"), Direction.OUT, List.of());
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void endingTheParkingLateTakesTheAlertBack() {
    registered(true, at(-9, "00:00:00"), null);
    read(at("10:00:00"), Direction.OUT, List.of());
    world.with(vehicle(at("11:00:00"), false, at("09:50:00"), null));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.RETRACTED);
              assertThat(alert.closing().code()).isEqualTo("driver-mismatch.owner-knew");
            });
  }

  @Test
  void endingTheParkingAfterwardsExplainsNothing() {
    registered(true, at(-9, "00:00:00"), null);
    read(at("10:00:00"), Direction.OUT, List.of());
    world.with(vehicle(at("11:00:00"), false, at("11:00:00"), null));
    assertThat(alerts()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({"9, 12, 9, 0", "9, 12, 15, RETRACTED", "12, 14, 15, CLOSED"})
  void theOwnersPermitLetsItGo(int from, int to, int recorded, String expected) {
    registered(true, at(-9, "00:00:00"), null);
    read(at("10:00:00"), Direction.OUT, List.of());
    world.with(
        new Permit(
            world.recorded(hour(recorded), hour(from), hour(to)),
            "lend-1",
            "vehicle-lending",
            List.of(PLATE),
            List.of()));
    assertThat(alerts().stream().map(alert -> alert.state().name()).toList())
        .isEqualTo(expected.equals("0") ? List.of() : List.of(expected));
  }

  @ParameterizedTest
  @CsvSource({"stranger, 1", "owner, 0", "spouse, 0"})
  void nobodyKnownAtAnUnusualHour(String occupant, int expected) {
    dailyLife(1, true);
    read(at(TODAY, "03:00:00"), Direction.OUT, List.of(occupant));
    assertThat(alerts())
        .hasSize(expected)
        .allSatisfy(
            alert -> {
              assertThat(alert.explanation().code())
                  .isEqualTo("driver-mismatch.nobody-known-no-garage");
              assertThat(alert.coverage()).isEqualTo(Coverage.ASSUMED);
              assertThat(alert.score()).isBetween(0.5, 1.0);
            });
  }

  @Test
  void oneKnownOccupantIsEnough() {
    dailyLife(1, true);
    read(at(TODAY, "03:00:00"), Direction.OUT, List.of("stranger", "spouse"));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void atAUsualHourAStrangerIsAFriend() {
    dailyLife(1, false);
    read(at(TODAY, "08:10:00"), Direction.OUT, List.of("friend"));
    assertThat(alerts()).isEmpty();
  }

  /** With somebody at the garage door a single surprise is left, and it is smaller. */
  @Test
  void somebodyOfTheUnitAtTheGarageDoorMakesItUsual() {
    dailyLife(1, true);
    read(at(TODAY, "03:00:00"), Direction.OUT, List.of("friend"));
    double before = surprise();
    garage(at(TODAY, "02:50:00"), "u1");
    assertThat(surprise()).isBetween(before - 1.11, before - 0.9);
  }

  /** Neither a face nor the garage door tells: the owner walks, and the vehicle leaves. */
  @ParameterizedTest
  @CsvSource({
    "07:50:00, gate, OUT, 1",
    "07:50:00, b1-door, IN, 0",
    "08:30:00, b1-door, IN, 1",
    "10:30:00, b1-door, IN, 0"
  })
  void itLeavesWhileWhoMostlyDrivesItIsOnFoot(
      String time, String place, Direction way, int expected) {
    dailyLife(0.9, true);
    onFoot(place, at(TODAY, time), way);
    read(at(TODAY, "08:10:00"), Direction.OUT, List.of());
    assertThat(alerts())
        .hasSize(expected)
        .allSatisfy(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("driver-mismatch.usual-elsewhere");
              assertThat(alert.firstEventTime()).isEqualTo(at(TODAY, "08:10:00"));
            });
  }

  @Test
  void theUsualDriverWhoComesHomeInItIsNotElsewhere() {
    dailyLife(0.9, true);
    read(at(TODAY, "08:10:00"), Direction.OUT, List.of());
    read(at(TODAY, "08:40:00"), Direction.IN, List.of());
    onFoot("b1-door", at(TODAY, "08:43:00"), Direction.IN);
    assertThat(alerts()).isEmpty();
  }

  private void onFoot(String place, Instant time, Direction way) {
    world.with(
        new AccessEvent(
            world.origin(COMMUNITY, place, time),
            "card-owner",
            CredentialType.CARD,
            "resident",
            "owner",
            "u1",
            way,
            Outcome.GRANTED,
            DenialReason.NONE,
            false,
            null));
  }

  private double surprise() {
    SettingsBook curious =
        SettingsBook.of(
            new SettingsChange(
                "driver-mismatch", Scope.CITY, "", Instant.EPOCH, Map.of("surprise", "1"), "test"));
    List<Alert> alerts = GateFixture.alerts(CHAIN, curious, world.history());
    return Double.parseDouble(alerts.get(alerts.size() - 1).explanation().values().get("surprise"));
  }

  @Test
  void anotherUnitOrAnotherDoorIsNoSignOfTheOwner() {
    dailyLife(1, true);
    garage(at(TODAY, "02:50:00"), "u2");
    access("b1-door", at(TODAY, "02:50:00"), "u1");
    read(at(TODAY, "03:00:00"), Direction.OUT, List.of("stranger"));
    assertThat(alerts())
        .extracting(alert -> alert.explanation().code())
        .containsExactly("driver-mismatch.nobody-known-no-garage");
  }

  @Test
  void whereFacesAreSeldomSeenNothingIsConcluded() {
    dailyLife(0.4, true);
    read(at(TODAY, "03:00:00"), Direction.OUT, List.of("stranger"));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void whatIsNotLearnedYetSaysNothing() {
    registered(false, at(-90, "00:00:00"), null);
    for (int day = 0; day < 9; day++) {
      read(at(day, "08:00:00"), Direction.OUT, List.of("owner"));
      read(at(day, "18:00:00"), Direction.IN, List.of("owner"));
    }
    read(at(10, "03:00:00"), Direction.OUT, List.of("stranger"));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aVehicleWithEverNewPassengersSurprisesNobody() {
    registered(false, at(-90, "00:00:00"), null);
    for (int day = 0; day < TODAY; day++) {
      read(at(day, "08:00:00"), Direction.OUT, List.of("driver-" + day));
      read(at(day, "18:00:00"), Direction.IN, List.of("guest-" + day));
    }
    read(at(TODAY, "03:00:00"), Direction.OUT, List.of("stranger"));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void onlyDeparturesAreJudged() {
    dailyLife(1, true);
    read(at(TODAY, "03:00:00"), Direction.IN, List.of("stranger"));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void settingsCount() {
    dailyLife(1, true);
    read(at(TODAY, "03:00:00"), Direction.OUT, List.of("stranger"));
    SettingsBook deaf =
        SettingsBook.of(
            new SettingsChange(
                "driver-mismatch", Scope.CITY, "", Instant.EPOCH, Map.of("surprise", "9"), "test"));
    assertThat(GateFixture.alerts(CHAIN, deaf, world.history())).isEmpty();
  }

  /**
   * Forty vehicles for sixty days; one face in twenty is not recognised, one trip in fifty late.
   */
  @Test
  void ordinaryLifeRaisesHardlyAFalseAlarm() {
    Random random = new Random(4);
    for (int car = 0; car < 40; car++) {
      String plate = "京B%05d".formatted(car * 1117 % 100_000);
      world.with(
          new Vehicle(
              world.entry(at(-90, "00:00:00"), null),
              plate,
              "o" + car,
              "unit-" + car,
              "white",
              "car",
              "",
              "resident",
              false));
      for (int day = 0; day < 60; day++) {
        Instant out = at(day, random.nextInt(50) == 0 ? "00:30:00" : "08:00:00");
        Instant leaves = out.plusSeconds(random.nextInt(3600));
        if (random.nextInt(10) > 0) {
          garage(leaves.minusSeconds(200), "unit-" + car);
        }
        for (Instant time :
            List.of(leaves, at(day, "18:00:00").plusSeconds(random.nextInt(9000)))) {
          String face = random.nextInt(20) == 0 ? "local-" + random.nextInt(1_000_000) : "o" + car;
          world.with(
              withOccupants(
                  GateFixture.plate(
                      world.origin(COMMUNITY, "gate", time),
                      plate,
                      time.equals(leaves) ? Direction.OUT : Direction.IN,
                      0.99,
                      "white",
                      "car"),
                  List.of(face)));
        }
      }
    }
    assertThat(alerts()).hasSizeLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theOrderOfArrivalDoesNotMatter(long seed) {
    Random random = new Random(seed);
    dailyLife(0.9, true);
    for (int i = 0; i < 60; i++) {
      Instant time = at(TODAY, "00:00:00").plusSeconds(random.nextInt(20 * 86_400));
      switch (random.nextInt(5)) {
        case 0 -> world.with(vehicle(time, random.nextBoolean(), time.minusSeconds(3000), null));
        case 1 -> garage(time, "u1");
        default ->
            read(
                time,
                random.nextInt(3) == 0 ? Direction.IN : Direction.OUT,
                List.of("s" + random.nextInt(50)));
      }
    }
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
    ModelRunner<Fact, DriverMismatch.State, DriverMismatch.Settings> runner =
        new ModelRunner<>(DriverMismatch.entry(), new SettingsBook());
    String key = COMMUNITY + "|" + PLATE;
    DriverMismatch.State state = null;
    for (int i = 0; i < 1000; i++) {
      Instant time = at("00:00:00").plusSeconds(1800L * i);
      Fact fact =
          i % 5 == 0
              ? vehicle(time, true, time, null)
              : i % 5 == 1
                  ? new UnitAtGarage(
                      "g" + i,
                      COMMUNITY,
                      time,
                      Evidence.of(world.plate(PLATE, "gate", time, Direction.OUT, 1), "x"),
                      List.of(PLATE))
                  : new PlateReadInContext(
                      read("gate", time, Direction.OUT, 0.99, "white", List.of("p" + i)),
                      0,
                      "",
                      0,
                      Duration.ZERO,
                      2,
                      "resident",
                      9,
                      Direction.IN,
                      time);
      state =
          runner
              .onEvent(
                  key, fact, state, ModelRunner.scope(fact, new SettingsBook.ScopePath("", "", "")))
              .state();
      assertThat(state.history().known()).hasSizeLessThanOrEqualTo(16);
      assertThat(state.vehicles()).hasSizeLessThanOrEqualTo(4);
      assertThat(state.told()).hasSizeLessThanOrEqualTo(4);
    }
  }

  /** Owner and spouse drive daily until {@link #TODAY}. */
  private void dailyLife(double facesSeen, boolean garageUsed) {
    registered(false, at(-90, "00:00:00"), null);
    Random random = new Random(3);
    for (int day = 0; day < TODAY; day++) {
      for (String time : List.of("08:00:00", "14:00:00")) {
        Instant out = at(day, time).plusSeconds(random.nextInt(1500));
        if (garageUsed) {
          garage(out.minusSeconds(300), "u1");
        }
        String who = random.nextInt(3) == 0 ? "spouse" : "owner";
        boolean seen = random.nextDouble() < facesSeen;
        read(out, Direction.OUT, seen ? List.of(who) : List.of());
        read(out.plusSeconds(9000), Direction.IN, seen ? List.of(who) : List.of());
      }
    }
  }

  private void registered(boolean parked, Instant from, @Nullable Instant to) {
    world.with(vehicle(from, parked, from, to));
  }

  private Vehicle vehicle(Instant recordedAt, boolean parked, Instant from, @Nullable Instant to) {
    return new Vehicle(
        world.recorded(recordedAt, from, to),
        PLATE,
        "owner",
        "u1",
        "white",
        "car",
        "",
        "resident",
        parked);
  }

  private void garage(Instant time, String unit) {
    access("garage-door", time, unit);
  }

  private void access(String door, Instant time, String unit) {
    world.with(
        new AccessEvent(
            world.origin(COMMUNITY, door, time),
            "card-" + unit,
            CredentialType.CARD,
            "resident",
            null,
            unit,
            Direction.IN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false,
            null));
  }

  private void read(Instant time, Direction way, List<String> occupants) {
    world.with(read("gate", time, way, 0.99, "white", occupants));
  }

  private PlateRead read(
      String gate,
      Instant time,
      Direction way,
      double confidence,
      String colour,
      List<String> occupants) {
    return withOccupants(
        GateFixture.plate(
            world.origin(COMMUNITY, gate, time), PLATE, way, confidence, colour, "car"),
        occupants);
  }

  private static PlateRead withOccupants(PlateRead read, List<String> occupants) {
    return new PlateRead(
        read.origin(),
        read.plate(),
        read.plateRaw(),
        read.confidence(),
        read.characterConfidence(),
        read.plateColour(),
        read.vehicleColour(),
        read.vehicleType(),
        read.brand(),
        read.lane(),
        read.direction(),
        read.outcome(),
        occupants,
        read.image());
  }

  private static Instant hour(int hour) {
    return at("00:00:00").plus(Duration.ofHours(hour));
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(CHAIN, new SettingsBook(), world.history());
  }
}
