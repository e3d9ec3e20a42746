package gatehouse.model;

import static gatehouse.fixture.DoorFixture.COMMUNITY;
import static gatehouse.fixture.DoorFixture.DAY;
import static gatehouse.fixture.DoorFixture.at;
import static gatehouse.fixture.DoorFixture.door;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.Step;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.fact.Fact;
import gatehouse.fixture.DoorFixture;
import gatehouse.site.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTamperTest {

  private final DoorFixture site = new DoorFixture(door("d1"), door("d2"));

  private List<Alert> alerts() {
    return alerts(site.history(), new SettingsBook());
  }

  /** Openings by force come from the model that finds them. */
  private static List<Alert> alerts(List<Fact> history, SettingsBook settings) {
    Instant last = history.stream().map(Fact::time).max(Instant::compareTo).orElseThrow();
    return new Replay(List.of(DoorForced.entry(), DeviceTamper.entry()), settings)
        .run(history, last.plus(Duration.ofDays(1))).alerts().stream()
            .filter(alert -> alert.model().equals("device-tamper"))
            .toList();
  }

  private Alert theAlert() {
    assertThat(alerts()).hasSize(1);
    return alerts().get(0);
  }

  private static String closing(Alert alert) {
    return Objects.requireNonNull(alert.closing()).code();
  }

  @ParameterizedTest
  @CsvSource({"cover, P3, cover", "reader-cut, P2, reader-cut", "Motion, P3, flag"})
  void aFlagIsToldAtOnce(String flag, Severity severity, String code) {
    site.tamper(0, State.ONLINE, null, flag);
    Alert alert = theAlert();
    assertThat(alert.severity()).isEqualTo(severity);
    assertThat(alert.explanation().code()).isEqualTo("device-tamper." + code);
    assertThat(alert.detectedAt()).isEqualTo(at(0));
    assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
    assertThat(alert.subjects())
        .containsExactly(
            new Subject("device", "d1-terminal", "device"), new Subject("door", "d1", "door"));
    assertThat(alert.coverage()).isEqualTo(Coverage.NOT_NEEDED);
    assertThat(alert.state()).isEqualTo(AlertState.OPEN);
  }

  @ParameterizedTest
  @CsvSource({"0.89, 0", "0.9, 1", "1.0, 1"})
  void aNearlyFullBufferIsToldLeastUrgent(double fill, int expected) {
    site.tamper(0, State.ONLINE, fill);
    assertThat(alerts()).hasSize(expected).allMatch(alert -> alert.severity() == Severity.P4);
  }

  @Test
  void aBufferIsEmptiedOnlyWellBelow() {
    site.tamper(0, State.ONLINE, 0.95).tamper(60, State.ONLINE, 0.8);
    site.tamper(120, State.ONLINE, null).tamper(1000, State.ONLINE, 0.8);
    assertThat(theAlert().state()).isEqualTo(AlertState.OPEN);
    site.tamper(1100, State.ONLINE, 0.5);
    assertThat(theAlert().closedAt()).isEqualTo(at(1400));
    assertThat(closing(theAlert())).isEqualTo("device-tamper.cleared");
  }

  @Test
  void aDeviceThatIsWellIsNone() {
    site.status(0, State.ONLINE).status(60, State.DEGRADED).status(120, State.OFFLINE);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void heartbeatsWithTheSameFlagAreOneAlert() {
    for (int minute = 0; minute < 100; minute++) {
      site.tamper(minute * 60, State.ONLINE, 0.1, "cover");
    }
    assertThat(theAlert().occurrences()).isEqualTo(1);
    assertThat(theAlert().firstEventTime()).isEqualTo(at(0));
  }

  @Test
  void everyDeviceAndFlagIsAnAlertOfItsOwn() {
    site.tamper(0, State.ONLINE, null, "cover", "reader-cut");
    site.device("reader").tamper(1, State.ONLINE, null, "cover");
    site.place("d2").tamper(2, State.ONLINE, null, "cover");
    assertThat(alerts()).hasSize(4);
  }

  @Test
  void closesWhenTheFlagHasBeenGoneAWhile() {
    site.tamper(0, State.ONLINE, null, "cover").status(60, State.ONLINE);
    assertThat(theAlert().closedAt()).isEqualTo(at(360));
  }

  @Test
  void aSwitchThatRattlesIsOneAlert() {
    for (int i = 0; i < 20; i++) {
      site.tamper(i * 120, State.ONLINE, null, "cover").status(i * 120 + 30, State.ONLINE);
    }
    assertThat(theAlert().occurrences()).isEqualTo(1);
    site.tamper(5000, State.ONLINE, null, "cover");
    assertThat(theAlert().state()).isEqualTo(AlertState.OPEN);
  }

  @Test
  void whatTheBrokerSaysOfALostConnectionIsNoAllClear() {
    site.tamper(0, State.ONLINE, 0.95, "cover").status(10, State.OFFLINE);
    assertThat(alerts()).hasSize(2).allMatch(alert -> alert.state() == AlertState.OPEN);
  }

  @Test
  void maintenanceExplainsItWhileItLasts() {
    site.tamper(0, State.MAINTENANCE, null, "cover").tamper(600, State.MAINTENANCE, null, "cover");
    assertThat(alerts()).isEmpty();
    DoorFixture left = new DoorFixture(door("d1"));
    left.tamper(0, State.MAINTENANCE, null, "cover").tamper(600, State.ONLINE, null, "cover");
    Alert alert = alerts(left.history(), new SettingsBook()).get(0);
    assertThat(alert.firstEventTime()).isEqualTo(at(0));
    assertThat(alert.detectedAt()).isEqualTo(at(600));
    site.status(700, State.ONLINE);
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"maintenance", "drill"})
  void aPermitForWorkExplainsItAndWhatIsLeftIsToldAtItsEnd(String kind) {
    site.permit(kind, -DAY, -60, 3600.0).tamper(0, State.ONLINE, null, "cover");
    assertThat(theAlert().detectedAt()).isEqualTo(at(3600));
    site.status(3000, State.ONLINE);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void anotherPermitDoesNot() {
    site.permit("moving", -DAY, -60, 3600.0).tamper(0, State.ONLINE, null, "cover");
    site.place("d2").permit("maintenance", -DAY, -60, 3600.0);
    assertThat(theAlert().detectedAt()).isEqualTo(at(0));
  }

  @Test
  void aPermitRecordedAfterwardsTakesItBack() {
    site.tamper(0, State.ONLINE, null, "cover").status(600, State.ONLINE);
    site.permit("maintenance", DAY, -60, 1200.0);
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(closing(theAlert())).isEqualTo("device-tamper.permit");
  }

  @Test
  void aPermitThatWasOverBeforeDoesNotTakeItBack() {
    site.tamper(0, State.ONLINE, null, "cover").status(600, State.ONLINE);
    site.permit("maintenance", DAY, -600, 0.0);
    assertThat(theAlert().state()).isEqualTo(AlertState.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({"-299, P2", "299, P2", "-310, P3", "310, P3"})
  void isMoreUrgentIfTheDoorIsForcedAroundIt(double forcedAt, Severity severity) {
    site.opened(forcedAt).closed(forcedAt + 8).tamper(0, State.ONLINE, null, "cover");
    Alert alert = theAlert();
    assertThat(alert.severity()).isEqualTo(severity);
    assertThat(alert.evidence())
        .extracting(Evidence::role)
        .contains("device-tamper.reported")
        .satisfies(
            roles ->
                assertThat(roles.contains("device-tamper.forced"))
                    .isEqualTo(severity == Severity.P2));
  }

  @Test
  void anOpeningWithAGrantIsNotForce() {
    site.granted(58, "card-1").opened(60).closed(66).tamper(0, State.ONLINE, null, "cover");
    assertThat(theAlert().severity()).isEqualTo(Severity.P3);
  }

  @Test
  void aForcedDoorElsewhereIsNotTogether() {
    site.tamper(0, State.ONLINE, null, "cover").place("d2").opened(60).closed(66);
    assertThat(theAlert().severity()).isEqualTo(Severity.P3);
  }

  @Test
  void aPermitThatExplainsOnlyTheOpeningTakesOnlyThatBack() {
    site.tamper(0, State.ONLINE, null, "cover").opened(100).closed(106);
    assertThat(theAlert().severity()).isEqualTo(Severity.P2);
    site.permit("maintenance", 5000, 90, 200.0);
    assertThat(theAlert().severity()).isEqualTo(Severity.P3);
    assertThat(theAlert().state()).isEqualTo(AlertState.OPEN);
    site.permit("maintenance", 6000, -10, 50.0).status(7000, State.ONLINE);
    assertThat(theAlert().state()).isNotEqualTo(AlertState.RETRACTED);
  }

  @Test
  void aPermitThatExplainsTheFlagTakesTheForceBackToo() {
    site.tamper(0, State.ONLINE, null, "cover").opened(100).closed(106).status(150, State.ONLINE);
    site.permit("maintenance", 5000, -10, 50.0);
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
  }

  @Test
  void aDeviceThatIsTakenAwayIsOver() {
    site.tamper(0, State.ONLINE, null, "cover");
    site.add(new Device("d1-terminal", COMMUNITY, at(900), "d1", "", Direction.UNKNOWN, "", false));
    assertThat(closing(theAlert())).isEqualTo("device-tamper.removed");
  }

  @Test
  void settingsCount() {
    site.tamper(0, State.ONLINE, 0.6);
    SettingsBook book =
        SettingsBook.of(
            new SettingsChange(
                "device-tamper",
                SettingsChange.Scope.PLACE,
                COMMUNITY + "/d1",
                Instant.EPOCH,
                Map.of("bufferFull", "0.5"),
                "test"));
    assertThat(alerts()).isEmpty();
    assertThat(alerts(site.history(), book)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theOrderOfArrivalDoesNotMatterAndTheStateIsBoundedAndForgotten(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 600; i++) {
      something(random, i * 40);
    }
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    List<Fact> arrived = new ArrayList<>(site.history());
    Collections.shuffle(arrived, random);
    assertThat(alerts(arrived, new SettingsBook())).isEqualTo(expected);
  }

  private void something(Random random, double time) {
    site.place(random.nextBoolean() ? "d1" : "d2").device("t" + random.nextInt(4));
    String flag = List.of("cover", "reader-cut", "moved").get(random.nextInt(3));
    switch (random.nextInt(6)) {
      case 0 -> site.tamper(time, State.ONLINE, random.nextDouble(), flag);
      case 1 -> site.tamper(time, State.MAINTENANCE, null, flag);
      case 2 -> site.opened(time).closed(time + 5);
      case 3 -> site.status(time, List.of(State.values()).get(random.nextInt(4)));
      case 4 -> site.permit("maintenance", time, time - 900, time - 600 + random.nextInt(900));
      default -> site.status(time, State.ONLINE);
    }
  }

  @Test
  void aPlaceIsForgottenWhenAllIsWellAndItsStateIsBounded() {
    AnalysisModel<Fact, DeviceTamper.State> model =
        new DeviceTamper(DeviceTamper.Settings.DEFAULTS);
    DeviceTamper.State state = null;
    for (int i = 0; i < 200; i++) {
      site.device("t" + i).tamper(i, State.ONLINE, 1.0, "a" + i, "b", "c", "d", "e", "f", "g", "h");
      Fact fact = site.history().get(site.history().size() - 1);
      state = model.onEvent("c1/d1", fact, state).state();
      assertThat(state).isNotNull();
      assertThat(state.devices()).hasSizeLessThanOrEqualTo(16);
      assertThat(state.devices()).allMatch(device -> device.flags().size() <= 8);
      assertThat(state.told()).hasSizeLessThanOrEqualTo(16);
    }
    DoorFixture calm = new DoorFixture(door("d1")).tamper(0, State.ONLINE, null, "cover");
    calm.status(60, State.ONLINE);
    Step<DeviceTamper.State> step = model.onEvent("c1/d1", calm.history().get(1), null);
    step = model.onEvent("c1/d1", calm.history().get(2), step.state());
    while (step.state() != null) {
      assertThat(step.wakeAt()).isNotNull();
      step = model.onWake("c1/d1", step.wakeAt(), step.state());
    }
    assertThat(model.onEvent("c1/d1", calm.history().get(2), null).state()).isNull();
  }
}
