package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Every declared route against every role (trust.md S1, API5, API9). Only what is listed may
 * succeed; a route that nobody listed fails.
 */
class RouteMatrixTest {

  private static final String ABSENT = "00000000-0000-4000-8000-000000000000";

  /** Whoever has the secret in the address needs no account. */
  private static final Set<String> PUBLIC = Set.of("/api/v1/pass-links/{link}");

  /** For an id that is not there: what each role is answered. */
  private static final RouteTable EXPECTED = RouteTable.read("routes.csv");

  @TestFactory
  List<DynamicTest> everyRouteForEveryRole() {
    Client anonymous = Client.anonymous(Platform.get().url());
    anonymous.get("/api/v1/session");
    List<Client> roles = new ArrayList<>();
    for (String role : List.of("POLICE", "PROPERTY", "RESIDENT", "OPERATIONS", "AUDITOR")) {
      roles.add(Client.of(TestSite.account(role, "riverside")));
    }
    List<DynamicTest> tests = new ArrayList<>();
    JsonNode paths = anonymous.get("/v3/api-docs").json().path("paths");
    List<DynamicTest> last = new ArrayList<>();
    for (String path : paths.propertyNames()) {
      for (String name : paths.path(path).propertyNames()) {
        String method = name.toUpperCase(java.util.Locale.ROOT);
        String route = method + " " + path;
        if (path.equals("/api/v1/alerts/stream")) {
          continue;
        }
        DynamicTest test =
            DynamicTest.dynamicTest(
                route,
                () -> {
                  if (!path.equals("/api/v1/session")) {
                    assertThat(call(anonymous, method, path))
                        .isEqualTo(PUBLIC.contains(path) ? 404 : 401);
                  }
                  assertThat(roles.stream().map(role -> call(role, method, path)).toList())
                      .isEqualTo(EXPECTED.of(route));
                });
        (route.equals("DELETE /api/v1/session") ? last : tests).add(test);
      }
    }
    tests.addAll(last);
    tests.add(
        DynamicTest.dynamicTest(
            "no route is listed that is not there",
            () ->
                assertThat(tests.stream().map(DynamicTest::getDisplayName))
                    .containsAll(EXPECTED.routes())));
    return tests;
  }

  private static int call(Client client, String method, String path) {
    String body = method.equals("POST") || method.equals("PUT") ? "{}" : null;
    return client
        .send(
            method,
            path.replace("{level}", "door")
                .replace("{kind}", "device")
                .replaceAll("\\{[a-zA-Z]+}", ABSENT),
            body,
            "Idempotency-Key",
            "matrix")
        .status();
  }
}
