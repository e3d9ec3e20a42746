package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Every declared route against every role (trust.md S1, API5, API9). Only what is listed may
 * succeed; a route that nobody listed fails.
 */
class RouteMatrixTest {

  private static final String ABSENT = "00000000-0000-4000-8000-000000000000";

  /**
   * For an id that is not there: what the roles POLICE, PROPERTY, RESIDENT, OPERATIONS, AUDITOR are
   * answered.
   */
  private static final Map<String, List<Integer>> EXPECTED =
      Map.ofEntries(
          Map.entry("GET /api/v1/session", List.of(200, 200, 200, 200, 200)),
          Map.entry("POST /api/v1/session", List.of(400, 400, 400, 400, 400)),
          Map.entry("DELETE /api/v1/session", List.of(204, 204, 204, 204, 204)),
          Map.entry("GET /api/v1/alerts", List.of(200, 200, 403, 200, 403)),
          Map.entry("GET /api/v1/alerts/{id}", List.of(404, 404, 403, 404, 403)),
          Map.entry("POST /api/v1/alerts/{id}/acknowledge", List.of(404, 404, 403, 404, 403)),
          Map.entry("POST /api/v1/alerts/{id}/resolve", List.of(400, 400, 403, 400, 403)),
          Map.entry("GET /api/v1/notifications", List.of(200, 200, 200, 200, 403)),
          Map.entry(
              "POST /api/v1/notifications/{id}/acknowledge", List.of(404, 404, 404, 404, 403)),
          Map.entry("GET /api/v1/silences", List.of(200, 200, 403, 200, 403)),
          Map.entry("PUT /api/v1/silences/{id}", List.of(400, 400, 403, 400, 403)),
          Map.entry("DELETE /api/v1/silences/{id}", List.of(404, 404, 403, 404, 403)),
          Map.entry("GET /api/v1/digests", List.of(200, 200, 403, 200, 403)),
          Map.entry("GET /api/v1/alert-budgets", List.of(200, 200, 403, 200, 403)),
          Map.entry("PUT /api/v1/alert-budgets/{community}", List.of(400, 400, 403, 400, 403)),
          Map.entry("GET /api/v1/access-log", List.of(403, 200, 200, 403, 403)),
          Map.entry("GET /api/v1/access-log.csv", List.of(403, 200, 403, 403, 403)),
          Map.entry("GET /api/v1/doors", List.of(200, 200, 200, 200, 403)),
          Map.entry("POST /api/v1/doors/{id}/open", List.of(404, 404, 404, 404, 403)),
          Map.entry("GET /api/v1/door-commands/{id}", List.of(404, 404, 404, 404, 403)),
          Map.entry("GET /api/v1/door-commands/{id}/stream", List.of(404, 404, 404, 404, 403)),
          Map.entry("PUT /api/v1/lockdowns/{level}/{id}", List.of(400, 400, 403, 403, 403)),
          Map.entry("DELETE /api/v1/lockdowns/{level}/{id}", List.of(404, 404, 403, 403, 403)),
          Map.entry("GET /api/v1/models", List.of(200, 200, 200, 200, 403)),
          Map.entry("GET /api/v1/overview", List.of(200, 200, 200, 200, 403)),
          Map.entry("GET /api/v1/cases", List.of(200, 403, 403, 403, 403)),
          Map.entry("GET /api/v1/cases/{id}", List.of(404, 403, 403, 403, 403)),
          Map.entry("PUT /api/v1/cases/{id}", List.of(400, 403, 403, 403, 403)),
          Map.entry("POST /api/v1/cases/{id}/approve", List.of(404, 403, 403, 403, 403)),
          Map.entry("POST /api/v1/cases/{id}/close", List.of(404, 403, 403, 403, 403)),
          Map.entry("PUT /api/v1/cases/{id}/expiry", List.of(404, 403, 403, 403, 403)),
          Map.entry("PUT /api/v1/cases/{id}/members/{username}", List.of(404, 403, 403, 403, 403)),
          Map.entry(
              "DELETE /api/v1/cases/{id}/members/{username}", List.of(404, 403, 403, 403, 403)),
          Map.entry("PUT /api/v1/cases/{id}/alerts/{alert}", List.of(404, 403, 403, 403, 403)),
          Map.entry("GET /api/v1/cases/{id}/notes", List.of(404, 403, 403, 403, 403)),
          Map.entry("PUT /api/v1/cases/{id}/notes/{note}", List.of(404, 403, 403, 403, 403)),
          Map.entry("GET /api/v1/cases/{id}/look-ups", List.of(404, 403, 403, 403, 403)),
          Map.entry("PUT /api/v1/cases/{id}/look-ups/{lookUp}", List.of(404, 403, 403, 403, 403)),
          Map.entry("GET /api/v1/cases/{id}/look-ups/{lookUp}", List.of(404, 403, 403, 403, 403)),
          Map.entry(
              "POST /api/v1/cases/{id}/look-ups/{lookUp}/reveal", List.of(400, 403, 403, 403, 403)),
          Map.entry(
              "POST /api/v1/cases/{id}/look-ups/{lookUp}/approve",
              List.of(404, 403, 403, 403, 403)),
          Map.entry("GET /api/v1/cases/{id}/exports", List.of(404, 403, 403, 403, 403)),
          Map.entry("PUT /api/v1/cases/{id}/exports/{export}", List.of(404, 403, 403, 403, 403)),
          Map.entry(
              "POST /api/v1/cases/{id}/exports/{export}/approve", List.of(404, 403, 403, 403, 403)),
          Map.entry(
              "GET /api/v1/cases/{id}/exports/{export}/pack", List.of(404, 403, 403, 403, 403)),
          Map.entry("GET /api/v1/cases/hand-overs", List.of(200, 403, 403, 403, 403)),
          Map.entry("PUT /api/v1/cases/hand-overs/{id}", List.of(400, 403, 403, 403, 403)),
          Map.entry("POST /api/v1/cases/hand-overs/{id}/read", List.of(404, 403, 403, 403, 403)),
          Map.entry("GET /api/v1/watch-orders", List.of(200, 403, 403, 403, 403)),
          Map.entry("GET /api/v1/watch-orders/{id}", List.of(404, 403, 403, 403, 403)),
          Map.entry("PUT /api/v1/watch-orders/{id}", List.of(400, 403, 403, 403, 403)),
          Map.entry("POST /api/v1/watch-orders/{id}/approve", List.of(404, 403, 403, 403, 403)),
          Map.entry("DELETE /api/v1/watch-orders/{id}", List.of(404, 403, 403, 403, 403)),
          Map.entry("GET /api/v1/audit", List.of(403, 403, 403, 403, 200)),
          Map.entry("GET /api/v1/audit/verification", List.of(403, 403, 403, 403, 200)),
          Map.entry("GET /api/v1/audit/findings", List.of(403, 403, 403, 403, 200)));

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
                  assertThat(EXPECTED).containsKey(route);
                  if (!path.equals("/api/v1/session")) {
                    assertThat(call(anonymous, method, path)).isEqualTo(401);
                  }
                  assertThat(roles.stream().map(role -> call(role, method, path)).toList())
                      .isEqualTo(EXPECTED.get(route));
                });
        (route.equals("DELETE /api/v1/session") ? last : tests).add(test);
      }
    }
    tests.addAll(last);
    return tests;
  }

  private static int call(Client client, String method, String path) {
    String body = method.equals("POST") || method.equals("PUT") ? "{}" : null;
    return client
        .send(
            method,
            path.replace("{level}", "door").replaceAll("\\{[a-zA-Z]+}", ABSENT),
            body,
            "Idempotency-Key",
            "matrix")
        .status();
  }
}
