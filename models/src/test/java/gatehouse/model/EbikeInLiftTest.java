package gatehouse.model;

import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.known;
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
import gatehouse.event.Direction;
import gatehouse.event.TagRead;
import gatehouse.event.TrackSighting;
import gatehouse.event.TrackSighting.Kind;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.TaggedObject;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
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

class EbikeInLiftTest {

  private static final Instant NOON = at("12:00");
  private static final List<Kind> KINDS = List.of(Kind.values());

  private final GateFixture site =
      new GateFixture()
          .with(known(place("lift", Place.Kind.LIFT)), known(place("hall", Place.Kind.CAMERA)));

  private static Place place(String id, Place.Kind kind) {
    return new Place(
        id,
        kind,
        "",
        "",
        "",
        "UTC",
        List.of(),
        List.of(),
        null,
        DoorSpec.NONE,
        List.of(),
        Map.of());
  }

  private EbikeInLiftTest frame(double seconds, Kind kind, double confidence) {
    return frame("lift", seconds, kind, confidence, "t1");
  }

  private EbikeInLiftTest frame(
      String place, double seconds, Kind kind, double confidence, String track) {
    site.with(
        new TrackSighting(
            site.origin(GateFixture.COMMUNITY, place, time(seconds)),
            track,
            kind,
            null,
            null,
            1,
            confidence,
            Direction.UNKNOWN,
            ""));
    return this;
  }

  private EbikeInLiftTest tag(double seconds, String tag, double rssi, String type) {
    site.with(
        new TagRead(
            site.origin(GateFixture.COMMUNITY, "lift", time(seconds)),
            tag,
            rssi,
            "a1",
            Direction.UNKNOWN,
            type));
    return this;
  }

  private EbikeInLiftTest registered(
      double recorded, double from, @Nullable Double to, String tag, String kind) {
    site.with(
        new TaggedObject(
            site.recorded(time(recorded), time(from), to == null ? null : time(to)),
            tag,
            kind,
            "chen",
            List.of(),
            false));
    return this;
  }

  private static Instant time(double seconds) {
    return NOON.plusMillis(Math.round(seconds * 1000));
  }

  private List<Alert> alerts() {
    return alerts(site.history(), new SettingsBook());
  }

  private static List<Alert> alerts(List<Fact> history, SettingsBook settings) {
    return new Replay(List.of(LiftTag.entry(), EbikeInLift.entry()), settings)
        .run(history, NOON.plus(Duration.ofDays(30)))
        .alerts();
  }

  private Alert theAlert() {
    assertThat(alerts()).hasSize(1);
    return alerts().get(0);
  }

  private void ride(double from, double to) {
    for (double at = from; at < to; at += 0.5) {
      frame(at, Kind.E_BIKE, 0.9);
    }
  }

