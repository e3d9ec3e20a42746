package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Every filter and sort of every route takes what an attacker writes as a value and nothing else
 * (trust.md S10, S11): it is refused or finds nothing, and nothing breaks.
 */
class InjectionTest {

  private static final List<String> ATTACKS =
      List.of(
          "' OR '1'='1",
          "'; DROP TABLE alert.alert; --",
          "1) union select password_hash from identity.account --",
          "%%%%%%%%%%%%",
          "\\",
          "${jndi:ldap://127.0.0.1/x}",
          "a\r\nSet-Cookie: x=y",
          "\u0000",
          "{\"$gt\":\"\"}",
          "x".repeat(3_000));

  @TestFactory
  List<DynamicTest> everyParameterOfEveryRoute() {
    List<Client> callers = new ArrayList<>();
    for (String role : List.of("POLICE", "PROPERTY", "RESIDENT", "OPERATIONS", "AUDITOR")) {
      callers.add(Client.of(TestSite.account(role, "injection")));
    }
    JsonNode paths =
        Client.anonymous(Platform.get().url()).get("/v3/api-docs").json().path("paths");
    List<DynamicTest> tests = new ArrayList<>();
    for (String path : paths.propertyNames()) {
      List<String> parameters =
          paths
              .path(path)
              .path("get")
              .path("parameters")
              .valueStream()
              .filter(one -> one.path("in").asString().equals("query"))
              .map(one -> one.path("name").asString())
              .toList();
      if (parameters.isEmpty() || path.endsWith("/stream")) {
        continue;
      }
      String address = path.replaceAll("\\{[a-zA-Z]+}", "injection");
      tests.add(
          DynamicTest.dynamicTest(
              path,
              () -> {
                Client caller =
                    callers.stream()
                        .filter(one -> one.get(address).status() != 403)
                        .findFirst()
                        .orElse(callers.get(0));
                for (String parameter : parameters) {
                  for (String attack : ATTACKS) {
                    Client.Answer answer =
                        caller.get(address + "?" + parameter + "=" + encoded(attack));
                    assertThat(answer.status()).as("%s=%s", parameter, attack).isLessThan(500);
                    assertThat(answer.header("Set-Cookie")).doesNotContain("x=y");
                    assertThat(answer.body()).doesNotContain("$argon2");
                  }
                }
              }));
    }
    return tests;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
