package gatehouse.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.score.Score;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code ./gatehouse score --live}: a tiny labelled city through a real Kafka and Flink job. */
class LiveScoreTest {

  @Test
  void theLiveJobFindsWhatTheScorecardSays() {
    StringWriter said = new StringWriter();
    CommandLine score = Score.commandLine();
    score.setOut(new PrintWriter(said));
    score.setErr(new PrintWriter(said));
    int code =
        score.execute(
            "--live", "--communities=2", "--days=1", "--warm-up=0", "--units=8", "--staged=28");
    assertThat(code).as(said::toString).isZero();
    assertThat(said.toString()).contains(" models agree", ", 0 late").doesNotContain("DISAGREES");
    assertThat(said.toString().lines().filter(line -> line.matches(".* agrees +[1-9].*")))
        .as(said::toString)
        .hasSizeGreaterThan(10);
  }
}
