package gatehouse.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gatehouse.fixture.GeneratedDocs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./gatehouse replay} as a user runs it, through the whole pipeline. */
class ReplayTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path ROOT = GeneratedDocs.root();
  private static final Path EXAMPLES = ROOT.resolve("tools/replay/examples");

  @TempDir Path folder;

  @Test
  void theEmbassysBadgeLogGivesExactlyTheFiveViolations() throws Exception {
    Path data = ROOT.resolve("../shared/data/vast2009-mc1");
    assumeTrue(
        Files.isDirectory(data), "the data set vast2009-mc1 is not there, so this is not checked");
    Set<String> expected = new TreeSet<>();
    for (JsonNode violation :
        JSON.readTree(data.resolve("GROUND_TRUTH.json")).path("classified_area_violations")) {
      expected.add(violation.path("employee").asString() + " " + violation.path("time").asString());
    }
    assertThat(expected).hasSize(5);

    JsonNode result = replay(data.resolve("proxLog.csv.gz"), EXAMPLES.resolve("vast2009-mc1"));
    List<String> found = new ArrayList<>();
    for (JsonNode alert : result.path("alerts")) {
      assertThat(alert.path("model").asString()).isEqualTo("anti-passback");
      found.add(
          alert.path("subjects").path(0).path("id").asString()
              + " "
              + alert.path("detectedAt").asString().substring(0, 16));
    }
    assertThat(found).hasSize(5).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(result.path("summary").path("rows").asInt()).isEqualTo(10_162);
  }

  @Test
  void anOfficesCardLogShowsTheSupersededCard() throws Exception {
    JsonNode result =
        replay(EXAMPLES.resolve("office-cards/log.csv"), EXAMPLES.resolve("office-cards"));
    assertThat(result.path("alerts").findValuesAsString("model")).contains("stale-grant");
  }

  private JsonNode replay(Path log, Path example) throws Exception {
    Path out = folder.resolve("alerts.json");
    Process replay =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dgatehouse.home=" + ROOT,
                "-cp",
                classPath(),
                "gatehouse.launcher.command.Launcher",
                "replay",
                "--events",
                log.toString(),
                "--mapping",
                example.resolve("mapping.yaml").toString(),
                "--site",
                example.resolve("site.yaml").toString(),
                "--json",
                out.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("replay.log").toFile())
            .start();
    boolean ended = replay.waitFor(Duration.ofMinutes(5).toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      replay.destroy();
    }
    assertThat(ended && replay.exitValue() == 0)
        .as(() -> read(folder.resolve("replay.log")))
        .isTrue();
    return JSON.readTree(out);
  }

  /** The launcher's own class path, as {@code ./gatehouse} uses it. */
  private static String classPath() throws IOException {
    Path launcher = ROOT.resolve("tools/launcher/target");
    return launcher.resolve("classes")
        + File.pathSeparator
        + Files.readString(launcher.resolve("runtime.classpath")).strip();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "no output";
    }
  }
}
