package gatehouse.model;

import static gatehouse.fixture.GateFixture.COMMUNITY;
import static gatehouse.fixture.GateFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.analysis.Step;
import gatehouse.event.ClockQuality;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.site.Device;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageContextTest {

  private static final Duration NO_OFFSET = Duration.ZERO;

  private final GateFixture world = new GateFixture();
  private final PassageContext model = new PassageContext(PassageContext.Settings.DEFAULTS);
  private PassageContext.@Nullable State state;

  @ParameterizedTest
  @CsvSource({"GOOD, 2", "SKEWED, 30", "BUFFERED, 30", "UNKNOWN, 30"})
  void aClockOfWhichNothingIsKnownIsTrustedAsTheIntakeJudgedIt(ClockQuality clock, double sigma) {
    PassageInContext seen = use("10:00:00", clock);
    assertThat(seen.clockOffset()).isZero();
    assertThat(seen.clockSigma()).isEqualTo(sigma);
    assertThat(seen.trueTime()).isEqualTo(at("10:00:00"));
  }

  @Test
  void whatTheDeviceSaysOfItsClockIsTakenOff() {
    show(status("09:00:00", DeviceStatus.State.ONLINE, 20_000.0));
    show(status("09:30:00", DeviceStatus.State.ONLINE, null));
    PassageInContext seen = use("10:00:20", ClockQuality.SKEWED);
    assertThat(seen.trueTime()).isEqualTo(at("10:00:00"));
    assertThat(seen.clockSigma()).isEqualTo(2);
  }

  @Test
  void whatDeviceHealthWorkedOutCountsMore() {
    show(health("08:00:00", true, Duration.ofSeconds(-40), Duration.ofMillis(500)));
    show(status("09:00:00", DeviceStatus.State.ONLINE, 20_000.0));
    PassageInContext seen = use("10:00:00", ClockQuality.GOOD);
    assertThat(seen.trueTime()).isEqualTo(at("10:00:40"));
    assertThat(seen.clockSigma()).isEqualTo(0.5);
  }

  @Test
  void aDeviceIsBlindFromOfflineUntilItIsBack() {
    show(status("00:00:00", DeviceStatus.State.ONLINE, null));
    show(status("02:00:00", DeviceStatus.State.OFFLINE, null));
    show(status("03:00:00", DeviceStatus.State.ONLINE, null));
    PassageInContext seen = use("10:00:00", ClockQuality.GOOD);
    assertThat(seen.watchedSince()).isEqualTo(at("00:00:00"));
    assertThat(blindShare(seen, at("00:00:00"), at("10:00:00"))).isEqualTo(0.1);
    assertThat(blindShare(seen, at("02:30:00"), at("02:45:00"))).isEqualTo(1);
    assertThat(blindShare(seen, at("03:00:00"), at("10:00:00"))).isZero();
    assertThat(blindShare(seen, at("03:00:00"), at("03:00:00"))).isZero();
  }

  @Test
  void aLiveUseEndsALostConnectionButNoMaintenance() {
    show(status("02:00:00", DeviceStatus.State.OFFLINE, null));
    assertThat(blindShare(use("03:00:00", ClockQuality.BUFFERED), at("02:00:00"), at("03:00:00")))
        .isEqualTo(1);
    use("04:00:00", ClockQuality.GOOD);
    assertThat(blindShare(use("06:00:00", ClockQuality.GOOD), at("02:00:00"), at("06:00:00")))
        .isEqualTo(0.5);
    show(status("07:00:00", DeviceStatus.State.MAINTENANCE, null));
    use("08:00:00", ClockQuality.GOOD);
    assertThat(blindShare(use("09:00:00", ClockQuality.GOOD), at("07:00:00"), at("09:00:00")))
        .isEqualTo(1);
  }

  @Test
  void onlyDeviceHealthEndsWhatItFound() {
    show(status("01:00:00", DeviceStatus.State.OFFLINE, null));
    show(health("02:00:00", false, NO_OFFSET, Duration.ofSeconds(2)));
    show(status("03:00:00", DeviceStatus.State.ONLINE, null));
    use("03:00:01", ClockQuality.GOOD);
    assertThat(blindShare(use("04:00:00", ClockQuality.GOOD), at("01:00:00"), at("04:00:00")))
        .isEqualTo(1);
    show(health("05:00:00", true, NO_OFFSET, Duration.ofSeconds(2)));
    assertThat(blindShare(use("09:00:00", ClockQuality.GOOD), at("01:00:00"), at("09:00:00")))
        .isEqualTo(0.5);
  }

  @Test
  void whatIsForgottenIsNotTakenForSeen() {
    show(status("00:00:00", DeviceStatus.State.ONLINE, null));
    for (int minute = 10; minute < 50; minute++) {
      show(status("01:" + minute + ":00", DeviceStatus.State.OFFLINE, null));
      show(status("01:" + minute + ":30", DeviceStatus.State.ONLINE, null));
    }
    PassageInContext seen = use("02:00:00", ClockQuality.GOOD);
    assertThat(seen.blind()).hasSize(16);
    assertThat(seen.watchedSince()).isEqualTo(at("01:33:30"));
  }

  @Test
  void aDeviceThatWasTakenAwayIsForgotten() {
    show(status("00:00:00", DeviceStatus.State.ONLINE, 20_000.0));
    show(device("01:00:00", true));
    assertThat(state).isNotNull();
    show(device("02:00:00", false));
    assertThat(state).isNull();
  }

  @Test
  void strangersAndUnknownCredentialsAreNotFollowed() {
    assertThat(model.keys(world.card("", "north", at("10:00:00"), Direction.IN))).isEmpty();
    assertThat(model.keys(face(null))).isEmpty();
    assertThat(model.keys(face("p1"))).containsExactly(COMMUNITY + "/north-reader");
    assertThat(model.keys(health("10:00:00", true, NO_OFFSET, NO_OFFSET)))
        .containsExactly(COMMUNITY + "/north-reader");
  }

  private static double blindShare(PassageInContext seen, Instant start, Instant end) {
    return PassageInContext.blindShare(seen.blind(), start, end);
  }

  private PassageInContext use(String time, ClockQuality clock) {
    Step<PassageContext.State> step =
        show(
            GateFixture.card(
                world.origin(COMMUNITY, "north", at(time), clock),
                "c1",
                "",
                null,
                Direction.IN,
                Outcome.GRANTED,
                DenialReason.NONE,
                false));
    assertThat(step.derived()).hasSize(1);
    return (PassageInContext) step.derived().get(0);
  }

  private Step<PassageContext.State> show(Fact fact) {
    List<String> keys = model.keys(fact);
    assertThat(keys).containsExactly(COMMUNITY + "/north-reader");
    Step<PassageContext.State> step = model.onEvent(keys.get(0), fact, state);
    state = step.state();
    return step;
  }

  private DeviceStatus status(
      String time, DeviceStatus.State reported, @Nullable Double offsetMillis) {
    return new DeviceStatus(
        world.origin(COMMUNITY, "north", at(time)), reported, "", List.of(), offsetMillis, null);
  }

  private static DeviceHealth health(
      String time, boolean sees, Duration clockOffset, Duration clockSigma) {
    Instant moment = at(time);
    return new DeviceHealth(
        "health-" + moment,
        COMMUNITY,
        moment,
        "north-reader",
        Place.of("north"),
        sees,
        clockOffset,
        clockSigma);
  }

  private FaceCapture face(@Nullable String person) {
    return new FaceCapture(
        world.origin(COMMUNITY, "north", at("10:00:00")),
        person,
        person == null ? "s1" : null,
        0.9,
        0.9,
        true,
        Direction.IN,
        null);
  }

  private static Device device(String time, boolean active) {
    return new Device(
        "north-reader",
        COMMUNITY,
        at(time),
        "north",
        "access-terminal",
        Direction.UNKNOWN,
        "",
        active);
  }
}
