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
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.Step;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.TrackSighting;
import gatehouse.event.TrackSighting.Kind;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrowdingTest {

  private static final Zone HALL = Zone.open("hall").certifiedFor(20);
  private static final Instant NOON = at("12:00");

  private final GateFixture site =
      new GateFixture()
          .with(
              known(place("hall-a", List.of(), List.of(HALL))),
              known(place("hall-b", List.of(), List.of(HALL))),
              known(place("yard", List.of(), List.of(Zone.open("yard")))));

  private CrowdingTest number(double seconds, int people) {
    return number("hall-a", seconds, people);
  }

  private CrowdingTest number(String place, double seconds, int people) {
    return add(place, seconds, "n" + seconds, Kind.PERSON, null, null, people, Direction.UNKNOWN);
  }

  private CrowdingTest track(double seconds, String track, boolean left) {
    Instant time = time(seconds);
    return add(
        "hall-a", seconds, track, Kind.PERSON, NOON, left ? time : null, 1, Direction.UNKNOWN);
  }

  private CrowdingTest add(
      String place,
      double seconds,
      String track,
      Kind kind,
      @Nullable Instant entered,
      @Nullable Instant left,
      int people,
      Direction way) {
    site.with(
        new TrackSighting(
            site.origin(GateFixture.COMMUNITY, place, time(seconds)),
            track,
            kind,
            entered,
            left,
            people,
            0.9,
            way,
            ""));
    return this;
  }

  private static Instant time(double seconds) {
    return NOON.plusMillis(Math.round(seconds * 1000));
  }

  private List<Alert> alerts() {
    return alerts(site.history(), new SettingsBook());
  }

  private static List<Alert> alerts(List<Fact> history, SettingsBook settings) {
    return new Replay(List.of(Crowding.entry()), settings)
        .run(history, NOON.plus(Duration.ofHours(6)))
        .alerts();
  }

  private Alert theAlert() {
    assertThat(alerts()).hasSize(1);
    return alerts().get(0);
  }

  @ParameterizedTest
  @CsvSource({"20, 0", "21, 1"})
  void moreThanTheCertificateAllowsForAMinute(int people, int expected) {
    number(0, people).number(30, people).number(60, people).number(90, 5);
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void saysWhatItSawToThePropertyAndTheFireDeskOnly() {
    number(0, 5).number(10, 25).number(40, 27).number(100, 3).number(300, 2);
    Alert alert = theAlert();
    assertThat(alert.firstEventTime()).isEqualTo(time(10));
    assertThat(alert.detectedAt()).isEqualTo(time(70));
    assertThat(alert.severity()).isEqualTo(Severity.P3);
    assertThat(alert.audiences()).isEqualTo(Set.of(Audience.PROPERTY, Audience.FIRE_DESK));
    assertThat(alert.subjects()).containsExactly(new Subject("zone", "hall", "zone"));
    assertThat(alert.explanation().values())
        .containsEntry("people", "27")
        .containsEntry("capacity", "20")
        .containsEntry("seconds", "60");
    assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
    assertThat(alert.closedAt()).isEqualTo(time(400));
    assertThat(closing(alert)).isEqualTo("crowding.dispersed");
  }

  @Test
  void neverToldToThePolice() {
    assertThat(Crowding.entry().card().recipients()).doesNotContain(Audience.POLICE);
  }

  @ParameterizedTest
  @CsvSource({"29, P3", "30, P2"})
  void halfAsManyMoreIsMoreUrgent(int people, Severity severity) {
    number(0, people);
    assertThat(theAlert().severity()).isEqualTo(severity);
  }

  @Test
  void oneWrongCountIsNoCrowd() {
    number(0, 60).number(10, 12).number(20, 60).number(30, 12);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void growingIsTold() {
    number(0, 21).number(100, 35);
    List<Alert> revisions =
        Replay.of(Crowding.entry()).run(site.history(), NOON.plus(Duration.ofHours(1))).revisions();
    assertThat(revisions).extracting(Alert::severity).startsWith(Severity.P3, Severity.P2);
  }

  @Test
  void comingBackSoonIsTheSameAlert() {
    number(0, 30).number(100, 10).number(200, 30).number(300, 10).number(700, 30).number(800, 5);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void anAreaWithoutACertifiedNumberIsNotJudged() {
    number("yard", 0, 500).number("yard", 100, 500);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void tracksAddUpUntilTheyLeave() {
    for (int i = 0; i < 25; i++) {
      track(i, "t" + i, false);
    }
    for (int i = 0; i < 25; i++) {
      track(200, "t" + i, true);
    }
    Alert alert = theAlert();
    assertThat(alert.detectedAt()).isEqualTo(time(80));
    assertThat(alert.evidence()).hasSize(20);
    assertThat(closing(alert)).isEqualTo("crowding.nobody-seen");
  }

  @Test
  void peopleWhoPassOneByOneAreNoCrowd() {
    for (int i = 0; i < 300; i++) {
      track(i * 4, "t" + i, false).track(i * 4 + 40, "t" + i, true);
      add("hall-a", i * 4, "x" + i, Kind.PERSON, null, null, 1, Direction.IN);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aCounterThatNamesEachReportAnewIsNoCrowd() {
    number(0, 3);
    for (int i = 1; i < 200; i++) {
      number(i, 1);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void camerasOfDifferentPlacesAddUpThoseOfOneDoNot() {
    number("hall-a", 0, 12).number("hall-b", 1, 12);
    assertThat(alerts()).hasSize(1);

    CrowdingTest twice = new CrowdingTest();
    twice.number("hall-a", 0, 12);
    TrackSighting same = (TrackSighting) twice.site.history().get(3);
    twice.site.with(
        new TrackSighting(
            new Origin(
                "other",
                same.community(),
                "second-camera",
                same.place(),
                same.time(),
                same.time(),
                "",
                -1,
                false,
                ClockQuality.GOOD),
            "n",
            Kind.PERSON,
            null,
            null,
            12,
            0.9,
            Direction.UNKNOWN,
            ""));
    assertThat(twice.alerts()).isEmpty();
  }

  @Test
  void vehiclesAndDoubtfulSightingsDoNotCount() {
    add("hall-a", 0, "v", Kind.BICYCLE, null, null, 50, Direction.UNKNOWN);
    assertThat(alerts()).isEmpty();
    number(0, 50);
    assertThat(alerts(site.history(), with("minConfidence", "0.95"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"OFFLINE", "MAINTENANCE"})
  void whatACameraSawBeforeItWasCutOffIsNotBelieved(State blind) {
    number(0, 50);
    site.with(site.status("hall-a", time(30), blind));
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aCameraOfDoubtfulHealthDoesNotCountUntilItIsWell() {
    number(0, 2);
    site.with(health(1, false));
    number(10, 50).number(50, 50);
    assertThat(alerts()).isEmpty();
    site.with(health(1000, true));
    number(1010, 50);
    assertThat(theAlert().firstEventTime()).isEqualTo(time(1010));
  }

  private static DeviceHealth health(double seconds, boolean sees) {
    return new DeviceHealth(
        "h" + seconds,
        GateFixture.COMMUNITY,
        time(seconds),
        "hall-a-reader",
        place("hall-a", List.of(), List.of(HALL)),
        sees,
        Duration.ZERO,
        Duration.ZERO);
  }

  @Test
  void aNumberIsNotBelievedForEver() {
    number(0, 50);
    assertThat(theAlert().closedAt()).isEqualTo(time(600));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void arrivalOrderDoesNotMatter(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      number(random.nextBoolean() ? "hall-a" : "hall-b", i * 20, random.nextInt(25));
      track(i * 20 + 3, "t" + random.nextInt(20), random.nextBoolean());
    }
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    assertThat(alerts(GateFixture.disordered(site.history(), seed), new SettingsBook()))
        .isEqualTo(expected);
  }

  @Test
  void settingsChangeTheTime() {
    number(0, 50).number(70, 2);
    assertThat(alerts(site.history(), with("lasting", "PT2M"))).isEmpty();
  }

  private static SettingsBook with(String name, String value) {
    return SettingsBook.of(
        new SettingsChange(
            "crowding", SettingsChange.Scope.CITY, "", Instant.EPOCH, Map.of(name, value), "test"));
  }

  @Test
  void theStateStaysBoundedAndIsForgotten() {
    Crowding model = new Crowding(Crowding.Settings.DEFAULTS);
    Crowding.Crowd state = null;
    Instant wakeAt = null;
    for (int i = 0; i < 3000; i++) {
      TrackSighting sighting =
          (TrackSighting) new CrowdingTest().track(i * 0.01, "t" + i, false).site.history().get(3);
      Step<Crowding.Crowd> step =
          model.onEvent("maple/hall", sighting.withOrigin(sighting.origin().at(HALL_PLACE)), state);
      state = step.state();
      wakeAt = step.wakeAt();
      assertThat(Objects.requireNonNull(state).occupancy().seen()).hasSizeLessThanOrEqualTo(512);
    }
    for (int wakes = 0; state != null; wakes++) {
      assertThat(wakes).isLessThan(1000);
      Step<Crowding.Crowd> step = model.onWake("maple/hall", Objects.requireNonNull(wakeAt), state);
      state = step.state();
      wakeAt = step.wakeAt();
    }
  }

  private static final Place HALL_PLACE = place("hall-a", List.of(), List.of(HALL));

  private static String closing(Alert alert) {
    return Objects.requireNonNull(alert.closing()).code();
  }
}
