package gatehouse.model;

import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.known;
import static gatehouse.fixture.GateFixture.place;
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
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.PlateRead;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Entry;
import gatehouse.registry.Vehicle;
import gatehouse.registry.WatchOrder;
import gatehouse.site.DoorSpec;
import gatehouse.site.PlaceEntry;
import gatehouse.site.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClonedPlateTest {

  static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(PlateNeighbourhood.entry(), ClonedPlate.entry());

  private static final String PLATE = "京A12345";
  private static final String WEST = "maple";
  private static final String EAST = "oak";

  /** West and east are 40 km apart: at 90 km/h on a road 1.3 times as long, 35 minutes. */
  private final GateFixture world =
      new GateFixture()
          .with(gate(WEST, "gate", 0), gate(WEST, "back", 500), gate(EAST, "gate", 40));

  @Test
  void twoIndependentInfeasibleLinksAreAnAlertForThePolice() {
    registered(PLATE, "resident");
    link(0, "white", "white");
    assertThat(alerts()).isEmpty();
    link(1, "white", "black");
    link(2, "white", "black");
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("cloned-plate.infeasible");
              assertThat(alert.explanation().values())
                  .containsEntry("taken", "300")
                  .containsEntry("least", "2080")
                  .containsEntry("margin", "1468");
              assertThat(alert.audiences()).containsExactly(Audience.POLICE);
              assertThat(alert.severity()).isEqualTo(Severity.P2);
              assertThat(alert.subjects())
                  .contains(new Subject("person", "owner-of-" + PLATE, "possible-victim"));
              assertThat(alert.detectedAt()).isBefore(at(2, "23:00:00"));
              assertThat(alert.evidence()).hasSizeGreaterThanOrEqualTo(4);
            });
  }

  @Test
  void linksOfTheSameHourCountOnce() {
    registered(PLATE, "resident");
    for (int i = 0; i < 6; i++) {
      Instant time = at("09:00:00").plusSeconds(600L * i);
      world.with(
          read(WEST, "gate", time, "white", 0.99),
          read(EAST, "gate", time.plusSeconds(300), "black", 0.99));
    }
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1800, 0", "1700, 1"})
  void aWayThatCanBeMadeIsNoLink(int seconds, int expected) {
    registered(PLATE, "resident");
    for (int day = 0; day < 4; day++) {
      world.with(
          read(WEST, "gate", at(day, "09:00:00"), "white", 0.999),
          read(EAST, "gate", at(day, "09:00:00").plusSeconds(seconds), "black", 0.999));
    }
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void doubtfulReadsProveNothing() {
    for (int day = 0; day < 6; day++) {
      link(day, "white", "black", 0.89);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void fourOfFiveIsEnoughWhereTheVehicleLooksAsRegistered() {
    registered(PLATE, "resident");
    for (int day = 0; day < 12; day++) {
      link(day, "white", "white", 0.89);
    }
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void anUnknownWayProvesNothing() {
    world.with(known("elm", place("gate", List.of(), List.of())));
    for (int day = 0; day < 4; day++) {
      world.with(
          read(WEST, "gate", at(day, "09:00:00"), "white", 0.999),
          read("elm", "gate", at(day, "09:00:10"), "black", 0.999));
    }
    assertThat(alerts()).isEmpty();
  }

  /** The neighbour's plate is dirty: at the east gate 8 is read for B, again and again. */
  @Test
  void aResidentThatIsMisreadDailyIsNoClone() {
    String neighbour = "京ABB345";
    String victim = "京A8B345";
    world.with(
        new Vehicle(
            entry(EAST, "n", at(-90, "00:00:00")),
            neighbour,
            null,
            null,
            "black",
            "car",
            "",
            "resident",
            false));
    for (int day = 0; day < 20; day++) {
      world.with(
          GateFixture.plate(
              world.origin(EAST, "gate", at(day, "07:00:00")),
              neighbour,
              Direction.OUT,
              0.97,
              "black",
              "car"),
          GateFixture.plate(
              world.origin(WEST, "gate", at(day, "17:58:00")),
              victim,
              Direction.IN,
              0.97,
              "white",
              "car"),
          GateFixture.plate(
              world.origin(EAST, "gate", at(day, "18:00:00")),
              day % 3 == 0 ? victim : neighbour,
              Direction.IN,
              0.93,
              "black",
              "car"));
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aClockThatIsOffByMinutesExplainsIt() {
    for (int day = 0; day < 6; day++) {
      world.with(
          read(WEST, "gate", at(day, "09:00:00"), "white", 0.999),
          GateFixture.plate(
              world.origin(WEST, "back", at(day, "08:58:00"), ClockQuality.SKEWED),
              PLATE,
              Direction.IN,
              0.999,
              "black",
              "car"));
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aReportedClockOffsetIsTakenOff() {
    registered(PLATE, "resident");
    DeviceStatus fastByHalfAnHour =
        new DeviceStatus(
            world.origin(EAST, "gate", at(-1, "00:00:00")),
            DeviceStatus.State.ONLINE,
            "",
            List.of(),
            1_800_000.0,
            null);
    for (int day = 0; day < 4; day++) {
      // Really at 09:00 in the west and 09:40 in the east, whose clock says 10:10; back at 10:20.
      world.with(
          read(WEST, "gate", at(day, "09:00:00"), "white", 0.999),
          read(EAST, "gate", at(day, "10:10:00"), "white", 0.999),
          read(WEST, "gate", at(day, "10:20:00"), "white", 0.999));
    }
    assertThat(alerts()).hasSize(1);
    world.with(fastByHalfAnHour);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aStoredReadThatIsSentAgainProvesNothing() {
    for (int day = 0; day < 6; day++) {
      world.with(
          read(WEST, "gate", at(day, "09:00:00"), "white", 0.999),
          GateFixture.plate(
              world.origin(EAST, "gate", at(day, "09:05:00"), ClockQuality.BUFFERED),
              PLATE,
              Direction.IN,
              0.999,
              "black",
              "car"));
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aTowedOrTrialVehicleIsNoClone() {
    registered(PLATE, "tow-truck");
    for (int day = 0; day < 6; day++) {
      link(day, "white", "black");
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void whatIsRegisteredLaterTakesTheAlertBack() {
    for (int day = 0; day < 4; day++) {
      link(day, "white", "black");
    }
    assertThat(alerts()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
    world.with(
        new Vehicle(
            new Entry("late", WEST, at(5, "00:00:00"), at(-90, "00:00:00"), null),
            PLATE,
            null,
            null,
            "",
            "",
            "",
            "test",
            false));
    assertThat(alerts()).extracting(Alert::state).containsExactly(AlertState.RETRACTED);
  }

  @Test
  void aWatchedPlateIsTheMostUrgent() {
    world.with(
        new WatchOrder(
            entry(WEST, "w", at(-1, "00:00:00")),
            "o1",
            "plate",
            PLATE,
            "case-1",
            "order",
            List.of("a", "b"),
            List.of()));
    for (int day = 0; day < 4; day++) {
      link(day, "white", "black");
    }
    assertThat(alerts()).extracting(Alert::severity).containsExactly(Severity.P1);
  }

  @Test
  void twoLooksThatTakeTurnsAreEnough() {
    for (int day = 0; day < 3; day++) {
      world.with(look(day, "09:00:00", "white", "car"), look(day, "15:00:00", "red", "van"));
    }
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("cloned-plate.two-looks");
              assertThat(alert.audiences()).containsExactly(Audience.POLICE);
            });
  }

  @Test
  void aRepaintedVehicleOrOneDoubtfulAttributeIsNot() {
    for (int day = 0; day < 3; day++) {
      world.with(look(day, "09:00:00", "white", "car"), look(day + 4, "09:00:00", "red", "van"));
    }
    assertThat(alerts()).isEmpty();
    GateFixture other = new GateFixture();
    for (int day = 0; day < 3; day++) {
      other.with(look(day, "09:00:00", "white", "car"), look(day, "15:00:00", "silver", "van"));
    }
    assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), other.history())).isEmpty();
  }

  @Test
  void camerasThatAlwaysDisagreeAreNot() {
    for (int day = 0; day < 4; day++) {
      world.with(
          GateFixture.plate(
              world.origin(WEST, "gate", at(day, "09:00:00")),
              PLATE,
              Direction.IN,
              0.99,
              "white",
              "car"),
          GateFixture.plate(
              world.origin(WEST, "back", at(day, "15:00:00")),
              PLATE,
              Direction.OUT,
              0.99,
              "red",
              "van"));
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void settingsHold() {
    registered(PLATE, "resident");
    link(0, "white", "black");
    SettingsBook bold =
        SettingsBook.of(
            new SettingsChange(
                "cloned-plate", Scope.CITY, "", Instant.EPOCH, Map.of("priorOdds", "0.1"), "test"));
    assertThat(GateFixture.alerts(CHAIN, bold, world.history())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    Random random = new Random(seed);
    List<String> plates = List.of(PLATE, "京C55555", "京D7Z900");
    plates.forEach(plate -> registered(plate, "resident"));
    for (int i = 0; i < 400; i++) {
      Instant time = at("00:00:00").plusSeconds(random.nextInt(10 * 86_400));
      world.with(
          GateFixture.plate(
              world.origin(random.nextBoolean() ? WEST : EAST, "gate", time),
              plates.get(random.nextInt(plates.size())),
              Direction.IN,
              0.98 + 0.02 * random.nextDouble(),
              random.nextBoolean() ? "white" : "black",
              "car"));
    }
    world.with(
        new Vehicle(
            new Entry("late", WEST, at(9, "00:00:00"), at(-90, "00:00:00"), null),
            PLATE,
            null,
            null,
            "",
            "",
            "",
            "test",
            false));
    List<Alert> expected = alerts();
    assertThat(expected).extracting(Alert::state).contains(AlertState.RETRACTED, AlertState.CLOSED);
    List<Fact> disordered = GateFixture.disordered(world.history(), seed);
    assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), disordered)).isEqualTo(expected);
  }

  @Test
  void theExampleIsMinimal() {
    List<Fact> example = ClonedPlate.entry().example().get();
    assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), example)).hasSize(1);
    for (Fact fact : example) {
      List<Fact> without = new ArrayList<>(example);
      without.remove(fact);
      assertThat(GateFixture.alerts(CHAIN, new SettingsBook(), without)).isEmpty();
    }
  }

  static PlaceEntry gate(String community, String id, double kilometresOrMetres) {
    double east = id.equals("back") ? kilometresOrMetres : kilometresOrMetres * 1000;
    return known(
        community,
        place(id, List.of(), List.of(), DoorSpec.NONE, List.of(), new Position(east, 0)));
  }

  private void link(int day, String westColour, String eastColour) {
    link(day, westColour, eastColour, 0.99);
  }

  private void link(int day, String westColour, String eastColour, double confidence) {
    world.with(
        read(WEST, "gate", at(day, "09:00:00"), westColour, confidence),
        read(EAST, "gate", at(day, "09:05:00"), eastColour, confidence));
  }

  private PlateRead read(
      String community, String place, Instant time, String colour, double confidence) {
    return GateFixture.plate(
        world.origin(community, place, time), PLATE, Direction.IN, confidence, colour, "car");
  }

  private PlateRead look(int day, String time, String colour, String type) {
    return GateFixture.plate(
        world.origin(WEST, "gate", at(day, time)), PLATE, Direction.IN, 0.99, colour, type);
  }

  /** Known in both communities, so that no read is one of an unknown vehicle for long. */
  private void registered(String plate, String type) {
    for (String community : List.of(WEST, EAST)) {
      world.with(
          new Vehicle(
              entry(community, plate, at(-90, "00:00:00")),
              plate,
              "owner-of-" + plate,
              null,
              "white",
              "car",
              "",
              type,
              false));
    }
  }

  private static Entry entry(String community, String id, Instant from) {
    return new Entry(id, community, from, from, null);
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(CHAIN, new SettingsBook(), world.history());
  }
}
