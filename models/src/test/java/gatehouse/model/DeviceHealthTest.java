package gatehouse.model;

import static gatehouse.fixture.SafetyFixture.DAY;
import static gatehouse.fixture.SafetyFixture.HOUR;
import static gatehouse.fixture.SafetyFixture.at;
import static gatehouse.fixture.SafetyFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.Step;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.DoorEvent.Change;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.fixture.SafetyFixture;
import gatehouse.site.Device;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceHealthTest {

  private static final ModelEntry<?, ?, ?>[] CHAIN = {
    DevicePulse.entry(), gatehouse.model.health.DeviceHealth.entry()
  };

  private final SafetyFixture site =
      new SafetyFixture(place("door", Place.Kind.DOOR), place("gate", Place.Kind.VEHICLE_GATE));
  private final Random random = new Random(7);
  private int pictures;

  private List<Alert> alerts() {
    return site.alerts(CHAIN);
  }

  private List<Alert> alerts(String code) {
    return alerts().stream()
        .filter(alert -> alert.explanation().code().equals("device-health." + code))
        .filter(alert -> alert.state() != AlertState.RETRACTED)
        .toList();
  }

  /** Heartbeats each minute. */
  private DeviceHealthTest beats(double from, double to) {
    for (double t = from; t < to; t += 60) {
      site.delay(0.1 + 0.2 * random.nextDouble()).beat(t + random.nextDouble());
    }
    return this;
  }

  /** Beats to the end of the history. */
  private void andSoOn(double from) {
    beats(from, from + HOUR).site.goesOn(Duration.ZERO);
  }

  private SafetyFixture read(double at, String plate, double confidence, @Nullable String image) {
    return site.add(
        new PlateRead(
            site.origin(at),
            plate,
            plate,
            confidence,
            List.of(),
            "",
            "",
            "",
            "",
            "",
            Direction.IN,
            Outcome.GRANTED,
            List.of(),
            image));
  }

  private SafetyFixture passage(double at, double confidence) {
    return read(at, "京A" + (10_000 + random.nextInt(80_000)), confidence, "p" + pictures++);
  }

  /** What device-pulse derives. */
  private <T extends DerivedFact> List<T> derived(Class<T> type) {
    DevicePulse model = new DevicePulse(DevicePulse.Settings.DEFAULTS);
    List<T> all = new ArrayList<>();
    List<Fact> facts = new ArrayList<>(site.history());
    facts.removeIf(fact -> !(fact instanceof DeviceEvent));
    facts.sort(Comparator.comparing(Fact::time));
    DevicePulse.State state = null;
    Instant wakeAt = null;
    for (Fact fact : facts) {
      while (state != null && wakeAt != null && wakeAt.isBefore(fact.time())) {
        Step<DevicePulse.State> woken = model.onWake("c1/x", wakeAt, state);
        state = woken.state();
        wakeAt = woken.wakeAt();
        woken.derived().stream().filter(type::isInstance).map(type::cast).forEach(all::add);
      }
      Step<DevicePulse.State> step = model.onEvent("c1/x", fact, state);
      state = step.state();
      wakeAt = step.wakeAt();
      step.derived().stream().filter(type::isInstance).map(type::cast).forEach(all::add);
    }
    return all;
  }

  @Test
  void aDeadDeviceIsToldToOperationsWithinFiveMinutes() {
    beats(0, HOUR);
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.explanation().code()).isEqualTo("device-health.silent");
    assertThat(alert.audiences()).containsExactly(Audience.OPERATIONS);
    assertThat(alert.severity()).isEqualTo(Severity.P3);
    assertThat(alert.detectedAt()).isBetween(at(HOUR + 180), at(HOUR + 300));
    assertThat(alert.firstEventTime()).isBefore(at(HOUR));
    assertThat(alert.subjects()).extracting("id").containsExactly("door-device");
    assertThat(alert.state()).isEqualTo(AlertState.OPEN);
  }

  @Test
  void aDeadGateIsMoreUrgent() {
    site.place("gate");
    beats(0, HOUR);
    assertThat(alerts()).extracting(Alert::severity).containsExactly(Severity.P2);
  }

  @Test
  void itClosesWhenTheDeviceIsHeardAgainAndTwoMissedBeatsAreNothing() {
    beats(0, HOUR).beats(HOUR + 120, 2 * HOUR).beats(2 * HOUR + 600, 3 * HOUR);
    andSoOn(3 * HOUR);
    assertThat(alerts("silent")).hasSize(1);
    assertThat(alerts("silent").get(0).closedAt())
        .isBetween(at(2 * HOUR + 600), at(2 * HOUR + 602));
  }

  @Test
  void anyEventIsASignOfLife() {
    beats(0, HOUR);
    for (double t = HOUR; t < DAY * 3; t += 150) {
      passage(t, 0.9);
    }
    assertThat(alerts("silent")).extracting(Alert::firstEventTime).allMatch(at(2 * DAY)::isBefore);
  }

  @Test
  void aDeviceWithoutHeartbeatsOrOfAReplayedLogIsNeverSilent() {
    for (int i = 0; i < 20; i++) {
      passage(i * 100 * random.nextDouble() * 40, 0.9);
    }
    site.place("gate").clock(ClockQuality.UNKNOWN);
    for (int row = 0; row < 500; row++) {
      site.lost(3);
      passage(row * HOUR, 0.9);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aDeviceWithoutHeartbeatsThatWasFollowedForWeeksIsSilentAfterTwiceItsLongestGap() {
    for (double t = 0; t < 20 * DAY; t += 10 * HOUR) {
      passage(t, 0.9);
    }
    assertThat(alerts("silent")).hasSize(1);
    assertThat(alerts("silent").get(0).detectedAt()).isAfterOrEqualTo(at(20 * DAY));
  }

  @Test
  void statusReportsWithoutRhythmAreNoHeartbeats() {
    for (double t : new double[] {0, 10, 5000, 5010, 90_000, 90_020, 90_030, 200_000}) {
      site.beat(t);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aLostConnectionIsSilenceButMaintenanceIsNot() {
    beats(0, 300).site.status(301, State.OFFLINE, null);
    site.place("gate");
    beats(0, HOUR).site.status(HOUR, State.MAINTENANCE, null);
    assertThat(alerts("silent"))
        .extracting(alert -> alert.subjects().get(0).id())
        .containsExactly("door-device");
    assertThat(alerts("silent").get(0).detectedAt()).isBefore(at(301 + 130));
  }

  @Test
  void aConnectionThatIsBackWithinAMinuteIsNothing() {
    beats(0, HOUR).site.status(HOUR, State.OFFLINE, null).beat(HOUR + 30);
    andSoOn(HOUR + 60);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aDeviceThatWasTakenAwayIsNotSilent() {
    beats(0, HOUR);
    site.add(
        new Device(
            "door-device",
            SafetyFixture.COMMUNITY,
            at(HOUR + 400),
            "door",
            "terminal",
            Direction.UNKNOWN,
            "",
            false));
    assertThat(alerts()).extracting(Alert::state).containsExactly(AlertState.CLOSED);
  }

  @Test
  void aLostLineIsOneAlertNotAHundred() {
    for (int i = 0; i < 100; i++) {
      site.place("q" + i);
      beats(i * 0.6, HOUR);
    }
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.explanation().code()).isEqualTo("device-health.link-lost");
    assertThat(alert.severity()).isEqualTo(Severity.P2);
    assertThat(alert.evidence()).hasSize(20);
    assertThat(alert.detectedAt()).isBefore(at(HOUR + 300));
    for (int i = 0; i < 100; i++) {
      site.place("q" + i);
      beats(2 * HOUR + i * 0.6, i == 7 ? 2 * HOUR + 4 : 3 * HOUR);
      site.goesOn(Duration.ZERO);
    }
    assertThat(alerts("link-lost"))
        .singleElement()
        .satisfies(link -> assertThat(link.closedAt()).isBetween(at(2 * HOUR), at(2 * HOUR + 60)));
  }

  @Test
  void whoStaysSilentWhenTheLineIsBackIsToldAlone() {
    for (int i = 0; i < 10; i++) {
      site.place("q" + i);
      beats(i * 6, HOUR);
      if (i != 7) {
        andSoOn(2 * HOUR);
      }
    }
    assertThat(alerts("link-lost")).hasSize(1);
    assertThat(alerts("silent"))
        .singleElement()
        .satisfies(
            alone -> {
              assertThat(alone.subjects().get(0).id()).isEqualTo("q7-device");
              assertThat(alone.state()).isEqualTo(AlertState.OPEN);
            });
  }

  @Test
  void slowHeartbeatsOnALostLineEndUpInOneAlert() {
    for (int i = 0; i < 8; i++) {
      site.place("q" + i);
      for (double t = i * 37; t < 2 * HOUR; t += 300) {
        site.beat(t);
      }
    }
    assertThat(alerts("link-lost")).hasSize(1);
    assertThat(alerts("silent")).isEmpty();
    assertThat(site.run(new SettingsBook(), CHAIN).findings())
        .as("later ones join")
        .hasSizeGreaterThan(1);
  }

  @Test
  void twoDevicesThatDieHoursApartAreTwoAlerts() {
    for (int i = 0; i < 4; i++) {
      site.place("q" + i);
      beats(0, HOUR * (i + 1));
    }
    assertThat(alerts("silent")).hasSize(4);
    assertThat(alerts("link-lost")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.1, 0.3})
  void lostEventsAreTold(double share) {
    for (double t = 0; t < 2 * DAY; t += 60) {
      if (random.nextDouble() < share) {
        site.lost(1);
      }
      site.beat(t);
    }
    assertThat(alerts("loss")).hasSize(1);
    assertThat(alerts("loss").get(0).detectedAt()).isBefore(at(DAY));
  }

  @Test
  void aQuietGateThatLosesOneInTwentyIsToldOfAfterAHundredEvents() {
    for (int i = 0; i < 110; i++) {
      if (i % 20 == 19) {
        site.lost(1);
      }
      site.beat(900 * i);
    }
    assertThat(alerts("loss")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatWasWellForMonthsDoesNotHideALoss(long seed) {
    Random luck = new Random(seed);
    for (double t = 0; t < 34 * DAY; t += 600) {
      if (t > 30 * DAY && luck.nextDouble() < 0.05) {
        site.lost(1);
      }
      site.beat(t);
    }
    assertThat(alerts("loss")).hasSize(1);
    assertThat(alerts("loss").get(0).detectedAt()).isBetween(at(30 * DAY), at(33 * DAY));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aGoodLineIsNotAndNeitherAreOutagesAndRestarts(long seed) {
    Random luck = new Random(seed);
    for (double t = 0; t < 5 * DAY; t += 60) {
      if (luck.nextDouble() < 0.004) {
        site.lost(1);
      }
      if (luck.nextDouble() < 0.0005) {
        site.lost(200);
        t += 3600;
      }
      if (luck.nextDouble() < 0.0005) {
        site.boot("b" + t);
      }
      site.beat(t);
    }
    assertThat(alerts("loss")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, -20, 4, -4})
  void aClockThatStepsIsTold(double step) {
    beats(0, HOUR).site.clockAhead(step);
    andSoOn(HOUR);
    assertThat(alerts("clock-step")).hasSize(1);
    assertThat(alerts("clock-step").get(0).detectedAt()).isBefore(at(HOUR + 20 * 60));
    assertThat(alerts("clocks-off")).isEmpty();
    List<gatehouse.model.DeviceHealth> health = derived(gatehouse.model.DeviceHealth.class);
    double measured = health.get(health.size() - 1).clockOffset().toMillis() / 1000.0;
    assertThat(measured).isBetween(step - 1, step + 1);
  }

  @Test
  void slowDeliveriesAreNoClockStep() {
    for (double t = 0; t < DAY; t += 60) {
      double delay = random.nextDouble() < 0.3 ? 20 * random.nextDouble() : 0.2;
      site.delay(t > HOUR && t < HOUR + 480 ? 6 : delay).beat(t);
    }
    andSoOn(DAY);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void clocksThatWereOffFromTheFirstAreOneAlertForAll() {
    for (int i = 0; i < 20; i++) {
      site.place("q" + i).clockAhead(i % 2 == 0 ? 40 + i : 0.5);
      beats(0, 2 * HOUR);
    }
    assertThat(alerts("clocks-off")).hasSize(1);
    assertThat(alerts("clocks-off").get(0).explanation().values()).containsEntry("count", "10");
    assertThat(alerts("clock-step")).isEmpty();
  }

  @Test
  void aClockThatReportsItselfIsBelievedWhileArrivalsAgree() {
    for (double t = 0; t < HOUR; t += 60) {
      site.clockAhead(1.2).status(t, State.ONLINE, 1200.0);
      site.place("gate").clockAhead(30).status(t, State.ONLINE, 0.0).place("door");
    }
    assertThat(derived(gatehouse.model.DeviceHealth.class)).isNotEmpty();
    assertThat(alerts("clocks-off"))
        .singleElement()
        .satisfies(a -> assertThat(a.subjects()).extracting("id").containsExactly("gate-device"));
  }

  @Test
  void aDuplicateStormIsToldAndEnds() {
    beats(0, HOUR);
    for (int i = 0; i < 60; i++) {
      read(HOUR + i, "京A12345", 0.9, null);
    }
    for (double t = HOUR + 600; t < 6 * HOUR; t += 400) {
      passage(t, 0.9);
    }
    assertThat(alerts("duplicates")).extracting(Alert::state).containsExactly(AlertState.CLOSED);
    assertThat(alerts("resent")).isEmpty();
  }

  @Test
  void peopleWhoComeAndGoAreNoStorm() {
    for (double t = 0; t < 3 * HOUR; t += 5) {
      passage(t, 0.9);
    }
    for (double t = 0; t < 3 * HOUR; t += 30) {
      site.place("gate");
      read(t, "京A12345", 0.9, null);
    }
    assertThat(alerts("duplicates")).isEmpty();
    assertThat(alerts("resent")).isEmpty();
  }

  @Test
  void aDoorThatOpensAndClosesQuicklyDoesNotRepeatItselfButOneThatOnlyOpensDoes() {
    for (int i = 0; i < 60; i++) {
      site.add(new DoorEvent(site.origin(4 * i), i % 2 == 0 ? Change.OPENED : Change.CLOSED));
    }
    assertThat(alerts("duplicates")).isEmpty();
    for (int i = 0; i < 60; i++) {
      site.add(new DoorEvent(site.origin(HOUR + 4 * i), Change.OPENED));
    }
    assertThat(alerts("duplicates")).hasSize(1);
  }

  @Test
  void oldValuesSentAsNewAreTold() {
    for (int i = 0; i < 30; i++) {
      read(i * 20, "京A1234" + i % 10, 0.9, "old" + i);
    }
    for (int i = 0; i < 30; i++) {
      read(2 * HOUR + i * 5, "京A1234" + i % 10, 0.9, "old" + i);
    }
    assertThat(alerts("resent")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3})
  void picturesThatBecomeWorseAreTold(double drop) {
    camera(0, 14, 0);
    camera(14, 17, drop);
    assertThat(alerts("quality-drop")).hasSize(1);
    assertThat(alerts("quality-drop").get(0).detectedAt()).isBetween(at(14 * DAY), at(16 * DAY));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nightsAndBadDaysAreNoDrop(long seed) {
    random.setSeed(seed);
    camera(0, 20, 0);
    assertThat(alerts("quality-drop")).isEmpty();
  }

  /** A camera that sees a fifth worse at night, and a little better or worse each day. */
  private void camera(int fromDay, int toDay, double drop) {
    for (int day = fromDay; day < toDay; day++) {
      double weather = 0.01 * random.nextGaussian();
      for (double t = day * DAY; t < (day + 1) * DAY; t += 400) {
        boolean night = t % DAY > 11 * HOUR && t % DAY < 21 * HOUR;
        double usual = night ? 0.75 : 0.93;
        double noise = 0.04 * random.nextGaussian();
        passage(t, Math.min(1, (usual + weather + noise) * (1 - drop)));
      }
    }
  }

  @Test
  void healthIsDerivedRarelyAndTellsBlindnessFromItsBeginning() {
    beats(0, DAY).beats(DAY + HOUR, DAY + 2 * HOUR);
    List<gatehouse.model.DeviceHealth> health = derived(gatehouse.model.DeviceHealth.class);
    assertThat(health).hasSizeLessThan(12);
    gatehouse.model.DeviceHealth blind =
        health.stream().filter(each -> !each.sees()).findFirst().orElseThrow();
    assertThat(blind.time()).isBetween(at(DAY + 100), at(DAY + 200));
    assertThat(blind.since()).isBefore(at(DAY));
    gatehouse.model.DeviceHealth last = health.get(health.size() - 1);
    assertThat(last.sees()).isTrue();
    assertThat(last.clockOffset().abs()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void eventsFromTheStoreAreNoSignOfLife() {
    beats(0, HOUR).site.buffered(true);
    for (double t = HOUR; t < 2 * HOUR; t += 60) {
      passage(t, 0.9);
    }
    site.buffered(false);
    andSoOn(2 * HOUR);
    assertThat(alerts("silent")).hasSize(1);
    assertThat(alerts("loss")).isEmpty();
  }

  @Test
  void settingsCount() {
    beats(0, HOUR).beats(HOUR + 120, 2 * HOUR);
    andSoOn(2 * HOUR);
    SettingsBook strict =
        SettingsBook.of(
            new SettingsChange(
                "device-pulse",
                SettingsChange.Scope.CITY,
                "",
                Instant.EPOCH,
                Map.of("heartbeats", "1.5"),
                "somebody"));
    assertThat(site.run(strict, CHAIN).alerts())
        .extracting(Alert::state)
        .contains(AlertState.CLOSED);
    assertThat(alerts("silent")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyOrderOfArrivalGivesTheSameAlerts(long seed) {
    for (int i = 0; i < 6; i++) {
      site.place("q" + i);
      beats(i, HOUR + i * 20).beats(2 * HOUR, 3 * HOUR);
    }
    assertThat(site.shuffled(seed, CHAIN)).isEqualTo(alerts()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(DeviceFault.Kind.class)
  void nothingIsKeptOfACommunityInWhichAllIsWell(DeviceFault.Kind kind) {
    gatehouse.model.health.DeviceHealth model =
        new gatehouse.model.health.DeviceHealth(
            gatehouse.model.health.DeviceHealth.Settings.DEFAULTS);
    gatehouse.model.health.DeviceHealth.State state = null;
    beats(0, 60);
    Fact beat = site.history().get(site.history().size() - 1);
    for (int i = 0; i < 1400; i++) {
      boolean active = i < 700;
      DeviceFault fault =
          new DeviceFault(
              "f" + i,
              SafetyFixture.COMMUNITY,
              at(i),
              "d" + i % 700,
              ((DeviceEvent) beat).place(),
              kind,
              active,
              at(i),
              false,
              false,
              Duration.ZERO,
              Map.of(),
              gatehouse.alert.Evidence.of((DeviceEvent) beat, "device-health.last-event"));
      Step<gatehouse.model.health.DeviceHealth.State> step =
          model.onEvent(SafetyFixture.COMMUNITY, fault, state);
      state = step.state();
      if (state != null) {
        assertThat(state.silent()).hasSizeLessThanOrEqualTo(500);
        assertThat(state.clocks()).hasSizeLessThanOrEqualTo(200);
        Instant wakeAt = step.wakeAt();
        if (wakeAt != null && i % 50 == 0) {
          state = model.onWake(SafetyFixture.COMMUNITY, wakeAt, state).state();
        }
      }
    }
    assertThat(state).isNull();
  }
}
