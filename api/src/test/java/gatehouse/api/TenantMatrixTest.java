package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every declared route, by the people of one community, on what belongs to another (trust.md S1):
 * they are answered as if it were not there, and no list shows it.
 */
class TenantMatrixTest {

  private static final List<String> FOUND_OTHERWISE =
      List.of("/api/v1/doors", "/api/v1/lockdowns/door", "/api/v1/leases", "/api/v1/belongings");

  private static final Tenant OWN = new Tenant("tenant-a");
  private static final Tenant OTHER = new Tenant("tenant-b");
  private static final Tenant SIBLING = OWN.beside();

  @TestFactory
  List<DynamicTest> whatIsAnothersIsAsGoodAsAbsent() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String route : Routes.all()) {
      String[] parts = route.split(" ", 2);
      if (!parts[1].contains("{") || parts[1].contains("pass-links")) {
        continue;
      }
      tests.add(
          DynamicTest.dynamicTest(
              route,
              () ->
                  OWN.people.forEach(
                      (role, client) -> {
                        Client.Answer absent =
                            Routes.call(client, route, Routes.addressed(parts[1], null));
                        Client.Answer others =
                            Routes.call(client, route, Routes.addressed(parts[1], OTHER));
                        assertThat(others.status())
                            .as("%s: %s", role, others.body())
                            .isIn(statuses(parts[0], absent.status()));
                        assertThat(others.body().replace(path(others), ""))
                            .as(role)
                            .doesNotContain(OTHER.community);
                      })));
    }
    return tests;
  }

  /** A resident on what is the neighbour's, an analyst on the case of another. */
  @TestFactory
  List<DynamicTest> whatIsTheNeighboursIsAsGoodAsAbsent() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String route : Routes.all()) {
      String[] parts = route.split(" ", 2);
      // Of the same community "me" is oneself.
      if (!parts[1].contains("{") || parts[1].matches(".*/(pass-links|me)/.*")) {
        continue;
      }
      boolean ofCases = parts[1].contains("/cases/{id}") || parts[1].contains("/watch-orders/");
      Client client = OWN.people.get(ofCases ? "POLICE" : "RESIDENT");
      tests.add(
          DynamicTest.dynamicTest(
              route,
              () -> {
                Client.Answer absent = Routes.call(client, route, Routes.addressed(parts[1], null));
                Client.Answer neighbours =
                    Routes.call(client, route, Routes.addressed(parts[1], SIBLING));
                assertThat(neighbours.status())
                    .as(neighbours.body())
                    .isIn(statuses(parts[0], absent.status()));
              }));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> noListShowsWhatIsAnothers() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String route : Routes.all()) {
      String[] parts = route.split(" ", 2);
      if (!parts[0].equals("GET") || parts[1].contains("{") || parts[1].endsWith("/stream")) {
        continue;
      }
      tests.add(
          DynamicTest.dynamicTest(
              route,
              () ->
                  OWN.people.forEach(
                      (role, client) -> {
                        for (String query : List.of("", "?community=" + OTHER.community)) {
                          Client.Answer answer = Routes.call(client, route, parts[1] + query);
                          assertThat(answer.status()).as(role).isLessThan(500);
                          assertThat(answer.body().replace(path(answer), ""))
                              .as(role)
                              .doesNotContain(OTHER.community)
                              .doesNotContain(OTHER.ids().values());
                        }
                      })));
    }
    return tests;
  }

  /** Without this the tests above could be content with addresses that name nothing. */
  @Test
  void everyThingIsThereForItsOwnPeople() {
    OTHER
        .ids()
        .forEach(
            (prefix, id) -> {
              if (!FOUND_OTHERWISE.contains(prefix)) {
                // What a terminal is told takes a moment.
                await().until(() -> isFound(prefix, id));
              }
            });
    assertThat(
            OTHER
                .people
                .get("PROPERTY")
                .get(
                    "/api/v1/leases/"
                        + OTHER.ids().get("/api/v1/leases")
                        + "/move-out?community="
                        + OTHER.community)
                .status())
        .isEqualTo(200);
    assertThat(OTHER.people.get("RESIDENT").get("/api/v1/belongings").json()).hasSize(1);
  }

  private static boolean isFound(String prefix, String id) {
    return OTHER.people.values().stream()
        .anyMatch(
            client ->
                client.get(prefix + "/" + id).status() == 200
                    || client.get(prefix).body().contains(id)
                    || client.get(prefix + "/" + OTHER.community + "/" + id).status() == 200
                    || client.get(prefix + "?community=" + OTHER.community).body().contains(id));
  }

  /** An id of one's own choice may be taken already: that is a conflict, and shows nothing. */
  private static List<Integer> statuses(String method, int absent) {
    return method.equals("PUT") ? List.of(absent, 404, 409) : List.of(absent);
  }

  private static String path(Client.Answer answer) {
    return answer.response().uri().getRawPath();
  }
}
