package gatehouse.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayCommandTest {

  private static final Path OFFICE = Path.of("examples", "office-cards");

  private final Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  ReplayCommandTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void playsALogThroughAPipelineInWhichMessagesOvertakeEachOther() throws Exception {
    Path json = dir.resolve("out.json");
    AtomicInteger late = new AtomicInteger(-1);
    PipelineStarter starter =
        plan ->
            new Wrapped(new StandInPipeline(dir, plan)) {
              @Override
              public void close() throws IOException {
                late.set(inner.late());
                super.close();
              }
            };

    int code =
        run(
            starter,
            "--events",
            OFFICE.resolve("log.csv").toString(),
            "--mapping",
            OFFICE.resolve("mapping.yaml").toString(),
            "--site",
            OFFICE.resolve("site.yaml").toString(),
            "--json",
            json.toString());

    assertThat(code).as(() -> err.toString()).isEqualTo(ReplayCommand.DONE);
    assertThat(late).hasValue(0);
    JsonNode report = JsonMapper.shared().readTree(json);
    JsonNode summary = report.path("summary");
    assertThat(summary.path("rows").asInt()).isEqualTo(170);
    assertThat(summary.path("published").asInt()).isEqualTo(170);
    assertThat(summary.path("rejected").asInt()).isZero();
    assertThat(summary.path("alerts").asInt()).isEqualTo(6).isEqualTo(report.path("alerts").size());
    JsonNode alert = report.path("alerts").path(0);
    assertThat(alert.path("firstEventTime").asString()).isEqualTo("2025-03-07T18:40:05Z");
    int line = alert.path("evidence").path(0).path("line").asInt();
    assertThat(Files.readAllLines(OFFICE.resolve("log.csv")).get(line - 1))
        .contains("6:40:05 PM", "Rejected");
    assertThat(out.toString())
        .contains("2025-03-07 18:40:05")
        .contains("lines of the log: " + line);
  }

  @Test
  void saysWhichKeyIsWrongAndStartsNothing() throws IOException {
    Path mapping = dir.resolve("m.yaml");
    Files.writeString(mapping, "time: Date\nevnt: {place: Zone}\n");

    int code =
        run(
            plan -> {
              throw new IllegalStateException("must not start");
            },
            "--events",
            OFFICE.resolve("log.csv").toString(),
            "--mapping",
            mapping.toString());

    assertThat(code).isEqualTo(ReplayCommand.WRONG);
    assertThat(err.toString()).contains("m.yaml line 2", "Maybe 'event' is meant");
  }

  @Test
  void saysWhichFileThereIsNot() {
    int code =
        run(
            plan -> {
              throw new IllegalStateException("must not start");
            },
            "--events",
            dir.resolve("nowhere.csv").toString(),
            "--mapping",
            OFFICE.resolve("mapping.yaml").toString());

    assertThat(code).isEqualTo(ReplayCommand.WRONG);
    assertThat(err.toString()).contains("nowhere.csv");
  }

  @Test
  void aLogOfBadRowsOnlyIsAnError() throws IOException {
    Path log = dir.resolve("l.csv");
    Files.writeString(log, "t,p\nsoon,a\nlater,b\n");
    Path mapping = dir.resolve("m.yaml");
    Files.writeString(mapping, "time: t\nevent: {place: p}\n");

    int code =
        run(
            plan -> {
              throw new IllegalStateException("must not start");
            },
            "--events",
            log.toString(),
            "--mapping",
            mapping.toString());

    assertThat(code).isEqualTo(ReplayCommand.NO_ROWS);
    assertThat(err.toString()).contains("line 2: the time 'soon'").contains("line 3");
  }

  private int run(PipelineStarter starter, String... arguments) {
    return new CommandLine(new ReplayCommand(starter))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  /** Passes everything on. */
  private abstract static class Wrapped implements Pipeline {

    final StandInPipeline inner;

    Wrapped(StandInPipeline inner) {
      this.inner = inner;
    }

    @Override
    public String mqttUrl() {
      return inner.mqttUrl();
    }

    @Override
    public String username() {
      return inner.username();
    }

    @Override
    public String password() {
      return inner.password();
    }

    @Override
    public String kafkaBootstrap() {
      return inner.kafkaBootstrap();
    }

    @Override
    public void close() throws IOException {
      inner.close();
    }
  }
}