  @Test
  void threeFramesAreEnoughAndARideIsOneAlert() {
    ride(0, 40);
    Alert alert = theAlert();
    assertThat(alert.detectedAt()).isEqualTo(time(1));
    assertThat(alert.firstEventTime()).isEqualTo(time(0));
    assertThat(alert.severity()).isEqualTo(Severity.P2);
    assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
    assertThat(alert.subjects()).containsExactly(new Subject("lift", "lift", "lift"));
    assertThat(alert.evidence()).hasSizeBetween(3, 5);
    assertThat(alert.state()).isEqualTo(AlertState.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({"0.80, 1", "0.79, 0"})
  void frameCountsFromItsConfidenceOn(double confidence, int expected) {
    for (int i = 0; i < 10; i++) {
      frame(i, Kind.E_BIKE, confidence);
    }
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void twoOfFiveAreNotEnough() {
    for (int i = 0; i < 20; i++) {
      frame(i * 0.5, i % 5 < 2 ? Kind.E_BIKE : Kind.BICYCLE, 0.95);
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void threeOfFiveAre() {
    frame(0, Kind.E_BIKE, 0.9).frame(0.5, Kind.BICYCLE, 0.9).frame(1, Kind.E_BIKE, 0.9);
    frame(1.5, Kind.OBJECT, 0.9).frame(2, Kind.E_BIKE, 0.9);
    assertThat(alerts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1.5, 1", "1.6, 0"})
  void theFramesMustBeWithinThreeSeconds(double apart, int expected) {
    frame(0, Kind.E_BIKE, 0.9).frame(apart, Kind.E_BIKE, 0.9).frame(2 * apart, Kind.E_BIKE, 0.9);
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void manyTracksInOneFrameAreOneVote() {
    for (int i = 0; i < 5; i++) {
      frame("lift", 0, Kind.E_BIKE, 0.9, "t" + i);
    }
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"WHEELCHAIR", "PRAM"})
  void aWheelchairOrPramIsAVeto(Kind decoy) {
    for (int i = 0; i < 20; i++) {
      frame(i * 0.5, i % 5 == 2 ? decoy : Kind.E_BIKE, 0.9);
    }
    assertThat(alerts()).isEmpty();
    ride(20, 25);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void whatTurnsOutToBeAPramIsTakenBack() {
    ride(0, 3);
    frame(3, Kind.PRAM, 0.9);
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(Objects.requireNonNull(theAlert().closing()).code())
        .isEqualTo("ebike-in-lift.wheelchair-or-pram");
  }

  @Test
  void aPramThatGetsInLaterDoesNotMatter() {
    ride(0, 20);
    frame(20, Kind.PRAM, 0.9);
    assertThat(theAlert().state()).isEqualTo(AlertState.CLOSED);
  }

  @Test
  void aDoubtfulPramIsNone() {
    frame(0, Kind.PRAM, 0.4);
    ride(0.5, 3);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void peopleBetweenTheFramesDoNotMatter() {
    for (int i = 0; i < 3; i++) {
      frame(i, Kind.E_BIKE, 0.9).frame(i + 0.3, Kind.PERSON, 0.9).frame(i + 0.6, Kind.PERSON, 0.9);
    }
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void elsewhereAnEbikeIsWelcome() {
    for (int i = 0; i < 10; i++) {
      frame("hall", i, Kind.E_BIKE, 0.95, "t1");
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void theNextRideIsAnAlertOfItsOwn() {
    ride(0, 20);
    ride(300, 320);
    assertThat(alerts()).hasSize(2);
  }

  @Test
  void aRegisteredTagInTheCarIsEnough() {
    registered(-9000, -9000, null, "tag-5", "e-bike")
        .tag(0, "tag-5", -50, "")
        .tag(5, "tag-5", -50, "");
    Alert alert = theAlert();
    assertThat(alert.subjects().get(0)).isEqualTo(new Subject("tag", "tag-5", "e-bike"));
    assertThat(alert.detectedAt()).isEqualTo(time(0));
    assertThat(alert.explanation().code()).isEqualTo("ebike-in-lift.tag");
  }

  @Test
  void cameraAndTagAreOneAlert() {
    registered(-9000, -9000, null, "tag-5", "e-bike").tag(0, "tag-5", -50, "");
    ride(1, 20);
    assertThat(theAlert().evidence()).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @CsvSource({"e-bike, -80, 0", "wheelchair, -50, 0", "E_BIKE, -50, 1", "'', -50, 0"})
  void theKindAndTheSignalCount(String kind, double rssi, int expected) {
    registered(-9000, -9000, null, "tag-5", kind).tag(0, "tag-5", rssi, "");
    assertThat(alerts()).hasSize(expected);
  }

  @Test
  void anUnregisteredTagIsWhatTheReaderSays() {
    tag(0, "tag-6", -50, "e-bike").tag(200, "tag-7", -50, "parcel");
    assertThat(theAlert().subjects().get(0).id()).isEqualTo("tag-6");
  }

  @Test
  void whatTheTagWasOnThenCounts() {
    registered(-9000, -9000, -100.0, "tag-5", "e-bike");
    registered(-100, -100, null, "tag-5", "parcel");
    tag(0, "tag-5", -50, "");
    assertThat(alerts()).isEmpty();
  }

  @Test
  void aCorrectionRecordedLaterTakesTheAlertBack() {
    registered(-9000, -9000, null, "tag-5", "e-bike").tag(0, "tag-5", -50, "");
    registered(3600, -100, null, "tag-5", "wheelchair");
    assertThat(theAlert().state()).isEqualTo(AlertState.RETRACTED);
    assertThat(Objects.requireNonNull(theAlert().closing()).code())
        .isEqualTo("ebike-in-lift.other-object");
  }

  @Test
  void aCorrectionLeavesWhatTheCameraSaw() {
    registered(-9000, -9000, null, "tag-5", "e-bike").tag(0, "tag-5", -50, "");
    ride(1, 20);
    registered(3600, -100, null, "tag-5", "wheelchair");
    assertThat(theAlert().state()).isEqualTo(AlertState.CLOSED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void arrivalOrderDoesNotMatter(long seed) {
    Random random = new Random(seed);
    registered(-9000, -9000, null, "tag-5", "e-bike");
    for (int i = 0; i < 300; i++) {
      Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      frame(i * 0.7, random.nextInt(3) > 0 ? Kind.E_BIKE : kind, 0.7 + random.nextDouble() * 0.3);
      if (random.nextInt(20) == 0) {
        tag(i * 0.7, "tag-5", -50, "");
      }
    }
    List<Alert> expected = alerts();
    assertThat(expected).isNotEmpty();
    assertThat(alerts(GateFixture.disordered(site.history(), seed), new SettingsBook()))
        .isEqualTo(expected);
  }

  @Test
  void settingsChangeTheVote() {
    ride(0, 2);
    SettingsBook five =
        SettingsBook.of(
            new SettingsChange(
                "ebike-in-lift",
                SettingsChange.Scope.PLACE,
                "maple/lift",
                Instant.EPOCH,
                Map.of("frames", "5"),
                "test"));
    assertThat(alerts()).hasSize(1);
    assertThat(alerts(site.history(), five)).isEmpty();
  }

  @Test
  void nothingIsKeptAfterTheRide() {
    EbikeInLift model = new EbikeInLift(EbikeInLift.Settings.DEFAULTS);
    EbikeInLift.State state = null;
    Instant wakeAt = null;
    ride(0, 500);
    for (Fact fact : site.history().subList(2, site.history().size())) {
      Step<EbikeInLift.State> step = model.onEvent("maple/lift", fact, state);
      state = step.state();
      wakeAt = step.wakeAt();
      assertThat(Objects.requireNonNull(state).frames()).hasSizeLessThanOrEqualTo(5);
    }
    Step<EbikeInLift.State> woken =
        model.onWake("maple/lift", Objects.requireNonNull(wakeAt), Objects.requireNonNull(state));
    assertThat(woken.state()).isNull();
  }
}
