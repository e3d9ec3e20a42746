package gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FiguresTest {

  @Test
  void theMedianIsTheMiddleOneOrTheMeanOfTheTwoInTheMiddle() {
    assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
    assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(2.5, 1, 4));
  }

  @Test
  void aPercentileIsAValueThatWasMeasured() {
    long[] millis = LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray();
    assertThat(Latency.of("x", millis)).isEqualTo(new Latency("x", 200, 100, 198, 200));
    assertThat(Latency.of("x", 5_000_000)).isEqualTo(new Latency("x", 1, 5, 5, 5));
  }

  @Test
  void warmUpRoundsDoNotCount() {
    Comparison comparison = comparison();
    assertThat(comparison.throughput()).isEqualTo(new Spread(0.5, 0.5, 0.5));
    assertThat(comparison.cpu()).isEqualTo(new Spread(4, 4, 4));
    assertThat(comparison.table()).contains("warm-up", "0.50 (0.50 to 0.50)");
  }

  @Test
  void theReportHasTheFiguresThatTheTableShows(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("out.json");
    new Report(
            Instant.EPOCH,
            "17",
            2,
            List.of(comparison()),
            List.of(new Latency("open", 240, 10, 30, 40)),
            List.of(size()))
        .write(file);
    JsonNode report = JsonMapper.shared().readTree(Files.readString(file));
    assertThat(report.at("/comparisons/0/throughput/median").asDouble()).isEqualTo(0.5);
    assertThat(report.at("/comparisons/0/rounds/1/ours/perSecond").asDouble()).isEqualTo(500);
    assertThat(report.at("/latencies/0/p99").asDouble()).isEqualTo(30);
    assertThat(report.at("/states/0/city").asLong()).isEqualTo(2_079_000);
  }

  @Test
  void theTableOfStatesSaysWhatIsOverItsBudget() {
    assertThat(StateSize.table(List.of(size()), "2 communities"))
        .contains("| door-forced | 40 | 50 | 90 | 9,000 | 8,192 | 1 | 1.0 | 2.0 |")
        .contains("| all | 40 |");
    assertThat(StateMeasure.budget("flow-anomaly")).isEqualTo(4096);
    assertThat(StateMeasure.budget("device-health")).isZero();
  }

  private static StateSize size() {
    return new StateSize("door-forced", 40, 50, 90, 9000, 8192, 1, 1000, 2_079_000);
  }

  private static Comparison comparison() {
    return Comparison.of(
        "ours",
        "theirs",
        100,
        List.of(
            new Comparison.Round(true, new Sample(10, 1), new Sample(1, 1)),
            new Comparison.Round(false, new Sample(1000, 5), new Sample(500, 20))));
  }
}
