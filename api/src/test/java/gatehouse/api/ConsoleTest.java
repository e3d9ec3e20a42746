package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is served beside the API: the console, and nothing else. */
class ConsoleTest {

  private final Client browser = Client.anonymous(Platform.get().url());

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/alerts", "/alerts/4711", "/doors", "/log-in", "/audit", "/pass/4711"})
  void everyPageOfTheConsoleIsItsStartPage(String path) {
    assumeThat(getClass().getResource("/static/index.html")).isNotNull();
    Client.Answer page = browser.get(path, "Accept", "text/html");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("<div id=\"app\">");
    assertThat(page.header("Cache-Control")).contains("no-cache");
    assertThat(page.header("Content-Security-Policy")).contains("script-src 'self';");
    assertThat(page.body()).doesNotContainPattern("<script>|<script [^>]*>[^<]");
  }

  @Test
  void filesWithAHashInTheirNameAreKeptForever() {
    assumeThat(getClass().getResource("/static/index.html")).isNotNull();
    Matcher script = Pattern.compile("src=\"(/assets/[^\"]+)\"").matcher(browser.get("/").body());
    assertThat(script.find()).isTrue();
    Client.Answer file = browser.get(script.group(1));
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("Content-Type")).startsWith("text/javascript");
    assertThat(file.header("Cache-Control")).contains("immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/nothing",
        "/assets/none.js",
        "/favicon.none",
        "/actuator/prometheus.txt",
        "/application.properties",
        "/gatehouse/api/texts.properties",
        "/WEB-INF/web.xml"
      })
  void whatIsNotThereIsAProblem(String path) {
    Client.Answer answer = Client.of("police").get(path);
    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.body()).doesNotContain("spring", "Exception", "gatehouse.api");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/..%2fapplication.properties", "/%2e%2e/application.properties"})
  void nobodyClimbsOutOfTheFolder(String path) {
    Client.Answer answer = browser.get(path);
    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("spring");
  }

  @Test
  void nothingCanBeWrittenBesideTheApi() {
    Client police = Client.of("police");
    assertThat(police.post("/", "{}").status()).isIn(403, 405);
    assertThat(police.send("TRACE", "/api/v1/session", null).status()).isIn(400, 403, 405, 501);
  }
}
