package gatehouse.model;

import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.known;
import static gatehouse.fixture.GateFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.Step;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.event.FaceCapture;
import gatehouse.event.TrackSighting;
import gatehouse.event.TrackSighting.Kind;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.model.loiter.LoiteringSettings;
import gatehouse.model.loiter.LoiteringState;
import gatehouse.registry.Permit;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoiteringTest {

  private static final Zone ROOM = Zone.open("room").usedAs(Zone.Use.PLANT_ROOM);
  private static final Zone GARAGE = Zone.open("garage").usedAs(Zone.Use.GARAGE);
  private static final Zone LOBBY = Zone.open("lobby").usedAs(Zone.Use.LOBBY);
  private static final Place ROOM_CAMERA = place("room-camera", List.of(), List.of(ROOM));
  private static final double NIGHT = 14 * 3600;

  private final GateFixture site =
      new GateFixture()
          .with(
              known(ROOM_CAMERA),
              known(place("room-door", List.of(LOBBY), List.of(ROOM))),
              known(place("garage-camera", List.of(), List.of(GARAGE))),
              known(place("lobby-camera", List.of(), List.of(LOBBY))));

  private static Instant time(double seconds) {
    return at("10:00").plusMillis(Math.round(seconds * 1000));
  }

  private LoiteringTest enters(double seconds, String track) {
    return track("room-camera", seconds, track, seconds, null);
  }

  private LoiteringTest leaves(double seconds, String track, double entered) {
    return track("room-camera", seconds, track, entered, seconds);
  }

  private LoiteringTest track(
      String place, double seconds, String track, @Nullable Double entered, @Nullable Double left) {
    return track(place, seconds, track, entered, left, Kind.PERSON, 0.9);
  }

  private LoiteringTest track(
      String place,
      double seconds,
      String track,
      @Nullable Double entered,
      @Nullable Double left,
      Kind kind,
      double confidence) {
    site.with(
        new TrackSighting(
            site.origin(GateFixture.COMMUNITY, place, time(seconds)),
            track,
            kind,
            entered == null ? null : time(entered),
            left == null ? null : time(left),
            1,
            confidence,
            Direction.UNKNOWN,
            ""));
    return this;
  }

  private LoiteringTest face(double seconds, @Nullable String person, @Nullable String stranger) {
    site.with(
        new FaceCapture(
            site.origin(GateFixture.COMMUNITY, "room-camera", time(seconds)),
            person,
            stranger,
            0.5,
            0.9,
            true,
            Direction.UNKNOWN,
            null));
    return this;
  }

  private LoiteringTest granted(double seconds) {
    site.with(site.card("c1", "room-door", time(seconds), Direction.IN));
    return this;
  }

  private LoiteringTest permit(String kind, String place, double recorded, double from, double to) {
    site.with(
        new Permit(
            site.recorded(time(recorded), time(from), time(to)),
            "p1",
            kind,
            List.of(),
            List.of(place)));
    return this;
  }

  private List<Alert> alerts() {
    return alerts(site.history(), new SettingsBook());
  }

  private static List<Alert> alerts(List<Fact> history, SettingsBook settings) {
    Instant last =
        history.stream()
            .filter(DeviceEvent.class::isInstance)
            .map(Fact::time)
            .max(Instant::compareTo)
            .orElse(time(0));
    return new Replay(List.of(PermittedZone.entry(), Loitering.entry()), settings)
        .run(history, last.plus(Duration.ofHours(6)))
        .alerts();
  }

  private static SettingsBook with(String name, String value) {
    return SettingsBook.of(
        new SettingsChange(
            "loitering",
            SettingsChange.Scope.CITY,
            "",
            Instant.EPOCH,
            Map.of(name, value),
            "test"));
  }

  private Alert theAlert() {
    assertThat(alerts()).hasSize(1);
    return alerts().get(0);
  }

  private static String closing(Alert alert) {
    return Objects.requireNonNull(alert.closing()).code();
  }

  @ParameterizedTest
  @CsvSource({"299, 0", "301, 1"})
  void fiveMinutesInAPlantRoomAreTooLong(double leaves, int expected) {
    enters(0, "t1").leaves(leaves, "t1", 0);
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void saysSoAtTheLimitAndClosesWhenTheSubjectLeaves() {
    enters(0, "t1").leaves(900, "t1", 0);
    Alert alert = theAlert();
    assertThat(alert.detectedAt()).isEqualTo(time(300));
    assertThat(alert.firstEventTime()).isEqualTo(time(0));
    assertThat(alert.severity()).isEqualTo(Severity.P3);
    assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
    assertThat(alert.subjects())
        .containsExactly(
            new Subject("track", "t1", "loiterer"), new Subject("zone", "room", "zone"));
    assertThat(alert.explanation().values())
        .containsEntry("minutes", "5")
        .containsEntry("limit", "5");
    assertThat(alert.coverage()).isEqualTo(Coverage.ASSUMED);
    assertThat(alert.closedAt()).isEqualTo(time(900));
    assertThat(closing(alert)).isEqualTo("loitering.left");
  }

  @Test
  void aTrackToldOfAfterwardsIsJudgedToo() {
    leaves(600, "t1", 0);
    assertThat(theAlert().firstEventTime()).isEqualTo(time(0));
    assertThat(theAlert().detectedAt()).isEqualTo(time(600));
  }

  @Test
  void atNightItIsMoreUrgent() {
    enters(NIGHT, "t1").leaves(NIGHT + 900, "t1", NIGHT);
    assertThat(theAlert().severity()).isEqualTo(Severity.P2);
  }

  @ParameterizedTest
  @CsvSource({"garage-camera, 590, 0", "garage-camera, 610, 1", "lobby-camera, 9000, 0"})
  void aGarageHasMoreTimeAndOpenAreasAllOfIt(String camera, double leaves, int expected) {
    track(camera, 0, "t1", 0.0, null).track(camera, leaves, "t1", 0.0, leaves);
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void theAreasOwnLimitCounts() {
    Zone own =
        new Zone("roof", "", Zone.AntiPassback.NONE, null, false, 2, Duration.ofSeconds(30))
            .usedAs(Zone.Use.ROOF);
    site.with(known(place("roof-camera", List.of(), List.of(own))));
    track("roof-camera", 0, "t1", 0.0, null).track("roof-camera", 40, "t1", 0.0, 40.0);
    assertThat(theAlert().detectedAt()).isEqualTo(time(30));
  }

  @Test
  void aTrackWithoutBeginningIsThereAsLongAsItIsSeen() {
    for (int i = 0; i <= 14; i++) {
      track("room-camera", i * 30, "t1", null, null);
    }
    assertThat(theAlert().detectedAt()).isEqualTo(time(300));
    assertThat(theAlert().closedAt()).isEqualTo(time(14 * 30 + 60));
  }

  @Test
  void oneThatIsSeenTwiceIsNot() {
    track("room-camera", 0, "t1", null, null).track("room-camera", 30, "t1", null, null);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aTrackLostByACameraThatKeepsTellingHasLeft() {
    enters(0, "t0");
    track("room-camera", 20, "t0", 0.0, null).leaves(30, "t0", 0);
    enters(1000, "t1");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void comingBackThreeTimesWithinAnHourIsNoticed() {
    for (int i = 0; i < 3; i++) {
      face(i * 1000, null, "s1");
    }
    Alert alert = theAlert();
    assertThat(alert.explanation().code()).isEqualTo("loitering.returned");
    assertThat(alert.explanation().values()).containsEntry("visits", "3");
    assertThat(alert.evidence()).hasSize(3);
  }

  @Test
  void twiceOrFarApartOrSomebodyElseIsNot() {
    face(0, null, "s1").face(1000, null, "s1").face(2000, null, "s2");
    face(5400, null, "s1").face(9200, null, "s1");
    assertThat(alerts()).isEmpty();
  }

  /** A camera gives who comes back a new id. */
  @ParameterizedTest
  @CsvSource({
    "room-camera, 50400, 600, 1",
    "room-camera, 0, 600, 0",
    "garage-camera, 50400, 600, 0",
    "room-camera, 50400, 200, 0"
  })
  void atNightStaysOneAfterTheOtherAreThoseOfOne(
      String camera, double from, double every, int expected) {
    for (int i = 0; i < 3; i++) {
      double enters = from + i * every;
      track(camera, enters, "t" + i, enters, null);
      track(camera, enters + 90, "t" + i, enters, enters + 90);
    }
    assertThat(alerts())
        .hasSize(expected)
        .allMatch(alert -> alert.explanation().code().equals("loitering.returned"));
  }

  @Test
  void capturesOfOneStayAreNoReturns() {
    for (int i = 0; i < 4; i++) {
      face(i * 70, null, "s1");
    }
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-50, 0", "20, 0", "-70, 1", "40, 1"})
  void whoWasLetInMayStay(double grant, int expected) {
    granted(grant).enters(0, "t1").leaves(3600, "t1", 0);
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void aRecognisedPersonMayStay() {
    face(-5, "chen", null).enters(0, "t1").leaves(3600, "t1", 0);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aDenialLetsNobodyIn() {
    site.with(
        site.denied("c1", "room-door", time(-5), Direction.IN, DenialReason.UNKNOWN_CREDENTIAL));
    enters(0, "t1");
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void oneGrantIsForOnePerson() {
    granted(-5).enters(0, "t1").enters(1, "t2").leaves(900, "t1", 0).leaves(900, "t2", 1);
    assertThat(theAlert().subjects().get(0).id()).isEqualTo("t2");
  }

  @Test
  void whoWasLetInAndIsLostAndFoundMayStay() {
    granted(-5).enters(0, "t1").leaves(200, "t1", 0).enters(230, "t2").leaves(900, "t2", 230);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aBrokenTrackIsOneStay() {
    enters(0, "t1").leaves(200, "t1", 0).enters(202, "t2").leaves(450, "t2", 202);
    assertThat(theAlert().firstEventTime()).isEqualTo(time(0));
    LoiteringTest later = new LoiteringTest();
    later.enters(0, "t1").leaves(200, "t1", 0).enters(210, "t2").leaves(450, "t2", 210);
    assertThat(later.alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"work, room-door, 0", "goods, room-door, 1", "work, lobby-camera, 1"})
  void aPermitOfAPlaceOfTheAreaExplainsIt(String kind, String place, int expected) {
    permit(kind, place, -9000, -3600, 3600).enters(0, "t1").leaves(900, "t1", 0);
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void aPermitForAnotherTimeDoesNot() {
    permit("work", "room-door", -9000, -7200, -10).enters(0, "t1").leaves(900, "t1", 0);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aPermitRecordedAfterwardsTakesTheAlertBack() {
    enters(0, "t1").leaves(900, "t1", 0);
    permit("maintenance", "room-camera", 5000, -60, 3600);
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(closing(theAlert())).isEqualTo("loitering.permit");
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"OFFLINE", "MAINTENANCE"})
  void noConclusionOnceTheCameraIsBlind(State blind) {
    enters(0, "t1");
    site.with(site.status("room-camera", time(100), blind));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void anAlertClosesWhenTheCameraGoesBlind() {
    enters(0, "t1");
    site.with(site.status("room-camera", time(400), State.OFFLINE));
    assertThat(closing(theAlert())).isEqualTo("loitering.lost-sight");
  }

  @Test
  void aCameraThatMissesSomethingIsNotBelieved() {
    enters(0, "t1");
    site.with(
        new DeviceHealth(
            "h",
            GateFixture.COMMUNITY,
            time(100),
            "room-camera-reader",
            ROOM_CAMERA,
            false,
            Duration.ZERO,
            Duration.ZERO));
    enters(200, "t2");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void coverageIsFullWhenTheCameraSaidItIsWell() {
    enters(0, "t1");
    site.with(site.status("room-camera", time(100), State.ONLINE));
    assertThat(theAlert().coverage()).isEqualTo(Coverage.FULL);
  }

  @Test
  void vehiclesAndDoubtfulSightingsDoNotCount() {
    track("room-camera", 0, "t1", 0.0, null, Kind.OBJECT, 0.9);
    track("room-camera", 0, "t2", 0.0, null, Kind.PERSON, 0.5);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void theLimitGrowsWithTheUsualStays() {
    Random random = new Random(1);
    for (int i = 0; i < 150; i++) {
      double from = i * 2000.0;
      double lasts = 60 + random.nextInt(900);
      track("garage-camera", from + lasts, "g" + i, from, from + lasts);
    }
    List<Alert> early = alerts();
    assertThat(early).isNotEmpty();
    double from = 150 * 2000.0;
    track("garage-camera", from + 900, "x", from, from + 900);
    assertThat(alerts()).hasSize(early.size());
    track("garage-camera", from + 8600, "y", from + 5000, from + 8600);
    assertThat(alerts()).hasSize(early.size() + 1);
  }

  @Test
  void aTrackThatVanishesAndGoesOnUnderAnotherIsOneStay() {
    for (int minute = 0; minute < 4; minute++) {
      track("garage-camera", minute * 60, "a", 0.0, null);
    }
    for (int minute = 4; minute < 11; minute++) {
      track("garage-camera", minute * 60, "b", 240.0, null);
    }
    assertThat(theAlert().firstEventTime()).isEqualTo(time(0));
    LoiteringTest left = new LoiteringTest();
    for (int minute = 0; minute < 4; minute++) {
      left.track("garage-camera", minute * 60, "a", 0.0, null);
    }
    left.track("garage-camera", 200, "a", 0.0, 200.0);
    for (int minute = 4; minute < 11; minute++) {
      left.track("garage-camera", minute * 60, "b", 240.0, null);
    }
    assertThat(left.alerts()).isEmpty();
  }

  @Test
  void stayingUnderAPermitIsNotUsual() {
    for (int day = 0; day < 30; day++) {
      double from = day * 86_400.0;
      permit("work", "room-door", from - 60, from - 60, from + 7200);
      for (int minute = 0; minute < 60; minute++) {
        track("room-camera", from + minute * 60, "t" + day, from, null);
      }
      track("room-camera", from + 3600, "t" + day, from, from + 3600);
    }
    double from = 31 * 86_400.0;
    track("room-camera", from + 400, "x", from, from + 400);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void camerasNeverShareASubject() {
    site.with(known(place("room-camera-2", List.of(), List.of(ROOM))));
    for (int i = 0; i < 2; i++) {
      track("room-camera", i * 2000, "t1", i * 2000.0, i * 2000.0);
      track("room-camera-2", i * 2000 + 1000, "t1", i * 2000.0 + 1000, i * 2000.0 + 1000);
    }
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void arrivalOrderDoesNotMatter(long seed) {
    Random random = new Random(seed);
    permit("work", "room-door", -9000, 3000, 4000);
    for (int i = 0; i < 200; i++) {
      double from = random.nextInt(20_000);
      double lasts = random.nextInt(500);
      enters(from, "t" + i);
      leaves(from + lasts, "t" + i, from);
      if (random.nextInt(4) == 0) {
        granted(from - 10);
      }
      face(from, random.nextInt(5) == 0 ? "chen" : null, "s" + random.nextInt(30));
    }
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    assertThat(alerts(GateFixture.disordered(site.history(), seed), new SettingsBook()))
        .isEqualTo(expected);
  }

  @Test
  void settingsChangeTheLimit() {
    enters(0, "t1").leaves(900, "t1", 0);
    assertThat(alerts(site.history(), with("dwell", "PT20M"))).isEmpty();
  }

  @Test
  void theStateStaysBoundedAndIsForgotten() {
    Loitering model = new Loitering(LoiteringSettings.DEFAULTS);
    LoiteringState state = null;
    Instant wakeAt = null;
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      TrackSighting sighting =
          new TrackSighting(
              site.origin(GateFixture.COMMUNITY, "room-camera", time(i)).at(ROOM_CAMERA),
              "t" + random.nextInt(500),
              Kind.PERSON,
              random.nextBoolean() ? time(i) : null,
              null,
              1,
              0.9,
              Direction.UNKNOWN,
              "");
      Step<LoiteringState> step = model.onEvent("maple/room", sighting, state);
      state = Objects.requireNonNull(step.state());
      wakeAt = step.wakeAt();
      assertThat(state.stays()).hasSizeLessThanOrEqualTo(64);
      assertThat(state.past()).hasSizeLessThanOrEqualTo(64);
      assertThat(state.admitted()).hasSizeLessThanOrEqualTo(16);
      assertThat(state.alarms()).hasSizeLessThanOrEqualTo(8);
    }
    for (int wakes = 0; state != null; wakes++) {
      assertThat(wakes).isLessThan(500);
      Step<LoiteringState> step = model.onWake("maple/room", Objects.requireNonNull(wakeAt), state);
      state = step.state();
      wakeAt = step.wakeAt();
    }
  }
}
