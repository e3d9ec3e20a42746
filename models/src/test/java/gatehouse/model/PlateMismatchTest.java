package gatehouse.model;

import static gatehouse.fixture.GateFixture.COMMUNITY;
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
import gatehouse.analysis.ModelRunner;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.SettingsChange.Scope;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.event.Plates;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Vehicle;
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

class PlateMismatchTest {

  private static final List<ModelEntry<?, ?, ?>> CHAIN =
      List.of(PlateNeighbourhood.entry(), PlateMismatch.entry());

  private static final String PLATE = "京A12345";

  private final GateFixture world =
      new GateFixture()
          .with(
              known(place("gate", List.of(), List.of())),
              known(place("back", List.of(), List.of())));

  @Test
  void threePassesOfAnotherColourAreAnAlert() {
    registered("white", "car", "");
    passes(0, "red", "red", "red");
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.explanation().code()).isEqualTo("plate-mismatch.colour");
              assertThat(alert.explanation().values())
                  .containsEntry("registered", "white")
                  .containsEntry("seen", "red")
                  .containsEntry("passes", "3");
              assertThat(alert.severity()).isEqualTo(Severity.P4);
              assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
              assertThat(alert.subjects())
                  .containsExactly(
                      new Subject("plate", PLATE, "plate"),
                      new Subject("person", "owner", "registered-owner"));
              assertThat(alert.evidence()).hasSize(3);
              assertThat(alert.detectedAt()).isEqualTo(at(0, "12:00:00"));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "red red, 0",
    "red red white red, 0",
    "red white red white red, 0",
    "red green brown yellow, 0",
    "white white red red red, 1",
    "red green red red, 1",
    "silver grey silver white, 0"
  })
  void onlyTheSameOtherVehicleCounts(String colours, int expected) {
    registered("white", "car", "");
    passes(0, colours.split(" "));
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void theRegisteredOneInBetweenMayBeAllowed() {
    registered("white", "car", "");
    passes(0, "red", "red", "white", "red");
    assertThat(alerts(Map.of("agreeing", "1"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"10, blue, red, 1", "22, blue, red, 0", "22, white, red, 1", "4, green, black, 0"})
  void byNightColoursAreOnlyLightOrDark(int hour, String colour, String seen, int expected) {
    registered(colour, "car", "");
    for (int day = 0; day < 4; day++) {
      read(PLATE, "gate", at(day, "00:00:00").plus(Duration.ofHours(hour)), seen, "car", "");
    }
    assertThat(alerts()).hasSize(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "car, truck, 1",
    "car, suv, 0",
    "car, van, 0",
    "truck, sedan, 1",
    "motorcycle, car, 1",
    "'', truck, 0"
  })
  void onlyLargeAndSmallAreToldApart(String type, String seen, int expected) {
    registered("white", type, "");
    for (int day = 0; day < 4; day++) {
      read(PLATE, "gate", at(day, "10:00:00"), "white", seen, "");
    }
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void aBrandCountsAfterItWasReadAsRegistered() {
    registered("", "", "Volkswagen");
    for (int day = 0; day < 5; day++) {
      read(PLATE, "gate", at(day, "10:00:00"), "", "", "VW");
    }
    assertThat(alerts()).isEmpty();
    for (int day = 5; day < 8; day++) {
      read(PLATE, "gate", at(day, "10:00:00"), "", "", "volkswagen");
    }
    for (int day = 8; day < 11; day++) {
      read(PLATE, "gate", at(day, "10:00:00"), "", "", "Toyota");
    }
    assertThat(alerts())
        .extracting(alert -> alert.explanation().code())
        .containsExactly("plate-mismatch.brand");
  }

  @ParameterizedTest
  @CsvSource({
    "京AD1234, green, plate-mismatch.green-too-short",
    "京AD12345, blue, plate-mismatch.plain-too-long",
    "京A1234, blue, plate-mismatch.malformed",
    "京A1O345, blue, plate-mismatch.malformed",
    "京AD12345, green, ''",
    "京AD12345, yellow-green, ''",
    "京AD12345, yellow, ''",
    "京A1234学, yellow, ''",
    "粤Z1234港, black, ''",
    "京A1234警, white, ''",
    "使014578, black, ''",
    "ABC123, white, ''"
  })
  void aPlateThatCannotExist(String plate, String plateColour, String code) {
    for (int day = 0; day < 4; day++) {
      world.with(read("gate", at(day, "10:00:00"), plate, 0.97, plateColour, "white", "car", ""));
    }
    assertThat(alerts())
        .extracting(alert -> alert.explanation().code())
        .containsExactly(code.isEmpty() ? new String[0] : new String[] {code});
  }

  @Test
  void oneImpossibleReadIsAMisreadPlate() {
    registered("white", "car", "");
    passes(0, "white", "white");
    world.with(read("gate", at("15:00:00"), "京A1234", 0.95, "blue", "white", "car", ""));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aNeighbourThatIsMisreadDailyIsNoMismatch() {
    registered("white", "car", "");
    world.with(vehicle("京A12346", "red", "car", "", at(-90, "00:00:00"), null));
    for (int day = 0; day < 15; day++) {
      read("京A12346", "gate", at(day, "09:00:00"), "red", "car", "");
      if (day > 2) {
        world.with(read("gate", at(day, "18:00:00"), PLATE, 0.93, "blue", "red", "car", ""));
      }
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aNeighbourThatLooksAlikeAndHardlyEverPassesExcusesNothing() {
    registered("white", "car", "Geely");
    world.with(vehicle("京A1Z345", "white", "car", "", at(-90, "00:00:00"), null));
    for (int day = 0; day < 15; day++) {
      String brand = day < 10 ? "Geely" : "Toyota";
      read(PLATE, "gate", at(day, "18:00:00"), "white", "car", brand);
    }
    assertThat(alerts())
        .singleElement()
        .satisfies(a -> assertThat(a.explanation().code()).isEqualTo("plate-mismatch.brand"));
  }

  @Test
  void doubtfulReadsAndReadsOfOnePassDoNotCount() {
    registered("white", "car", "");
    for (int i = 0; i < 6; i++) {
      read(PLATE, "gate", at("10:00:00").plusSeconds(9L * i), "red", "car", "");
      world.with(read("gate", at(i, "12:00:00"), PLATE, 0.89, "blue", "red", "car", ""));
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void twoCamerasThatDisagreeAreNoOtherVehicle() {
    registered("white", "car", "");
    for (int day = 0; day < 10; day++) {
      read(PLATE, "gate", at(day, "08:00:00"), "red", "car", "");
      read(PLATE, "back", at(day, "17:00:00"), "white", "car", "");
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void whatIsNotRegisteredCannotContradict() {
    passes(0, "red", "red", "red", "red");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void theRegistryCountsAsOfThePass() {
    world.with(vehicle(PLATE, "white", "car", "", at(-90, "00:00:00"), at(1, "00:00:00")));
    world.with(vehicle(PLATE, "red", "car", "", at(1, "00:00:00"), null));
    passes(0, "white", "white", "white");
    passes(2, "red", "red", "red");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void registeredLateTakesTheAlertBack() {
    registered("white", "car", "");
    passes(0, "red", "red", "red");
    world.with(
        new Vehicle(
            world.recorded(at(3, "00:00:00"), at(-1, "00:00:00"), null),
            PLATE,
            "owner",
            "u1",
            "red",
            "car",
            "",
            "resident",
            false));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.RETRACTED);
              assertThat(alert.closing().code()).isEqualTo("plate-mismatch.explained-afterwards");
            });
  }

  @Test
  void repaintedAfterwardsExplainsNothing() {
    registered("white", "car", "");
    passes(0, "red", "red", "red");
    world.with(vehicle(PLATE, "red", "car", "", at(3, "00:00:00"), null));
    assertThat(alerts()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "tow-truck", "temporary"})
  void platesThatGoFromVehicleToVehicleAreExempt(String subjectType) {
    world.with(
        new Vehicle(
            world.entry(at(-9, "00:00:00"), null),
            PLATE,
            null,
            null,
            "white",
            "car",
            "",
            subjectType,
            false));
    passes(0, "red", "red", "red");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void itIsToldOnceInThirtyDays() {
    registered("white", "car", "");
    for (int day = 0; day < 60; day++) {
      passes(day, "red", "red");
    }
    assertThat(alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.occurrences()).isEqualTo(2));
  }

  @ParameterizedTest
  @CsvSource({
    "无牌, 0.5, 0, 20, 1",
    "无牌, 0.5, 0, 25, 0",
    "'', 0.95, 0, 20, 1",
    "'', 0.3, 0, 20, 0",
    "未识别, 0.95, 0, 20, 0"
  })
  void aVehicleWithoutAPlate(String raw, double confidence, int from, int to, int expected) {
    for (int hour : new int[] {from, to}) {
      world.with(
          read(
              "gate",
              at("00:00:00").plus(Duration.ofHours(hour)),
              raw,
              confidence,
              "",
              "white",
              "van",
              ""));
    }
    assertThat(alerts())
        .hasSize(expected)
        .allSatisfy(
            alert ->
                assertThat(alert.subjects())
                    .containsExactly(new Subject("vehicle", "white van", "unplated")));
  }

  @Test
  void twoDifferentVehiclesWithoutAPlateAreNotOne() {
    world.with(read("gate", at("10:00:00"), "无牌", 0.9, "", "white", "van", ""));
    world.with(read("gate", at("11:00:00"), "无牌", 0.9, "", "red", "car", ""));
    assertThat(alerts()).isEmpty();
  }

  /** A year of 200 vehicles whose colour is read wrong in 6 of 100 reads: what a city has. */
  @Test
  void camerasThatErrRaiseHardlyAnAlarm() {
    Random random = new Random(11);
    List<String> colours = List.of("white", "black", "silver", "red", "blue", "brown", "green");
    for (int car = 0; car < 150; car++) {
      String plate = "京B%05d".formatted(random.nextInt(100_000));
      String colour = colours.get(random.nextInt(colours.size()));
      world.with(vehicle(plate, colour, "car", "", at(-90, "00:00:00"), null));
      for (int day = 0; day < 60; day++) {
        for (String time : List.of("08:00:00", "17:00:00")) {
          boolean wrong = random.nextInt(100) < 6;
          String seen = wrong ? colours.get(random.nextInt(colours.size())) : colour;
          world.with(
              read(
                  "gate",
                  at(day, time).plusSeconds(random.nextInt(3600)),
                  plate,
                  0.99,
                  "blue",
                  seen,
                  "car",
                  ""));
        }
      }
    }
    assertThat(alerts()).hasSizeLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theOrderOfArrivalDoesNotMatter(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Instant time = at(random.nextInt(20), "00:00:00").plusSeconds(random.nextInt(86_400));
      String plate = random.nextInt(8) == 0 ? "无牌" : "京C1234" + random.nextInt(3);
      String colour = random.nextInt(3) == 0 ? "white" : "red";
      world.with(read("gate", time, plate, 0.95, "blue", colour, "car", ""));
      if (random.nextInt(20) == 0) {
        world.with(vehicle("京C1234" + random.nextInt(3), "white", "car", "", time, null));
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
  void plainPlatesOfStrangersLeaveNothingBehind() {
    ModelRunner<Fact, PlateMismatch.State, PlateMismatch.Settings> runner =
        new ModelRunner<>(PlateMismatch.entry(), new SettingsBook());
    PlateRead read = read("gate", at("10:00:00"), PLATE, 0.99, "blue", "white", "car", "");
    PlateReadInContext context =
        new PlateReadInContext(read, 0, "", 0, Duration.ZERO, 2, null, 0, Direction.UNKNOWN, null);
    assertThat(runner.keys(context)).hasSize(1);
    assertThat(
            runner
                .onEvent(
                    "maple|" + PLATE,
                    context,
                    null,
                    ModelRunner.scope(context, new SettingsBook.ScopePath("", "", "")))
                .state())
        .isNull();
  }

  @Test
  void theStateStaysSmall() {
    ModelRunner<Fact, PlateMismatch.State, PlateMismatch.Settings> runner =
        new ModelRunner<>(PlateMismatch.entry(), new SettingsBook());
    String key = "maple|" + PLATE;
    PlateMismatch.State state = null;
    for (int i = 0; i < 500; i++) {
      Instant time = at("00:00:00").plusSeconds(900L * i);
      Fact fact =
          i % 7 == 0
              ? vehicle(PLATE, i % 2 == 0 ? "white" : "blue", "car", "", time, null)
              : new PlateReadInContext(
                  read(
                      "gate", time, PLATE, 0.99, "blue", i % 3 == 0 ? "red" : "green", "truck", ""),
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
      assertThat(state.passes()).hasSizeLessThanOrEqualTo(16);
      assertThat(state.vehicles()).hasSizeLessThanOrEqualTo(4);
      assertThat(state.told()).hasSizeLessThanOrEqualTo(4);
    }
  }

  private void registered(String colour, String type, String brand) {
    world.with(vehicle(PLATE, colour, type, brand, at(-90, "00:00:00"), null));
  }

  private Vehicle vehicle(
      String plate, String colour, String type, String brand, Instant from, @Nullable Instant to) {
    return new Vehicle(
        world.entry(from, to), plate, "owner", "u1", colour, type, brand, "resident", false);
  }

  /** Two hours apart from 8 o'clock on. */
  private void passes(int day, String... colours) {
    for (int i = 0; i < colours.length; i++) {
      read(
          PLATE, "gate", at(day, "08:00:00").plus(Duration.ofHours(2L * i)), colours[i], "car", "");
    }
  }

  private void read(
      String plate, String gate, Instant time, String colour, String type, String brand) {
    world.with(read(gate, time, plate, 0.99, "blue", colour, type, brand));
  }

  private PlateRead read(
      String gate,
      Instant time,
      String raw,
      double confidence,
      String plateColour,
      String colour,
      String type,
      String brand) {
    return new PlateRead(
        world.origin(COMMUNITY, gate, time),
        Plates.canonical(raw),
        raw,
        confidence,
        List.of(),
        plateColour,
        colour,
        type,
        brand,
        "1",
        Direction.IN,
        Outcome.GRANTED,
        List.of(),
        null);
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(CHAIN, new SettingsBook(), world.history());
  }

  private List<Alert> alerts(Map<String, String> settings) {
    return GateFixture.alerts(
        CHAIN,
        SettingsBook.of(
            new SettingsChange("plate-mismatch", Scope.CITY, "", Instant.EPOCH, settings, "test")),
        world.history());
  }
}
