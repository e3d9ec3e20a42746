package gatehouse.model;

import static gatehouse.fixture.DoorFixture.DAY;
import static gatehouse.fixture.DoorFixture.at;
import static gatehouse.fixture.DoorFixture.door;
import static gatehouse.fixture.DoorFixture.place;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.Explanations;
import gatehouse.alert.Finding;
import gatehouse.analysis.FactOrder;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.ModelRunner;
import gatehouse.analysis.Replay;
import gatehouse.analysis.Settings;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsBook.ScopePath;
import gatehouse.analysis.SettingsRecord;
import gatehouse.analysis.Step;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus.State;
import gatehouse.event.DoorEvent.Change;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.fixture.DoorFixture;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.site.SiteMap;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the four door models in any history. */
class DoorModelsPropertyTest {

  private static final List<ModelEntry<?, ?, ?>> MODELS =
      List.of(DoorForced.entry(), DoorHeldOpen.entry(), DeniedBurst.entry(), Duress.entry());

  static Stream<Arguments> modelsAndSeeds() {
    return MODELS.stream()
        .flatMap(
            entry -> IntStream.range(0, 12).mapToObj(seed -> Arguments.of(entry, (long) seed)));
  }

  static Stream<ModelEntry<?, ?, ?>> models() {
    return MODELS.stream();
  }

  /** Two busy days at four doors: everything happens, much of it at the same instant. */
  private static DoorFixture history(long seed) {
    Random random = new Random(seed);
    DoorFixture site =
        new DoorFixture(
            door("d1"),
            door("d2", new DoorSpec(true, true, false, true, null)),
            door("d3", new DoorSpec(true, false, false, false, null)),
            place("gate", Place.Kind.VEHICLE_GATE, DoorSpec.STANDARD));
    String[] places = {"d1", "d2", "d3", "gate"};
    double time = 0;
    for (int i = 0; i < 700; i++) {
      time += random.nextInt(4) == 0 ? random.nextInt(900) : random.nextInt(12);
      site.place(places[random.nextInt(4)]);
      if (random.nextInt(6) == 0) {
        site.device("reader-" + random.nextInt(2));
      }
      site.boot(random.nextInt(60) == 0 ? "b2" : "b1").buffered(random.nextInt(10) == 0);
      site.holder("", random.nextBoolean() ? "p" + random.nextInt(3) : null, null);
      something(site, random, time);
    }
    return site;
  }

