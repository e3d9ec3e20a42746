package gatehouse.model;

import static gatehouse.fixture.DoorFixture.COMMUNITY;
import static gatehouse.fixture.DoorFixture.DAY;
import static gatehouse.fixture.DoorFixture.at;
import static gatehouse.fixture.DoorFixture.door;
import static gatehouse.fixture.DoorFixture.place;
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
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent.Change;
import gatehouse.event.Outcome;
import gatehouse.event.TrackSighting.Kind;
import gatehouse.fact.Fact;
import gatehouse.fixture.DoorFixture;
import gatehouse.model.tailgate.TailgatingSettings;
import gatehouse.model.tailgate.TailgatingState;
import gatehouse.registry.Credential;
import gatehouse.registry.Residency;
import gatehouse.registry.VisitorPass;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import gatehouse.site.Zone.AntiPassback;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TailgatingTest {

  private final DoorFixture gate =
      new DoorFixture(place("t1", Place.Kind.TURNSTILE, DoorSpec.NONE));
  private final DoorFixture home = new DoorFixture(door("d1"));

  private static List<Alert> alerts(DoorFixture site) {
    return alerts(site.history(), new SettingsBook());
  }

  private static List<Alert> alerts(List<Fact> history, SettingsBook settings) {
    Instant last = history.stream().map(Fact::time).max(Instant::compareTo).orElseThrow();
    return new Replay(
            List.of(CredentialUnit.entry(), UnitHousehold.entry(), Tailgating.entry()), settings)
        .run(history, last.plus(Duration.ofHours(12)))
        .alerts();
  }

  private static Alert theAlert(DoorFixture site) {
    assertThat(alerts(site)).hasSize(1);
    return alerts(site).get(0);
  }

  private static String closing(Alert alert) {
    return Objects.requireNonNull(alert.closing()).code();
  }

  /** Somebody opens with a card; so many pass, a second apart; the door closes. */
  private static DoorFixture opening(DoorFixture site, double time, String card, int persons) {
    site.granted(time, card).opened(time + 1);
    for (int i = 0; i < persons; i++) {
      site.passes(time + 2 + i, "t" + time + '-' + i, Direction.IN);
    }
    return site.closed(time + 4 + persons);
  }

  private static DoorFixture household(DoorFixture site, String card, String unit, int members) {
    site.add(
        new Credential(
            site.entry(-90 * DAY, -90 * DAY, null),
            card,
            CredentialType.CARD,
            unit + "-p0",
            unit,
            List.of(),
            Credential.Status.ACTIVE,
            null));
    for (int i = 0; i < members; i++) {
      site.add(
          new Residency(
              site.entry(-90 * DAY, -90 * DAY, null),
              unit + "-p" + i,
              unit,
              Residency.Role.FAMILY));
    }
    return site;
  }

  private static DoorFixture expects(
      DoorFixture site, String unit, double recorded, double from, double to) {
    return site.add(
        new VisitorPass(site.entry(recorded, from, to), "v" + recorded, "", unit, List.of(), 1));
  }

  // Turnstiles and anti-tailgating areas: each time

  @Test
  void aSecondPersonOnOneGrantAtATurnstile() {
    gate.granted(0, "card-1").passes(1, "a", Direction.IN).passes(2, "b", Direction.IN);
    Alert alert = theAlert(gate);
    assertThat(alert.severity()).isEqualTo(Severity.P3);
    assertThat(alert.audiences()).containsExactly(Audience.PROPERTY);
    assertThat(alert.detectedAt()).isEqualTo(at(7));
    assertThat(alert.firstEventTime()).isEqualTo(at(0));
    assertThat(alert.explanation().code()).isEqualTo("tailgating.not-let-in");
    assertThat(alert.explanation().values()).containsEntry("excess", "1");
    assertThat(alert.subjects())
        .containsExactly(
            new Subject("door", "t1", "door"), new Subject("credential", "card-1", "opened-by"));
    assertThat(alert.evidence())
        .extracting(Evidence::role)
        .containsExactly("tailgating.grant", "tailgating.passed", "tailgating.follower");
    assertThat(alert.coverage()).isEqualTo(Coverage.ASSUMED);
  }

  @Test
  void oneGrantEachIsNone() {
    for (int i = 0; i < 60; i++) {
      gate.granted(i * 2, "card-" + i).passes(i * 2 + 1, "t" + i, Direction.IN);
    }
    assertThat(alerts(gate)).isEmpty();
  }

  @Test
  void oneTooManyInARushIsFound() {
    for (int i = 0; i < 30; i++) {
      gate.granted(i * 3, "card-" + i).passes(i * 3 + 1, "t" + i, Direction.IN);
    }
    gate.passes(31.9, "slips", Direction.IN);
    assertThat(alerts(gate)).hasSize(1);
  }

  @Test
  void aGrantThatComesJustAfterThePassageCounts() {
    gate.granted(0, "card-1").passes(1, "a", Direction.IN).passes(2, "b", Direction.IN);
    gate.granted(3, "card-2");
    assertThat(alerts(gate)).isEmpty();
  }

  @Test
  void theSameCardTwiceInARowIsOneGrant() {
    gate.granted(0, "card-1").granted(1, "card-1");
    gate.passes(2, "a", Direction.IN).passes(3, "b", Direction.IN);
    assertThat(alerts(gate)).hasSize(1);
  }

  @Test
  void anAreaThatAllowsNoTailgatingIsStrictAndASensitiveOneMoreUrgent() {
    Zone archive = new Zone("archive", "", AntiPassback.NONE, null, true, 2, null);
    Place plain = door("d1");
    Place strict =
        new Place(
            "d1",
            Place.Kind.DOOR,
            "",
            "",
            "",
            "Asia/Shanghai",
            List.of(),
            List.of(archive),
            null,
            DoorSpec.STANDARD,
            List.of(),
            Map.of());
    assertThat(alerts(opening(new DoorFixture(plain), 0, "card-1", 2))).isEmpty();
    assertThat(theAlert(opening(new DoorFixture(strict), 0, "card-1", 2)).severity())
        .isEqualTo(Severity.P2);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0", "0.4, 1"})
  void aBrokenTrackIsNoSecondPerson(double gap, int expected) {
    gate.granted(0, "card-1").passes(1, "a", Direction.IN).passes(1 + gap, "b", Direction.IN);
    assertThat(alerts(gate)).hasSize(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "PERSON, IN, 0.79, 0",
    "PERSON, IN, 0.8, 1",
    "PERSON, OUT, 0.95, 0",
    "PERSON, UNKNOWN, 0.95, 0",
    "OBJECT, IN, 0.95, 0",
    "BICYCLE, IN, 0.95, 0"
  })
  void onlyPersonsClearlySeenToPassInwardCount(
      Kind kind, Direction direction, double confidence, int expected) {
    gate.granted(0, "card-1")
        .passes(1, "a", Direction.IN)
        .passes(2, "b", direction, kind, confidence);
    assertThat(alerts(gate)).hasSize(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"PRAM", "WHEELCHAIR"})
  void aPramOrWheelchairTakesOneAlong(Kind aid) {
    gate.granted(0, "card-1").passes(1, "a", Direction.IN).passes(1.2, "p", Direction.IN, aid, 0.9);
    gate.passes(2, "b", Direction.IN);
    assertThat(alerts(gate)).isEmpty();
  }

  @Test
  void somebodyLeavingMayBeSeenInTheWrongDirection() {
    gate.granted(0, "card-1").passes(1, "a", Direction.IN);
    gate.granted(1.5, "card-2", Direction.OUT).passes(2, "b", Direction.IN);
    assertThat(alerts(gate)).isEmpty();
    DoorFixture seen = new DoorFixture(place("t1", Place.Kind.TURNSTILE, DoorSpec.NONE));
    seen.granted(0, "card-1").passes(1, "a", Direction.IN);
    seen.granted(1.5, "card-2", Direction.OUT).passes(1.8, "c", Direction.OUT);
    seen.passes(2.5, "b", Direction.IN);
    assertThat(alerts(seen)).hasSize(1);
  }

  @Test
  void whoStepsBackAndComesInAgainIsOne() {
    gate.granted(0, "card-1").passes(1, "a", Direction.IN);
    gate.passes(2.5, "b", Direction.OUT).passes(4, "c", Direction.IN);
    assertThat(alerts(gate)).isEmpty();
    DoorFixture followed = new DoorFixture(place("t1", Place.Kind.TURNSTILE, DoorSpec.NONE));
    followed.granted(0, "card-1").passes(1, "a", Direction.IN).passes(2, "d", Direction.IN);
    followed.passes(2.5, "b", Direction.OUT).passes(4, "c", Direction.IN);
    assertThat(alerts(followed)).hasSize(1);
  }

  @Test
  void passagesWithoutAnyGrantAreNotJudged() {
    gate.passes(1, "a", Direction.IN).passes(2, "b", Direction.IN).denied(3, "card-1");
    assertThat(alerts(gate)).isEmpty();
  }

  // Ordinary doors: evidence of their own

  @Test
  void aStrangerWhoFollowsIsAnAlert() {
    home.recognised(-0.5, "p1").granted(0, "card-1").opened(1).passes(2, "a", Direction.IN);
    home.stranger(2.6, "s1").passes(3, "b", Direction.IN).closed(6);
    Alert alert = theAlert(home);
    assertThat(alert.explanation().code()).isEqualTo("tailgating.stranger-followed");
    assertThat(alert.subjects().get(0)).isEqualTo(new Subject("local-subject", "s1", "follower"));
    assertThat(alert.detectedAt()).isEqualTo(at(8));
    assertThat(alert.score()).isGreaterThan(0.9);
  }

  @Test
  void aStrangerWhoIsTheHolderIsNone() {
    home.stranger(-0.5, "s1").granted(0, "card-1").opened(1).passes(2, "a", Direction.IN).closed(5);
    assertThat(alerts(home)).isEmpty();
    household(home, "card-1", "u1", 2);
    opening(home.stranger(99.5, "s1"), 100, "card-1", 2);
    assertThat(alerts(home)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.59, 0", "0.6, 1"})
  void aBlurredFaceIsNoEvidence(double quality, int expected) {
    home.recognised(-0.5, "p1").granted(0, "card-1").opened(1).passes(2, "a", Direction.IN);
    home.stranger(2.8, "s1", quality).passes(3, "b", Direction.IN).closed(6);
    assertThat(alerts(home)).hasSize(expected);
  }

  @Test
  void peopleTheDeviceKnowsAreNoFollowers() {
    home.recognised(-0.5, "p1").granted(0, "card-1").opened(1).passes(2, "a", Direction.IN);
    home.recognised(2.8, "p2").passes(3, "b", Direction.IN);
    home.recognised(3.8, "p3").passes(4, "c", Direction.IN).closed(6);
    assertThat(alerts(home)).isEmpty();
  }

  @Test
  void aFamilyOnOneCardIsNoneAndTwoMoreThanItAre() {
    household(home, "card-1", "u1", 3);
    opening(home, 0, "card-1", 3);
    opening(home, 100, "card-1", 4);
    assertThat(alerts(home)).isEmpty();
    opening(home, 200, "card-1", 5);
    assertThat(theAlert(home).explanation().code()).isEqualTo("tailgating.several-followed");
  }

  @Test
  void severalMustBeSeenClearly() {
    household(home, "card-1", "u1", 1).granted(0, "card-1").opened(1).passes(2, "a", Direction.IN);
    home.passes(3, "b", Direction.IN).passes(4, "c", Direction.IN, Kind.PERSON, 0.85).closed(8);
    assertThat(alerts(home)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5, 0", "6, 1"})
  void whereTheHouseholdIsUnknownThreeMayComeAlong(int persons, int expected) {
    assertThat(alerts(opening(home, 0, "card-9", persons))).hasSize(expected);
  }

  @Test
  void theHouseholdIsThatOfTheTime() {
    household(home, "card-1", "u1", 1);
    for (int i = 1; i < 4; i++) {
      home.add(
          new Residency(
              home.entry(-90 * DAY, -90 * DAY, -DAY), "u1-old" + i, "u1", Residency.Role.FAMILY));
      home.add(
          new Residency(
              home.entry(-90 * DAY, -90 * DAY, null), "u1-work" + i, "u1", Residency.Role.STAFF));
    }
    opening(home, -2 * DAY, "card-1", 4);
    assertThat(alerts(home)).isEmpty();
    opening(home, 0, "card-1", 4);
    assertThat(theAlert(home).firstEventTime()).isEqualTo(at(0));
  }

  @Test
  void aVisitorWithTheHostIsNone() {
    household(home, "card-1", "u1", 2);
    expects(home, "u1", -DAY, -3600, 3600);
    home.recognised(-0.5, "u1-p0").granted(0, "card-1").opened(1).passes(2, "a", Direction.IN);
    home.stranger(2.8, "guest").passes(3, "b", Direction.IN).closed(6);
    assertThat(alerts(home)).isEmpty();
    home.recognised(7199.5, "u1-p0").granted(7200, "card-1").opened(7201);
    home.passes(7202, "c", Direction.IN).stranger(7202.8, "guest2");
    home.passes(7203, "d", Direction.IN).closed(7206);
    assertThat(alerts(home)).hasSize(1);
  }

  @Test
  void aPassRecordedAfterwardsTakesTheAlertBack() {
    household(home, "card-1", "u1", 2);
    home.recognised(-0.5, "u1-p0").granted(0, "card-1").opened(1).passes(2, "a", Direction.IN);
    home.stranger(2.8, "guest").passes(3, "b", Direction.IN).closed(6);
    assertThat(theAlert(home).state()).isEqualTo(AlertState.CLOSED);
    expects(home, "u1", 7200, 5000, 9000);
    assertThat(theAlert(home).state()).isEqualTo(AlertState.CLOSED);
    expects(home, "u1", 7300, -3600, 3600);
    assertThat(theAlert(home).state()).isEqualTo(AlertState.RETRACTED);
    assertThat(closing(theAlert(home))).isEqualTo("tailgating.expected");
  }

  @Test
  void passesRecordedAtTheSameInstantCountTogether() {
    household(home, "card-1", "u1", 2);
    home.recognised(-0.5, "u1-p0").granted(0, "card-1").opened(1).passes(2, "a", Direction.IN);
    for (int i = 0; i < 3; i++) {
      home.stranger(2.8 + i, "guest" + i).passes(3 + i, "b" + i, Direction.IN);
    }
    home.closed(9);
    for (int i = 0; i < 2; i++) {
      home.add(
          new VisitorPass(home.entry(7200, -3600, 3600.0), "pass" + i, "", "u1", List.of(), 1));
      assertThat(theAlert(home).state())
          .isEqualTo(i == 0 ? AlertState.CLOSED : AlertState.RETRACTED);
    }
  }

  @Test
  void whoComesLaterThroughTheOpenDoorIsNoFollower() {
    home.recognised(-0.5, "p1").granted(0, "card-1").opened(1).passes(2, "a", Direction.IN);
    home.stranger(6.5, "s1").passes(6.5, "b", Direction.IN).closed(9);
    assertThat(alerts(home)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Change.class,
      names = {"REMOTE_RELEASE", "KEY_RELEASE", "SCHEDULED_RELEASE", "FIRE_RELEASE"})
  void whereOthersMayHaveBeenLetInNothingIsConcluded(Change release) {
    home.recognised(-0.5, "p1").granted(0, "card-1").opened(1).door(1.5, release);
    home.passes(2, "a", Direction.IN).stranger(2.8, "s1").passes(3, "b", Direction.IN).closed(6);
    assertThat(alerts(home)).isEmpty();
  }

  @Test
  void aRemoteOpenLetsInAnyNumber() {
    gate.access(
        0, "", CredentialType.REMOTE, Direction.IN, Outcome.GRANTED, DenialReason.NONE, false);
    gate.passes(1, "a", Direction.IN).passes(2, "b", Direction.IN).passes(3, "c", Direction.IN);
    assertThat(alerts(gate)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"moving", "maintenance", "drill"})
  void aPermitExplainsItAlsoAfterwards(String kind) {
    gate.granted(0, "card-1").passes(1, "a", Direction.IN).passes(2, "b", Direction.IN);
    gate.permit(kind, 7200, -60, 60.0);
    assertThat(theAlert(gate).state()).isEqualTo(AlertState.RETRACTED);
    gate.permit(kind, 7300, 8000, 9000.0);
    gate.granted(8100, "card-1").passes(8101, "c", Direction.IN).passes(8102, "d", Direction.IN);
    assertThat(alerts(gate)).hasSize(1);
  }

  // Coverage

  @Test
  void noConclusionWhereAReaderWasBlindOrAClockIsOff() {
    gate.granted(0, "card-1").passes(1, "a", Direction.IN).passes(2, "b", Direction.IN);
    List<Fact> base = gate.history();
    assertThat(alerts(base, new SettingsBook())).hasSize(1);
    DoorFixture offline = copy(base).device("reader2").status(3, State.OFFLINE);
    assertThat(alerts(offline)).isEmpty();
    assertThat(alerts(copy(base).health(-60, false, 0))).isEmpty();
    assertThat(alerts(copy(base).health(-60, true, 200))).isEmpty();
    assertThat(alerts(copy(base).health(-60, true, 1))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-40, -5, 5, 40, 90})
  void aCameraWhoseClockIsOffIsReadByItsTrueTime(double ahead) {
    counter().health(-60, true, ahead);
    terminal().granted(0, "card-1");
    counter().passes(1 + ahead, "a", Direction.IN).passes(2 + ahead, "b", Direction.IN);
    terminal().granted(100, "card-2").granted(101.4, "card-3");
    counter().passes(103 + ahead, "c", Direction.IN).passes(105 + ahead, "d", Direction.IN);
    Alert alert = theAlert(gate);
    assertThat(alert.firstEventTime()).isEqualTo(at(0));
    assertThat(alert.evidence()).extracting(Evidence::time).isSorted();
    assertThat(alert.detectedAt()).isEqualTo(at(2 + 5 + Math.max(0, ahead)));
  }

  @Test
  void aClockKnownPoorlyMakesTheOrderUnknown() {
    gate.granted(0, "card-1").passes(1, "a", Direction.IN).passes(2, "b", Direction.IN);
    List<Fact> base = gate.history();
    assertThat(alerts(copy(base).health(-60, true, 10))).hasSize(1);
    assertThat(alerts(copy(base).health(-60, true, 10, Duration.ofSeconds(5)))).isEmpty();
  }

  private DoorFixture terminal() {
    return gate.device("t1-terminal");
  }

  private DoorFixture counter() {
    return gate.device("t1-counter");
  }

  private static DoorFixture copy(List<Fact> history) {
    DoorFixture site = new DoorFixture(place("t1", Place.Kind.TURNSTILE, DoorSpec.NONE));
    history.stream().skip(1).forEach(site::add);
    return site;
  }

  @Test
  void aLateGrantTakesTheAlertBack() {
    gate.granted(0, "card-1").passes(1, "a", Direction.IN).passes(2, "b", Direction.IN);
    assertThat(alerts(gate)).hasSize(1);
    gate.buffered(true).granted(1.5, "card-2");
    assertThat(alerts(gate)).isEmpty();
  }

  // The door as a whole

  /** A door with some openings a day of a lone holder, of which a share has one too many. */
  private static DoorFixture days(DoorFixture site, int from, int to, int often) {
    for (int day = from; day < to; day++) {
      for (int i = 0; i < 40; i++) {
        opening(site, day * DAY + i * 300, "card-1", often > 0 && i % often == 0 ? 2 : 1);
      }
    }
    return site;
  }

  @Test
  void aDoorWhereItBecomesAHabitIsToldOnceAWeek() {
    household(home, "card-1", "u1", 1);
    days(home, 0, 20, 20);
    assertThat(alerts(home)).isEmpty();
    days(home, 20, 32, 4);
    List<Alert> alerts = alerts(home);
    assertThat(alerts).hasSizeBetween(1, 2);
    Alert alert = alerts.get(0);
    assertThat(alert.explanation().code()).isEqualTo("tailgating.habitual");
    assertThat(alert.firstEventTime()).isBefore(alert.detectedAt());
    assertThat(alert.detectedAt()).isAfter(at(20 * DAY)).isBefore(at(28 * DAY));
    assertThat(alert.evidence()).hasSize(10);
  }

  @Test
  void whatIsUsualForADoorIsNone() {
    household(home, "card-1", "u1", 1);
    assertThat(alerts(days(home, 0, 40, 5))).isEmpty();
  }

  @Test
  void aDoorWhereStrangersOftenFollowIsToldOfAsAWhole() {
    for (int i = 0; i < 40; i++) {
      double time = i * 3600;
      home.recognised(time - 0.5, "p1").granted(time, "card-1").opened(time + 1);
      home.passes(time + 2, "a" + i, Direction.IN).stranger(time + 2.8, "s" + i);
      home.passes(time + 3, "b" + i, Direction.IN).closed(time + 6);
    }
    assertThat(alerts(home)).hasSize(5);
  }

  @Test
  void settingsCount() {
    gate.granted(0, "card-1").passes(1, "a", Direction.IN).passes(2, "b", Direction.IN);
    SettingsBook book =
        SettingsBook.of(
            new SettingsChange(
                "tailgating",
                SettingsChange.Scope.PLACE,
                COMMUNITY + "/t1",
                Instant.EPOCH,
                Map.of("trackConfidence", "0.99"),
                "test"));
    assertThat(alerts(gate.history(), book)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrderOfArrivalDoesNotMatterAndTheStateIsBounded(long seed) {
    Random random = new Random(seed);
    DoorFixture site =
        new DoorFixture(door("d1"), place("t1", Place.Kind.TURNSTILE, DoorSpec.NONE));
    for (int unit = 0; unit < 4; unit++) {
      household(site, "card-" + unit, "u" + unit, 1 + unit);
    }
    double time = 0;
    for (int i = 0; i < 1500; i++) {
      time += random.nextInt(5) == 0 ? random.nextInt(600) : random.nextDouble() * 3;
      site.place(random.nextInt(3) == 0 ? "t1" : "d1");
      something(site, random, time, i);
    }
    List<Alert> expected = alerts(site);
    assertThat(expected).isNotEmpty();
    List<Fact> arrived = new ArrayList<>(site.history());
    arrived.addAll(site.history().subList(100, 300));
    Collections.shuffle(arrived, random);
    assertThat(alerts(arrived, new SettingsBook())).isEqualTo(expected);
    bounded(site.history());
  }

  private static void something(DoorFixture site, Random random, double time, int i) {
    String card = "card-" + random.nextInt(6);
    switch (random.nextInt(14)) {
      case 0, 1, 2 -> site.granted(time, card);
      case 3, 4, 5, 6 -> site.passes(time, "t" + i, Direction.IN);
      case 7 -> site.passes(time, "t" + i, Direction.OUT);
      case 8 -> site.stranger(time, "s" + random.nextInt(9));
      case 9 -> site.recognised(time, "u" + random.nextInt(4) + "-p" + random.nextInt(3));
      case 10 -> site.opened(time);
      case 11 -> site.closed(time);
      case 12 -> site.door(time, Change.REQUEST_TO_EXIT);
      default -> {
        if (random.nextInt(4) == 0) {
          expects(site, "u" + random.nextInt(4), time, time - 4000, time - 200);
        }
      }
    }
  }

  private static void bounded(List<Fact> history) {
    AnalysisModel<Fact, TailgatingState> model = new Tailgating(TailgatingSettings.DEFAULTS);
    TailgatingState state = null;
    for (Fact fact : history) {
      if (Tailgating.entry().consumes(fact) && model.keys(fact).contains("c1/d1")) {
        state = model.onEvent("c1/d1", fact, state).state();
        assertThat(state).isNotNull();
        assertThat(state.households()).hasSizeLessThanOrEqualTo(12);
        assertThat(state.told()).hasSizeLessThanOrEqualTo(4);
        assertThat(state.strangers()).hasSizeLessThanOrEqualTo(16);
        assertThat(state.days().examples()).hasSizeLessThanOrEqualTo(10);
        if (state.cycle() != null) {
          assertThat(state.cycle().crossings()).hasSizeLessThanOrEqualTo(16);
          assertThat(state.cycle().grants()).hasSizeLessThanOrEqualTo(16);
          assertThat(state.cycle().faces()).hasSizeLessThanOrEqualTo(16);
        }
      }
    }
  }
}
