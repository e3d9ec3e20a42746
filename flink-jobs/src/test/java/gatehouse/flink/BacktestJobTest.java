package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.fact.Fact;
import gatehouse.wire.DeadLetter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestJobTest {

  private static final SettingsChange CHANGE =
      new SettingsChange(
          ProbeModel.SEQUENCE,
          SettingsChange.Scope.COMMUNITY_CLASS,
          "village",
          Histories.at(1200),
          Map.of("factor", "17", "patience", "PT25S"),
          "somebody");

  @TempDir private Path dir;

  @Test
  void filesInDisorderGiveTheAlertsOfTheReplay() throws Exception {
    List<Fact> history = new ArrayList<>();
    for (int seed = 0; seed < 6; seed++) {
      history.addAll(Histories.random(seed, "c" + seed));
    }
    Instant until = Histories.last(history).plus(Duration.ofHours(1));
    Path file = Histories.file(dir, "facts.jsonl", Histories.arriving(history, 5), "{\"no\":1}");
    BacktestJob.Outcome outcome =
        new BacktestJob(ProbeModel::entries, List.of(CHANGE))
            .run(
                StreamExecutionEnvironment.createLocalEnvironment(2),
                List.of(file),
                Histories.BOUND,
                until);
    List<Alert> expected =
        new Replay(ProbeModel.entries(), SettingsBook.of(CHANGE)).run(history, until).alerts();
    assertThat(expected).hasSizeGreaterThan(50);
    assertThat(outcome.alerts()).containsExactlyElementsOf(expected);
    assertThat(outcome.dead()).extracting(DeadLetter::reason).containsExactly("MALFORMED");
  }
}
