package gatehouse.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.ApiMain;
import gatehouse.api.Client;
import gatehouse.api.Client.Answer;
import gatehouse.api.Platform;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** What another page in the same browser, or the next user of it, can do (trust.md S8, S16). */
class BrowserSafetyTest {

  private static final String FOREIGN = "https://evil.example";
  private static final String ABSENT = "00000000-0000-4000-8000-000000000000";

  private final String url = Platform.get().url();

  @TestFactory
  List<DynamicTest> noRouteWritesWithoutTheCsrfToken() {
    Client police = Client.of("police");
    JsonNode paths = police.get("/v3/api-docs").json().path("paths");
    List<DynamicTest> tests = new ArrayList<>();
    for (String path : paths.propertyNames()) {
      for (String name : paths.path(path).propertyNames()) {
        String method = name.toUpperCase(Locale.ROOT);
        if (!method.equals("GET")) {
          String to = path.replaceAll("\\{[a-zA-Z]+}", ABSENT);
          tests.add(
              DynamicTest.dynamicTest(
                  method + " " + path,
                  () -> {
                    Answer without = police.sendAsIs(method, to, "{}", "Origin", FOREIGN);
                    assertThat(without.status()).isEqualTo(403);
                    assertThat(without.code()).isEqualTo("csrf");
                    assertThat(
                            police.sendAsIs(method, to, "{}", "X-XSRF-TOKEN", "made-up").status())
                        .isEqualTo(403);
                  }));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(10);
    return tests;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/session", "/api/v1/alerts", "/v3/api-docs"})
  void noOtherOriginMayRead(String path) {
    Client police = Client.of("police");
    for (String origin : List.of(FOREIGN, "null", url + ".evil.example")) {
      Answer answer = police.get(path, "Origin", origin);
      assertThat(answer.response().headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
      assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
      Answer preflight =
          police.sendAsIs(
              "OPTIONS", path, null, "Origin", origin, "Access-Control-Request-Method", "PUT");
      assertThat(preflight.response().headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }
  }

  @Test
  void cookiesStayOnThisSiteAndTheSessionIsNoScriptsBusiness() {
    Client client = Client.anonymous(url);
    client.get("/api/v1/session");
    List<String> cookies =
        client.logIn("police", Platform.PASSWORD).response().headers().allValues("Set-Cookie");
    assertThat(cookies)
        .anySatisfy(
            session ->
                assertThat(session)
                    .startsWith("GATEHOUSE_SESSION=")
                    .containsIgnoringCase("HttpOnly")
                    .containsIgnoringCase("SameSite=Strict")
                    .containsIgnoringCase("Path=/")
                    .doesNotContainIgnoringCase("Domain="))
        .anySatisfy(
            token ->
                assertThat(token)
                    .startsWith("XSRF-TOKEN=")
                    .containsIgnoringCase("SameSite=Strict")
                    .doesNotContainIgnoringCase("HttpOnly"));
  }

  @Test
  void behindATlsProxyCookiesAreSecureAndTheWayBackIsTlsOnly() {
    try (ConfigurableApplicationContext proxied =
        ApiMain.start(Platform.get().settings(Map.of("GATEHOUSE_API_PROXY", "127.0.0.1")))) {
      Client client = Client.anonymous(Platform.urlOf(proxied));
      Answer answer =
          client.get(
              "/api/v1/session",
              "X-Forwarded-Proto",
              "https",
              "X-Forwarded-For",
              "192.0.2.7",
              "X-Forwarded-Host",
              "evil.example");
      assertThat(answer.header("Set-Cookie")).startsWith("XSRF-TOKEN=").contains("; Secure");
      assertThat(answer.header("Strict-Transport-Security")).contains("max-age=");
      assertThat(answer.response().headers().map().toString()).doesNotContain("evil");
    }
    Answer direct = Client.anonymous(url).get("/api/v1/session", "X-Forwarded-Proto", "https");
    assertThat(direct.header("Set-Cookie")).as("anybody can say so").doesNotContain("Secure");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/session",
        "/api/v1/alerts",
        "/api/v1/access-log",
        "/api/v1/access-log.csv",
        "/api/v1/notifications",
        "/api/v1/doors",
        "/api/v1/overview",
        "/api/v1/nothing"
      })
  void nothingOfPersonsIsKeptInACache(String path) {
    for (Client client : List.of(Client.of("police"), Client.anonymous(url))) {
      assertThat(client.get(path).header("Cache-Control")).contains("no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/alerts", "/api/v1/session", "/api/v1/nothing", "/nothing.js"})
  void nothingCanBeFramedOrTakenForAnotherTypeOrRunWhatIsInline(String path) {
    Answer answer = Client.anonymous(url).get(path);
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Content-Security-Policy"))
        .contains(
            "default-src 'none'",
            "script-src 'self';",
            "style-src 'self';",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'")
        .doesNotContain("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:");
  }

  /** L2: an address in an answer never comes from what the caller says of the host. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/login", "/api/v1/session", "/v3/api-docs", "/assets", "//x"})
  void noLinkIsBuiltFromTheHostHeader(String path) throws IOException {
    URI address = URI.create(url);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(30_000);
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n"
              + "Forwarded: host=evil.example\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("evil");
    }
  }
}
