package gatehouse.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What the API logged while its own tests sent it names, numbers, phones and passwords, refused
 * them and broke the database under it (trust.md S12). Those tests have run before these.
 */
@Order(1)
class SuiteLogsTest {

  private static final Path REPORTS = Path.of("../../api/target/surefire-reports");

  /** Values of those tests. */
  private static final List<String> PERSONAL =
      List.of(
          "王小明",
          "孙悟空",
          "李雷",
          "13912345678",
          "11010519491231002X",
          "correct horse battery staple",
          "whsec_",
          "$argon2");

  @Test
  void s12NothingPersonalIsInWhatTheTestsOfTheApiLogged() throws IOException {
    assumeThat(REPORTS).as("run the whole ./gatehouse test for this").isDirectory();
    List<Path> logs;
    try (Stream<Path> files = Files.list(REPORTS)) {
      logs = files.filter(file -> file.toString().endsWith("-output.txt")).toList();
    }
    assumeThat(logs).as("run the whole ./gatehouse test for this").isNotEmpty();
    for (Path log : logs) {
      String text = Files.readString(log, StandardCharsets.UTF_8);
      for (String value : PERSONAL) {
        assertThat(text.contains(value)).as("%s in %s", value, log.getFileName()).isFalse();
      }
    }
  }
}
