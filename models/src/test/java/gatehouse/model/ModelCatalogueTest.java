package gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.alert.Evidence;
import gatehouse.alert.Explanations;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsRecord;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.DerivedFact;
import gatehouse.fact.Fact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every model, whoever adds it. */
class ModelCatalogueTest {

  static Stream<ModelEntry<?, ?, ?>> everyModel() {
    return ModelCatalogue.all().stream();
  }

  static Stream<ModelEntry<?, ?, ?>> everyAlertingModel() {
    return everyModel().filter(entry -> !entry.card().recipients().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("everyModel")
  void theIdIsTheClassNameInKebabCase(ModelEntry<?, ?, ?> entry) {
    Class<?> model = entry.model(java.util.Map.of()).getClass();
    assertThat(entry.id()).isEqualTo(WireName.kebab(model.getSimpleName()));
    assertThat(ModelCatalogue.find(entry.id())).containsSame(entry);
    assertThat(entry.stateType()).isRecord();
    assertThat(SettingsRecord.texts(entry.defaults())).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("everyModel")
  void whoDerivesWhatItConsumesStandsBeforeIt(ModelEntry<?, ?, ?> entry) {
    Set<Class<?>> derived = new HashSet<>();
    ModelCatalogue.all().stream()
        .takeWhile(before -> !before.id().equals(entry.id()))
        .forEach(before -> derived.addAll(before.derives()));
    assertThat(entry.consumes().stream().filter(DerivedFact.class::isAssignableFrom))
        .allSatisfy(type -> assertThat(derived).contains(type));
  }

  @ParameterizedTest
  @MethodSource("everyAlertingModel")
  void theExampleIsFoundAndExplainedInBothLanguages(ModelEntry<?, ?, ?> entry) {
    List<Alert> alerts = alerts(entry.example().get());
    assertThat(alerts).extracting(Alert::model).contains(entry.id());
    for (Alert alert : ofModel(entry, alerts)) {
      assertThat(alert.evidence()).isNotEmpty();
      assertThat(alert.subjects()).isNotEmpty();
      assertThat(alert.settings()).isEqualTo(SettingsRecord.texts(entry.defaults()));
      for (Locale locale : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
        Explanations texts = Explanations.in(locale);
        assertThat(texts.text(alert.explanation()))
            .isNotEqualTo(alert.explanation().code())
            .doesNotContain("{");
        assertThat(texts.text(alert.stoppedBy())).isNotEqualTo(alert.stoppedBy());
        assertThat(alert.evidence())
            .extracting(Evidence::role)
            .allSatisfy(role -> assertThat(texts.text(role)).isNotEqualTo(role));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyAlertingModel")
  void everyTextIsThereInBothLanguages(ModelEntry<?, ?, ?> entry) {
    Set<String> english = Explanations.in(Locale.ENGLISH).codes(entry.id());
    assertThat(english).isNotEmpty().allSatisfy(code -> assertThat(code).startsWith(entry.id()));
    assertThat(Explanations.in(Locale.SIMPLIFIED_CHINESE).codes(entry.id())).isEqualTo(english);
  }

  @ParameterizedTest
  @MethodSource("everyAlertingModel")
  void everyEvidenceIsAnEventOfTheHistory(ModelEntry<?, ?, ?> entry) {
    List<Fact> history = entry.example().get();
    Set<String> ids = new HashSet<>();
    history.forEach(fact -> ids.add(fact.id()));
    assertThat(ofModel(entry, alerts(history)))
        .flatExtracting(Alert::evidence)
        .extracting(Evidence::eventId)
        .isSubsetOf(ids);
  }

  @ParameterizedTest
  @MethodSource("everyAlertingModel")
  void noEventOfTheExampleIsSuperfluous(ModelEntry<?, ?, ?> entry) {
    List<Fact> history = entry.example().get();
    for (Fact fact : history) {
      if (fact instanceof DeviceEvent) {
        List<Fact> without = new ArrayList<>(history);
        without.remove(fact);
        assertThat(ofModel(entry, alerts(without))).as("without %s", fact.id()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyAlertingModel")
  void arrivalOrderDoesNotMatter(ModelEntry<?, ?, ?> entry) {
    List<Fact> history = new ArrayList<>(entry.example().get());
    List<Alert> expected = alerts(history);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(history, new Random(seed));
      List<Fact> delivered = new ArrayList<>(history);
      delivered.addAll(history.subList(0, history.size() / 2));
      assertThat(alerts(delivered)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("everyAlertingModel")
  void historyAndAlertsSurviveTheWire(ModelEntry<?, ?, ?> entry) throws Exception {
    for (Fact fact : entry.example().get()) {
      assertThat(FactCodec.decode(FactCodec.encode(fact))).isEqualTo(fact);
    }
    RecordCodec<Alert> codec = RecordCodec.of(Alert.class);
    for (Alert alert : alerts(entry.example().get())) {
      assertThat(codec.decode(codec.encode(alert))).isEqualTo(alert);
    }
  }

  private static List<Alert> ofModel(ModelEntry<?, ?, ?> entry, List<Alert> alerts) {
    return alerts.stream().filter(alert -> alert.model().equals(entry.id())).toList();
  }

  private static List<Alert> alerts(List<Fact> history) {
    Instant last = history.stream().map(Fact::time).max(Instant::compareTo).orElse(Instant.EPOCH);
    return new Replay(ModelCatalogue.all(), new SettingsBook())
        .run(history, last.plus(Duration.ofDays(1)))
        .alerts();
  }
}
