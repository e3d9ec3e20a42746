package gatehouse.model;

import static gatehouse.fixture.GateFixture.at;
import static gatehouse.fixture.GateFixture.known;
import static gatehouse.fixture.GateFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertId;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.analysis.Step;
import gatehouse.event.ClockQuality;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.event.Plates;
import gatehouse.fact.Fact;
import gatehouse.fixture.GateFixture;
import gatehouse.registry.Entry;
import gatehouse.registry.Vehicle;
import gatehouse.registry.WatchOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatchHitTest {

  private static final String PLATE = "京A12845";
  private static final Instant FROM = at(-5, "00:00:00");
  private static final Instant TO = at(10, "00:00:00");

  private final GateFixture world = new GateFixture();
  private final List<Fact> history = new ArrayList<>();
  private int reads;

  @BeforeEach
  void gates() {
    for (String community : List.of("c1", "c2", "c3")) {
      history.add(known(community, place("gate", List.of(), List.of())));
    }
  }

  private List<Alert> alerts() {
    return GateFixture.alerts(List.of(WatchHit.entry()), new SettingsBook(), history);
  }

  private List<Alert> standing() {
    return alerts().stream().filter(alert -> alert.state() != AlertState.RETRACTED).toList();
  }

  private WatchHitTest ordered(WatchOrder order) {
    history.add(order);
    return this;
  }

  private static WatchOrder order(String id, Entry entry, String subject, String... communities) {
    return new WatchOrder(
        entry, id, "plate", subject, "case-7", "theft", List.of("a", "b"), List.of(communities));
  }

  private WatchOrder lawful(String... communities) {
    return order("w1", world.entry(FROM, TO), PLATE, communities);
  }

  private WatchHitTest read(String community, Instant time, String plate, double confidence) {
    return read(community, time, plate, confidence, List.of());
  }

  private WatchHitTest read(
      String community, Instant time, String plate, double confidence, List<Double> characters) {
    Origin origin = world.origin(community, "gate", time);
    history.add(
        new PlateRead(
            origin,
            Plates.canonical(plate),
            plate,
            confidence,
            characters,
            "blue",
            "",
            "",
            "",
            "1",
            Direction.IN,
            Outcome.GRANTED,
            List.of(),
            null));
    reads++;
    return this;
  }

  @Test
  void aWatchedPlateIsToldToThePoliceAtOnce() {
    ordered(lawful()).read("c2", at(0, "10:00:00"), PLATE, 0.97);
    assertThat(WatchHit.entry().ordering()).isEqualTo(Ordering.ON_ARRIVAL);
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.audiences()).containsExactly(Audience.POLICE);
    assertThat(alert.severity()).isEqualTo(Severity.P1);
    assertThat(alert.community()).isEqualTo("c2");
    assertThat(alert.detectedAt()).isEqualTo(at(0, "10:00:00"));
    assertThat(alert.subjects()).containsExactly(new Subject("plate", PLATE, "watched"));
    assertThat(alert.episode()).contains(PLATE);
    assertThat(alert.explanation().values())
        .containsEntry("case", "case-7")
        .containsEntry("basis", "theft");
  }

  @Test
  void theSamePlateIsAHitHoweverUnsureTheReaderWas() {
    ordered(lawful()).read("c1", at(0, "10:00:00"), PLATE, 0.3);
    assertThat(alerts()).extracting(Alert::severity).containsExactly(Severity.P1);
  }

  @Test
  void otherPlatesAndPlatesOfNoOrderAreNone() {
    ordered(lawful())
        .read("c1", at(0, "10:00:00"), "京B99999", 0.5)
        .read("c1", at(0, "10:00:05"), "", 0.2)
        .read("c1", at(0, "10:00:10"), "沪C31313", 0.99);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void theOrderHoldsInItsCommunitiesOnly() {
    ordered(lawful("c1", "c3"))
        .read("c2", at(0, "10:00:00"), PLATE, 0.97)
        .read("c3", at(0, "11:00:00"), PLATE, 0.97);
    assertThat(alerts()).extracting(Alert::community).containsExactly("c3");
  }

  @Test
  void anOrderThatIsNotLawfulNeverMatches() {
    Entry valid = world.entry(FROM, TO);
    List<String> two = List.of("a", "b");
    ordered(new WatchOrder(valid, "w1", "plate", PLATE, "", "theft", two, List.of()));
    ordered(new WatchOrder(valid, "w2", "plate", PLATE, "c", " ", two, List.of()));
    ordered(new WatchOrder(valid, "w3", "plate", PLATE, "c", "t", List.of("a"), List.of()));
    ordered(new WatchOrder(valid, "w4", "plate", PLATE, "c", "t", List.of("a", "a "), List.of()));
    ordered(new WatchOrder(valid, "w5", "plate", PLATE, "c", "t", List.of("a", " "), List.of()));
    ordered(order("w6", world.entry(FROM, null), PLATE));
    ordered(order("w7", world.entry(FROM, FROM.plus(Duration.ofDays(31))), PLATE));
    ordered(new WatchOrder(valid, "w8", "person", PLATE, "c", "t", two, List.of()));
    read("c1", at(0, "10:00:00"), PLATE, 0.97);
    assertThat(alerts()).isEmpty();
    ordered(order("w9", world.entry(FROM, FROM.plus(Duration.ofDays(30))), PLATE));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void itMatchesWhileItHoldsOnly() {
    ordered(lawful()).read("c1", FROM.minusSeconds(1), PLATE, 0.97).read("c1", TO, PLATE, 0.97);
    assertThat(alerts()).isEmpty();
    read("c1", TO.minusSeconds(1), PLATE, 0.97);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aRevokedOrderMatchesNoMoreEvenLongAfter() {
    Instant revoked = at(0, "12:00:00");
    ordered(lawful())
        .read("c1", at(0, "10:00:00"), PLATE, 0.97)
        .ordered(order("w1", world.recorded(revoked, FROM, revoked), PLATE))
        .read("c1", at(0, "13:00:00"), PLATE, 0.97)
        .read("c1", at(4, "13:00:00"), PLATE, 0.97);
    assertThat(standing()).hasSize(1);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void aRevocationRecordedAfterwardsTakesHitsBack() {
    ordered(lawful())
        .read("c1", at(0, "08:00:00"), PLATE, 0.97)
        .read("c1", at(0, "10:00:00"), PLATE, 0.97)
        .ordered(order("w1", world.recorded(at(0, "12:00:00"), FROM, at(0, "09:00:00")), PLATE));
    assertThat(standing()).extracting(Alert::firstEventTime).containsExactly(at(0, "08:00:00"));
    assertThat(alerts()).hasSize(2);
  }

  @Test
  void aMissingPersonsOwnCredentialIsWatched() {
    Entry valid = world.entry(FROM, TO);
    ordered(
        new WatchOrder(
            valid, "w1", "credential", "card-9", "c", "missing", List.of("a", "b"), List.of()));
    history.add(world.card("card-8", "gate", at(0, "10:00:00"), Direction.IN));
    assertThat(alerts()).isEmpty();
    history.add(
        world.denied("card-9", "gate", at(0, "10:00:00"), Direction.IN, DenialReason.SCHEDULE));
    assertThat(alerts())
        .singleElement()
        .satisfies(a -> assertThat(a.explanation().code()).isEqualTo("watch-hit.credential"));
  }

  @ParameterizedTest
  @CsvSource({"京A12B45", "京A1Z845", "京AI2845"})
  void aLookAlikeReadUnsurelyIsAPossibleHit(String misread) {
    ordered(lawful()).read("c1", at(0, "10:00:00"), misread, 0.85);
    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().get(0);
    assertThat(alert.severity()).isEqualTo(Severity.P2);
    assertThat(alert.explanation().code()).isEqualTo("watch-hit.possible");
    assertThat(alert.explanation().values())
        .containsEntry("read", misread)
        .containsEntry("watched", PLATE);
    assertThat(alert.subjects()).containsExactly(new Subject("plate", PLATE, "watched"));
    assertThat(alert.score()).isBetween(0.1, 0.9);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.93, 0.99})
  void aLookAlikeReadSurelyMayBeAnAlteredPlate(double confidence) {
    ordered(lawful()).read("c1", at(0, "10:00:00"), "京A12B45", confidence);
    assertThat(alerts()).hasSize(1);
    assertThat(alerts().get(0).explanation().code()).isEqualTo("watch-hit.altered");
    assertThat(alerts().get(0).severity()).isEqualTo(Severity.P2);
    assertThat(alerts().get(0).subjects()).containsExactly(new Subject("plate", PLATE, "watched"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.85, 0.93})
  void aLookAlikeThatIsRegisteredInTheCityIsAnotherVehicle(double confidence) {
    Entry entry = world.entry(at(-60, "00:00:00"), at(3, "00:00:00"));
    history.add(new Vehicle(entry, "京A12B45", "ann", "101", "white", "car", "", "resident", false));
    ordered(lawful()).read("c2", at(0, "10:00:00"), "京A12B45", confidence);
    assertThat(alerts()).isEmpty();
    read("c2", at(4, "10:00:00"), "京A12B45", confidence);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void anotherCharacterReadSurelyIsAnotherVehicle() {
    ordered(lawful()).read("c1", at(0, "10:00:00"), "京A12945", 0.93);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void theCharacterThatDiffersMustBeTheOneInDoubt() {
    List<Double> sixthInDoubt = List.of(0.99, 0.99, 0.99, 0.99, 0.4, 0.99, 0.99);
    List<Double> otherInDoubt = List.of(0.99, 0.99, 0.4, 0.99, 0.99, 0.99, 0.99);
    ordered(lawful()).read("c1", at(0, "10:00:00"), "京A12945", 0.95, otherInDoubt);
    assertThat(alerts()).isEmpty();
    read("c1", at(0, "11:00:00"), "京A12945", 0.95, sixthInDoubt);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void twoWrongCharactersAreAnotherVehicle() {
    ordered(lawful()).read("c1", at(0, "10:00:00"), "京A73845", 0.5);
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"A12845, watch-hit.without-province", "京A1284, ", "京A128455, "})
  void aMissingProvinceIsAPossibleHit(String read, @Nullable String code) {
    ordered(lawful()).read("c1", at(0, "10:00:00"), read, 0.95);
    assertThat(alerts())
        .extracting(alert -> alert.explanation().code())
        .isEqualTo(code == null ? List.of() : List.of(code));
  }

  @Test
  void anotherProvinceIsAPossibleHitOnlyIfItWasReadUnsurely() {
    ordered(lawful())
        .read(
            "c1",
            at(0, "10:00:00"),
            "冀A12845",
            0.9,
            List.of(0.99, 0.99, 0.99, 0.99, 0.99, 0.99, 0.85));
    assertThat(alerts()).isEmpty();
    read("c1", at(0, "11:00:00"), "冀A12845", 0.9, List.of(0.4, 0.99, 0.99, 0.99, 0.99, 0.99, 0.99));
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void passagesWithinTenMinutesAreOnePathAndCommunitiesAreApart() {
    ordered(lawful())
        .read("c1", at(0, "10:00:00"), PLATE, 0.97)
        .read("c1", at(0, "10:04:00"), PLATE, 0.97)
        .read("c2", at(0, "10:06:00"), PLATE, 0.97)
        .read("c1", at(0, "10:09:00"), PLATE, 0.97);
    assertThat(alerts()).extracting(Alert::occurrences).containsExactlyInAnyOrder(3, 1);
  }

  /** Two readers of one gate: either may be the faster. */
  @Test
  void whicheverPassageArrivesFirstItIsTheSameAlert() {
    ordered(lawful())
        .read("c1", at(0, "10:00:00"), PLATE, 0.97)
        .read("c1", at(0, "10:00:01"), PLATE, 0.97);
    WatchHit model = new WatchHit(WatchHit.Settings.DEFAULTS);
    String key = "exact/plate/" + PLATE;
    WatchHit.State order = model.onEvent(key, history.get(3), null).state();
    List<Finding> first = model.onEvent(key, history.get(4), order).findings();
    List<Finding> second = model.onEvent(key, history.get(5), order).findings();
    assertThat(AlertId.of(first.get(0))).isEqualTo(AlertId.of(second.get(0)));
    assertThat(first.get(0).since()).isNotEqualTo(second.get(0).since());
  }

  @Test
  void twoOrdersForOnePlateAreTwoAlerts() {
    ordered(lawful())
        .ordered(order("w2", world.entry(FROM, TO), PLATE))
        .read("c1", at(0, "10:00:00"), PLATE, 0.97);
    assertThat(alerts()).hasSize(2);
  }

  @Test
  void aStoredPassageIsToldLateButNotAfterADay() {
    ordered(lawful());
    history.add(stored(at(0, "10:00:00"), Duration.ofHours(23)));
    history.add(stored(at(1, "10:00:00"), Duration.ofHours(25)));
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.firstEventTime()).isEqualTo(at(0, "10:00:00"));
              assertThat(alert.explanation().values().get("received")).startsWith("09:00:00");
            });
  }

  private PlateRead stored(Instant time, Duration late) {
    Origin origin = world.origin("c1", "gate", time, ClockQuality.BUFFERED);
    Origin sent =
        new Origin(
            origin.id(),
            origin.community(),
            origin.device(),
            origin.place(),
            time,
            time.plus(late),
            origin.boot(),
            origin.seq(),
            true,
            origin.clock());
    return GateFixture.plate(sent, PLATE, Direction.IN, 0.97, "", "");
  }

  @Test
  void settingsCount() {
    ordered(order("w1", world.entry(FROM, FROM.plus(Duration.ofDays(20))), PLATE))
        .read("c1", at(0, "10:00:00"), PLATE, 0.97);
    SettingsChange strict =
        new SettingsChange(
            "watch-hit",
            SettingsChange.Scope.CITY,
            "",
            Instant.EPOCH,
            Map.of("longest", "P10D"),
            "somebody");
    assertThat(GateFixture.alerts(List.of(WatchHit.entry()), SettingsBook.of(strict), history))
        .isEmpty();
    assertThat(alerts()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theOrderInWhichPassagesArriveDoesNotMatter(long seed) {
    Random random = new Random(seed);
    ordered(lawful()).ordered(order("w2", world.entry(FROM, TO), "沪B00000"));
    List<Fact> passages = randomPassages(random, 400);
    assertThat(passages).hasSize(reads);
    List<String> expected = arriving(passages);
    assertThat(expected).isNotEmpty();
    for (int i = 0; i < 5; i++) {
      List<Fact> arrived = new ArrayList<>(passages);
      arrived.addAll(passages.subList(0, 20));
      Collections.shuffle(arrived, random);
      assertThat(arriving(arrived)).isEqualTo(expected);
    }
  }

  private List<Fact> randomPassages(Random random, int count) {
    int before = history.size();
    for (int i = 0; i < count; i++) {
      StringBuilder plate = new StringBuilder(random.nextBoolean() ? PLATE : "沪B00000");
      if (random.nextInt(3) > 0) {
        plate.setCharAt(2 + random.nextInt(5), "0D8B5S2Z".charAt(random.nextInt(8)));
      }
      read(
          "c" + (1 + random.nextInt(3)),
          at(0, "10:00:00").plusSeconds(random.nextInt(7200)),
          plate.toString(),
          0.6 + 0.4 * random.nextDouble());
    }
    return List.copyOf(history.subList(before, history.size()));
  }

  /** What the model says when facts come in this order. */
  private List<String> arriving(List<Fact> passages) {
    WatchHit model = new WatchHit(WatchHit.Settings.DEFAULTS);
    Map<String, WatchHit.State> states = new HashMap<>();
    TreeSet<String> found = new TreeSet<>();
    List<Fact> facts = new ArrayList<>(history.subList(3, 5));
    facts.addAll(passages);
    for (Fact fact : facts) {
      for (String key : model.keys(fact)) {
        Step<WatchHit.State> step = model.onEvent(key, fact, states.get(key));
        if (step.state() != null) {
          states.put(key, step.state());
        }
        for (Finding finding : step.findings()) {
          found.add(finding.episode() + finding.trigger() + finding.score() + finding.severity());
        }
      }
    }
    // An order is found by its plate, nine or twenty look-alikes, and eight signatures.
    assertThat(states).hasSizeLessThan(50);
    states.values().forEach(state -> assertThat(state.hits()).hasSizeLessThanOrEqualTo(32));
    return List.copyOf(found);
  }

  @Test
  void nothingIsKeptOfPlatesThatNobodyWatches() {
    WatchHit model = new WatchHit(WatchHit.Settings.DEFAULTS);
    read("c1", at(0, "10:00:00"), "沪C31313", 0.5);
    Fact read = history.get(history.size() - 1);
    assertThat(model.keys(read)).hasSizeGreaterThan(5).hasSizeLessThan(200);
    for (String key : model.keys(read)) {
      assertThat(model.onEvent(key, read, null)).isEqualTo(Step.forget());
    }
  }

  @Test
  void anOrderIsForgottenADayAfterItsEnd() {
    WatchHit model = new WatchHit(WatchHit.Settings.DEFAULTS);
    Step<WatchHit.State> step = model.onEvent("exact/plate/" + PLATE, lawful(), null);
    assertThat(step.wakeAt()).isEqualTo(TO.plus(Duration.ofDays(1)));
    assertThat(step.state()).isNotNull();
    assertThat(model.onWake("k", TO.plus(Duration.ofDays(1)), step.state()).state()).isNull();
  }
}