  private static void something(DoorFixture site, Random random, double time) {
    String credential = random.nextInt(5) == 0 ? "" : "card-" + random.nextInt(6);
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> site.opened(time);
      case 3, 4, 5 -> site.closed(time);
      case 6, 7 -> site.granted(time, credential);
      case 8, 9, 10 ->
          site.denied(
              time, credential, CredentialType.CARD, any(random, List.of(DenialReason.values())));
      case 11 -> site.door(time, any(random, List.of(Change.values())));
      case 12 -> site.status(time, any(random, List.of(State.values())));
      case 13 -> site.stranger(time, "s" + random.nextInt(3));
      case 14 -> site.plate(time, "A1234" + random.nextInt(3), Outcome.DENIED);
      default -> {
        site.duress(time, credential, Outcome.GRANTED);
        if (random.nextInt(3) == 0) {
          String kind = random.nextBoolean() ? "maintenance" : "moving";
          site.permit(kind, time, time - random.nextInt(7200), time + random.nextInt(600));
        }
      }
    }
  }

  private static <T> T any(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  @ParameterizedTest
  @MethodSource("modelsAndSeeds")
  void theOrderOfArrivalDoesNotMatter(ModelEntry<?, ?, ?> entry, long seed) {
    DoorFixture site = history(seed);
    List<Alert> expected = site.alerts(entry);
    assertThat(expected).isNotEmpty();
    for (int order = 0; order < 4; order++) {
      assertThat(site.shuffled(entry, seed * 31 + order)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("modelsAndSeeds")
  void aRestartAfterEveryStepChangesNothing(ModelEntry<?, ?, ?> entry, long seed)
      throws WireException {
    DoorFixture site = history(seed);
    List<Finding> expected = site.run(entry, new SettingsBook()).findings();
    assertThat(restarted(entry, site.history())).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("modelsAndSeeds")
  void findingsComeInOrderAndAlertsAreComplete(ModelEntry<?, ?, ?> entry, long seed) {
    DoorFixture site = history(seed);
    Replay.Result result = site.run(entry, new SettingsBook());
    Map<String, Instant> last = new TreeMap<>();
    for (Finding finding : result.findings()) {
      Instant before = last.put(finding.episode(), finding.at());
      assertThat(before == null || !finding.at().isBefore(before)).isTrue();
    }
    for (Alert alert : result.alerts()) {
      assertThat(alert.subjects()).isNotEmpty();
      assertThat(alert.evidence().isEmpty()).isFalse();
      assertThat(alert.firstEventTime()).isBeforeOrEqualTo(alert.detectedAt());
      assertThat(alert.score()).isBetween(0.0, 1.0);
    }
  }

  /** Every code that can come out has a text, and no text has a value nobody gives. */
  @ParameterizedTest
  @MethodSource("models")
  void everyCodeHasATextInBothLanguages(ModelEntry<?, ?, ?> entry) {
    for (long seed = 0; seed < 12; seed++) {
      for (Alert alert : history(seed).run(entry, new SettingsBook()).revisions()) {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
          Explanations texts = Explanations.in(locale);
          List<String> said = new ArrayList<>();
          said.add(texts.text(alert.explanation()));
          said.add(texts.text(alert.stoppedBy()));
          if (alert.closing() != null) {
            said.add(texts.text(alert.closing()));
          }
          alert.evidence().forEach(item -> said.add(texts.text(item.role())));
          assertThat(said)
              .allSatisfy(
                  text -> assertThat(text).doesNotStartWith(entry.id()).doesNotContain("{"));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void anEmptyExampleFindsNothing(ModelEntry<?, ?, ?> entry) {
    List<Fact> example = entry.example().get();
    for (Fact fact : example) {
      List<Fact> without = new ArrayList<>(example);
      without.remove(fact);
      boolean found = !Replay.of(entry).run(without, at(40 * DAY)).alerts().isEmpty();
      assertThat(found).as("without %s", fact.id()).isEqualTo(completesTheSite(entry, fact));
    }
    assertThat(Replay.of(entry).run(example, at(40 * DAY)).alerts()).hasSize(1);
  }

  /** Only a forced door cannot be judged without knowing that leaving is reported there. */
  private static boolean completesTheSite(ModelEntry<?, ?, ?> entry, Fact fact) {
    return fact instanceof PlaceEntry && !entry.id().equals("door-forced");
  }

  /** Runs as {@link Replay} does, but writes the state out and reads it back at every step. */
  private static <E extends Fact, S, C extends Settings> List<Finding> restarted(
      ModelEntry<E, S, C> entry, List<Fact> history) throws WireException {
    assertThat(SettingsRecord.texts(entry.defaults())).isNotEmpty();
    SiteMap map = new SiteMap();
    history.stream()
        .filter(PlaceEntry.class::isInstance)
        .forEach(fact -> map.add((PlaceEntry) fact));
    ModelRunner<E, S, C> runner = new ModelRunner<>(entry, new SettingsBook());
    Map<String, List<Fact>> byKey = new TreeMap<>();
    for (Fact fact : history) {
      Fact complete = fact instanceof DeviceEvent event ? map.complete(event) : fact;
      runner
          .keys(complete)
          .forEach(key -> byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(complete));
    }
    Instant end =
        history.stream().map(Fact::time).max(Instant::compareTo).orElseThrow().plusSeconds(3600);
    RecordCodec<S> codec = RecordCodec.of(entry.stateType());
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, List<Fact>> of : byKey.entrySet()) {
      of.getValue().sort(FactOrder.INSTANCE);
      Step<S> step = Step.forget();
      ScopePath scope = ScopePath.UNKNOWN;
      for (Fact fact : of.getValue()) {
        step = wakes(runner, codec, of.getKey(), step, fact.time(), scope, findings);
        scope = ModelRunner.scope(fact, scope);
        step = runner.onEvent(of.getKey(), fact, copy(codec, step.state()), scope);
        findings.addAll(step.findings());
        step = step.wakeAt(notBefore(step.wakeAt(), fact.time()));
      }
      wakes(runner, codec, of.getKey(), step, end.plusNanos(1), scope, findings);
    }
    return findings;
  }

  private static <S> Step<S> wakes(
      ModelRunner<?, S, ?> runner,
      RecordCodec<S> codec,
      String key,
      Step<S> before,
      Instant until,
      ScopePath scope,
      List<Finding> findings)
      throws WireException {
    Step<S> step = before;
    while (step.wakeAt() != null && step.state() != null && step.wakeAt().isBefore(until)) {
      Instant now = step.wakeAt();
      step = runner.onWake(key, now, copy(codec, step.state()), scope);
      findings.addAll(step.findings());
      step = step.wakeAt(notBefore(step.wakeAt(), now));
    }
    return step;
  }

  private static Instant notBefore(Instant asked, Instant now) {
    return asked == null || asked.isAfter(now) ? asked : now;
  }

  private static <S> S copy(RecordCodec<S> codec, S state) throws WireException {
    return state == null ? null : codec.decode(codec.encode(state));
  }
}
