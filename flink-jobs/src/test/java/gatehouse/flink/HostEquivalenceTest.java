package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.event.AccessEvent;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.model.ModelCatalogue;
import gatehouse.wire.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The streaming host gives the alerts of the replay, whatever happens to it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HostEquivalenceTest {

  /** For one model of events, and for one that sees them only as derived facts. */
  private static final List<SettingsChange> CHANGES =
      Stream.of(ProbeModel.SEQUENCE, ProbeModel.CHAIN)
          .map(
              model ->
                  new SettingsChange(
                      model,
                      SettingsChange.Scope.PLACE,
                      "s1/door-1",
                      Histories.at(1200),
                      Map.of("factor", "17", "patience", "PT25S"),
                      "somebody"))
          .toList();

  @ParameterizedTest
  @CsvSource({"1, hashmap", "2, rocksdb"})
  void aProbeThatSeesEverythingSeesItOnceAndInOrderAlthoughTheJobIsKilled(long seed, String backend)
      throws Exception {
    List<Fact> history = new ArrayList<>();
    for (int community = 0; community < 5; community++) {
      history.addAll(Histories.random(seed * 100 + community, "s" + community));
    }
    Instant until = Histories.last(history).plus(Duration.ofHours(1));
    TestJob job =
        new TestJob(ProbeModel::entries, Histories.arriving(history, seed), until, 150)
            .settings(CHANGES)
            .failingOnce();
    job.run(restarting(backend));
    List<Alert> expected =
        new Replay(ProbeModel.entries(), book(CHANGES)).run(history, until).alerts();
    assertThat(job.hasFailed()).isTrue();
    assertThat(expected).extracting(Alert::model).contains(ProbeModel.SEQUENCE, ProbeModel.CHAIN);
    assertThat(TestJob.last(job.alerts())).isEqualTo(expected);
    assertThat(job.dead()).isEmpty();
  }

  @Test
  void everyModelFindsInTheStreamWhatItFindsInItsExample() throws Exception {
    List<Fact> history = new ArrayList<>();
    for (ModelEntry<?, ?, ?> entry : ModelCatalogue.all()) {
      for (Fact fact : entry.example().get()) {
        history.add(Histories.moved(fact, entry.id()));
      }
    }
    Instant until = Histories.last(history).plus(Duration.ofDays(1));
    TestJob job =
        new TestJob(
                ModelCatalogue::all,
                Histories.arriving(history, 3),
                until,
                Math.max(2, history.size() / 4))
            .failingOnce();
    job.run(restarting("hashmap"));
    List<Alert> expected =
        new Replay(ModelCatalogue.all(), new SettingsBook()).run(history, until).alerts();
    assertThat(expected).isNotEmpty();
    assertThat(TestJob.last(job.alerts()).stream().map(HostEquivalenceTest::decided))
        .containsExactlyInAnyOrderElementsOf(
            expected.stream().map(HostEquivalenceTest::decided).toList());
    assertThat(job.dead()).isEmpty();
  }

  /**
   * What does not depend on the order of arrival: of a model that is shown events as they arrive,
   * and what others derive from them a little later, the first evidence may be another one.
   */
  private static Object decided(Alert alert) {
    boolean onArrival =
        ModelCatalogue.all().stream()
            .anyMatch(
                entry ->
                    entry.id().equals(alert.model()) && entry.ordering() == Ordering.ON_ARRIVAL);
    return onArrival
        ? List.of(alert.id(), alert.state(), alert.place(), alert.subjects(), alert.severity())
        : alert;
  }

  @Test
  void aFactOnWhichAModelFailsIsPutAsideAndNothingElseChanges() throws Exception {
    List<Fact> history = Histories.random(9, "s1");
    List<Fact> poisoned = new ArrayList<>(history);
    for (int i = 0; i < 10; i++) {
      poisoned.add(
          Histories.access(
              Histories.origin("bad" + i, "s1", "door-1", Histories.at(300 * i)),
              ProbeModel.POISON,
              Outcome.DENIED,
              i == 0));
    }
    Instant until = Histories.last(history).plus(Duration.ofHours(1));
    TestJob job = new TestJob(ProbeModel::entries, Histories.arriving(poisoned, 4), until);
    job.run(new Configuration());
    assertThat(TestJob.last(job.alerts()))
        .isEqualTo(
            new Replay(ProbeModel.entries(), new SettingsBook()).run(history, until).alerts());
    assertThat(job.dead())
        .allSatisfy(
            letter -> {
              assertThat(letter.reason()).isEqualTo("MODEL_FAILED");
              assertThat(letter.detail()).startsWith("IllegalStateException at ProbeModel.java:");
              assertThat(letter.toString()).doesNotContain("must not be logged");
            })
        .extracting(DeadLetter::stage)
        .contains(ProbeModel.SEQUENCE, ProbeModel.ARRIVAL);
    assertThat(job.dead().stream().filter(l -> l.stage().equals(ProbeModel.SEQUENCE)))
        .as("one for each fact and key")
        .hasSize(20);
  }

  @Test
  void anEventOfAnUnknownPlaceIsJudgedAllTheSame() throws Exception {
    List<Fact> history =
        Histories.random(8, "s1").stream().filter(fact -> fact instanceof AccessEvent).toList();
    Instant until = Histories.last(history).plus(Duration.ofHours(1));
    TestJob job = new TestJob(ProbeModel::entries, Histories.arriving(history, 5), until);
    job.run(new Configuration());
    assertThat(TestJob.last(job.alerts()))
        .isNotEmpty()
        .isEqualTo(
            new Replay(ProbeModel.entries(), new SettingsBook()).run(history, until).alerts());
  }

  private static SettingsBook book(List<SettingsChange> changes) {
    return SettingsBook.of(changes.toArray(SettingsChange[]::new));
  }

  private static Configuration restarting(String backend) {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    return configuration;
  }
}
