package gatehouse.model;

import static gatehouse.fixture.DoorFixture.door;
import static gatehouse.fixture.GateFixture.known;
import static gatehouse.fixture.GateFixture.place;
import static gatehouse.fixture.GateFixture.zone;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Coverage;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.ClockQuality;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Origin;
import gatehouse.fact.Fact;
import gatehouse.fixture.DoorFixture;
import gatehouse.fixture.GateFixture;
import gatehouse.site.Place;
import gatehouse.site.Position;
import gatehouse.site.Zone;
import gatehouse.site.Zone.AntiPassback;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What device-health measures counts in every model that concludes from something not seen. */
class MeasuredHealthTest {

  private static final Zone YARD = zone("yard", AntiPassback.STRICT);

  private final DoorFixture door = new DoorFixture(door("d1"));
  private final GateFixture gates = new GateFixture();

  private static DeviceHealth health(
      Fact like, Place place, String device, Instant at, boolean sees, double ahead) {
    return new DeviceHealth(
        device,
        like.community(),
        at,
        device,
        place,
        sees,
        Duration.ofMillis(Math.round(ahead * 1000)),
        Duration.ofMillis(500),
        at.minusSeconds(180));
  }

  private DoorFixture measured(String device, double seconds, boolean sees, double ahead) {
    Fact like = door.history().get(0);
    return door.add(health(like, door("d1"), device, DoorFixture.at(seconds), sees, ahead));
  }

  @Test
  void aDoorIsNotForcedWhileADeviceOfItIsBlind() {
    measured("d1-terminal", -60, false, 0).opened(0);
    assertThat(door.alerts(DoorForced.entry())).isEmpty();
    measured("d1-terminal", 100, true, 0).opened(200).closed(210);
    assertThat(door.alerts(DoorForced.entry()))
        .singleElement()
        .satisfies(alert -> assertThat(alert.coverage()).isEqualTo(Coverage.FULL));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-15, 0"})
  void aGrantByAClockThatIsBehindExplainsAnOpening(double readerAhead, int forced) {
    measured("d1-terminal", -600, true, 0);
    measured("reader", -600, true, readerAhead);
    door.device("reader").granted(-17, "card").device("d1-terminal").opened(0).closed(3);
    assertThat(door.alerts(DoorForced.entry())).hasSize(forced);
  }

  @Test
  void aGrantByAClockThatIsAheadIsWaitedFor() {
    measured("d1-terminal", -600, true, 0);
    measured("reader", -600, true, 15);
    door.opened(0).device("reader").granted(13, "card");
    assertThat(door.alerts(DoorForced.entry())).isEmpty();
  }

  @Test
  void whetherADoorStillStandsOpenIsNotKnownOnceItsDeviceIsSilent() {
    measured("d1-terminal", -600, true, 0).opened(0);
    measured("d1-terminal", 200, false, 0);
    assertThat(door.alerts(DoorHeldOpen.entry()))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
              assertThat(alert.closedAt()).isEqualTo(DoorFixture.at(200));
              assertThat(alert.closing()).isNotNull();
              assertThat(alert.closing().code()).isEqualTo("door-held-open.lost-sight");
            });
  }

  @Test
  void whatWasMeasuredOutlastsWhatTheDeviceSaysOfItself() {
    measured("d1-terminal", -60, false, 0)
        .door(-30, DoorEvent.Change.LOCKED)
        .status(-20, gatehouse.event.DeviceStatus.State.ONLINE)
        .opened(0);
    assertThat(door.alerts(DoorForced.entry())).isEmpty();
  }

  private List<Alert> antiPassback(Fact... measured) {
    Instant in = GateFixture.at("09:00:00");
    List<Fact> history = new ArrayList<>();
    history.add(known(place("in", List.of(), List.of(YARD))));
    history.add(known(place("side", List.of(), List.of(YARD))));
    history.add(gates.card("card-1", "in", in, Direction.IN));
    history.add(gates.card("card-1", "side", in.plusSeconds(20), Direction.IN));
    history.addAll(List.of(measured));
    return GateFixture.alerts(AntiPassbackTest.CHAIN, new SettingsBook(), history);
  }

  private static DeviceHealth reader(String place, String time, boolean sees, double ahead) {
    Place at = place(place, List.of(), List.of(YARD));
    return health(known(at), at, place + "-reader", GateFixture.at(time), sees, ahead);
  }

  @Test
  void passagesAcrossABlindTimeOfTheBorderAreNotJudged() {
    assertThat(antiPassback()).hasSize(1);
    assertThat(antiPassback(reader("in", "08:00:00", true, 0))).hasSize(1);
    assertThat(antiPassback(reader("in", "08:00:00", false, 0))).isEmpty();
    assertThat(antiPassback(reader("in", "08:00:00", false, 0), reader("in", "08:30:00", true, 0)))
        .hasSize(1);
  }

  @Test
  void passagesThatTheClocksMayHavePutInTheWrongOrderAreNotJudged() {
    assertThat(
            antiPassback(
                reader("in", "08:00:00", true, 0.2), reader("side", "08:00:00", true, -0.3)))
        .hasSize(1);
    assertThat(
            antiPassback(reader("in", "08:00:00", true, 0), reader("side", "08:00:00", true, 19)))
        .isEmpty();
  }

  /** Ten kilometres in five minutes, three days running; unless the clock is five minutes off. */
  private List<Alert> clonedPlate(Fact... measured) {
    List<Fact> history = new ArrayList<>(List.of(measured));
    history.add(known("c1", gate("g1", 0)));
    history.add(known("c2", gate("g2", 10_000)));
    for (int day = 0; day < 3; day++) {
      Instant at = GateFixture.at(day, "10:00:00");
      history.add(read("c1", "g1", at));
      history.add(read("c2", "g2", at.plusSeconds(200)));
    }
    return GateFixture.alerts(ClonedPlateTest.CHAIN, new SettingsBook(), history);
  }

  private Fact read(String community, String gate, Instant at) {
    Origin origin = gates.origin(community, gate, at, ClockQuality.GOOD);
    return GateFixture.plate(origin, "京A12345", Direction.IN, 0.99, "white", "car");
  }

  private static Place gate(String id, double east) {
    Place place = place(id, List.of(), List.of());
    return new Place(
        id,
        Place.Kind.VEHICLE_GATE,
        "",
        "",
        "",
        "UTC",
        List.of(),
        List.of(),
        new Position(east, 0),
        place.door(),
        List.of(),
        place.ways());
  }

  @Test
  void speedIsMeasuredByMeasuredClocks() {
    assertThat(clonedPlate()).hasSize(1);
    Place g2 = gate("g2", 10_000);
    Instant before = GateFixture.at(-1, "10:00:00");
    assertThat(clonedPlate(health(known("c2", g2), g2, "g2-reader", before, true, 0))).hasSize(1);
    assertThat(clonedPlate(health(known("c2", g2), g2, "g2-reader", before, true, -300))).isEmpty();
  }

  @Test
  void theCatalogueDerivesItBeforeAnybodyNeedsIt() {
    List<String> ids = ModelCatalogue.all().stream().map(ModelEntry::id).toList();
    assertThat(ids.subList(0, 2)).containsExactly("device-pulse", "device-health");
  }
}
