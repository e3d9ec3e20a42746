package gatehouse.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import gatehouse.fixture.GeneratedDocs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every module logged while its own tests sent it plates, names, numbers, phones and
 * passwords, refused them and broke what was under it (trust.md S12). Those tests have run before
 * these.
 */
class SuiteLogsTest {

  private static final Map<String, Pattern> PERSONAL =
      Map.of(
          "a plate",
          Pattern.compile("[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6}"),
          "a phone number",
          Pattern.compile("(?<![0-9A-Za-z.-])1[3-9]\\d{9}(?![0-9A-Za-z.-])"),
          "an identity number",
          Pattern.compile("(?<![0-9A-Za-z.-])\\d{6}(?:19|20)\\d{2}[01]\\d[0-3]\\d{4}[0-9X]"),
          "a name that the tests use",
          Pattern.compile("王小明|孙悟空|李雷|赵敏"),
          "a password or key",
          Pattern.compile("correct horse battery staple|whsec_|\\$argon2|PRIVATE KEY-----"));

  @Test
  void s12NothingPersonalIsInWhatTheTestsLogged() throws IOException {
    List<Path> logs = new ArrayList<>();
    for (Path reports : reports()) {
      try (Stream<Path> files = Files.list(reports)) {
        files.filter(file -> file.toString().endsWith("-output.txt")).forEach(logs::add);
      }
    }
    assumeThat(logs).as("run the whole ./gatehouse test for this").hasSizeGreaterThan(50);
    List<String> found = new ArrayList<>();
    for (Path log : logs) {
      String text = Files.readString(log, StandardCharsets.UTF_8);
      PERSONAL.forEach(
          (what, pattern) -> {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
              found.add(what + " in " + log.getFileName() + " at " + matcher.start());
            }
          });
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> reports() throws IOException {
    try (Stream<Path> folders =
        Files.find(
            GeneratedDocs.root(), 5, (path, is) -> path.endsWith("target/surefire-reports"))) {
      return folders.toList();
    }
  }
}
