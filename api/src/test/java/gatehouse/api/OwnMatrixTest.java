package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every declared route, by each role of a community on what belongs to that community (trust.md
 * S1): it succeeds where own-routes.csv says so, and nowhere else. Each role has a community of its
 * own, which it reads first, then changes, and takes away at last.
 */
class OwnMatrixTest {

  private static final List<String> ROLES =
      List.of("POLICE", "PROPERTY", "RESIDENT", "OPERATIONS", "AUDITOR", "GUARD");
  private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE");

  @TestFactory
  List<DynamicTest> everyRouteOnWhatIsOnesOwn() {
    RouteTable expected = RouteTable.read("own-routes.csv");
    List<Tenant> tenants = Stream.generate(() -> new Tenant("own")).limit(ROLES.size()).toList();
    List<DynamicTest> tests = new ArrayList<>();
    Routes.all().stream()
        .filter(route -> route.contains("{") && !route.contains("pass-links"))
        .sorted(Comparator.comparingInt(OwnMatrixTest::turn))
        .forEach(
            route ->
                tests.add(
                    DynamicTest.dynamicTest(
                        route,
                        () -> assertThat(answers(tenants, route)).isEqualTo(expected.of(route)))));
    tests.add(
        DynamicTest.dynamicTest(
            "no route is listed that is not there",
            () ->
                assertThat(tests.stream().map(DynamicTest::getDisplayName))
                    .containsAll(expected.routes())));
    return tests;
  }

  /** Whole homes and communities go last. */
  private static int turn(String route) {
    return METHODS.indexOf(route.substring(0, route.indexOf(' '))) * 2
        + (route.equals("DELETE /api/v1/me/{community}") ? 1 : 0);
  }

  private static List<Integer> answers(List<Tenant> tenants, String route) {
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < ROLES.size(); i++) {
      Tenant tenant = tenants.get(i);
      String address = Routes.addressed(route.substring(route.indexOf(' ') + 1), tenant);
      answers.add(Routes.call(tenant.people.get(ROLES.get(i)), route, address).status());
    }
    return answers;
  }
}
