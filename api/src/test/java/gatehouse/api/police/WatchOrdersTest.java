package gatehouse.api.police;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Watch orders: three people, one subject, an end (S-03; trust.md S22). */
class WatchOrdersTest {

  private final TestCases site = new TestCases();
  private final String colleague = TestSite.account("POLICE", site.community);
  private final Client asColleague = Client.of(colleague);
  private final String caseId = site.open(colleague);

  @Test
  void itHoldsOnceTwoOthersApproveOneOfThemASupervisor() {
    String order = ask("粤B·12345");
    assertThat(site.asAnalyst.post(order + "/approve", "").code()).isEqualTo("own-request");
    assertThat(state(asColleague.post(order + "/approve", ""))).isEqualTo("REQUESTED");
    assertThat(state(asColleague.post(order + "/approve", ""))).isEqualTo("REQUESTED");
    assertThat(registered()).isEmpty();
    Client.Answer approved = site.asSupervisor.post(order + "/approve", "");
    assertThat(state(approved)).isEqualTo("ACTIVE");
    assertThat(approved.json().path("approvers").size()).isEqualTo(2);
    assertThat(registered())
        .containsExactly("粤B12345 [\"" + colleague + "\",\"" + site.supervisor + "\"]");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        Platform.get()
                            .texts(
                                "select 1 from site.registry_entry where community = ?"
                                    + " and kind = 'watch-order' and published_at is not null",
                                site.community))
                    .hasSize(1));
  }

  @Test
  void twoAnalystsAreNotEnough() {
    String another = TestSite.account("POLICE", site.community);
    site.asSupervisor.put("/api/v1/cases/" + caseId + "/members/" + another, "{}");
    String order = ask("粤B12345");
    asColleague.post(order + "/approve", "");
    assertThat(state(Client.of(another).post(order + "/approve", ""))).isEqualTo("REQUESTED");
    assertThat(registered()).isEmpty();
  }

  @Test
  void withdrawnItEndsInTheRegistryToo() {
    String order = inForce("粤B12345");
    assertThat(site.asAnalyst.delete(order).code()).isEqualTo("if-match-missing");
    String tag = TestCases.tag(site.asAnalyst, order);
    assertThat(state(site.asAnalyst.delete(order, "If-Match", tag))).isEqualTo("WITHDRAWN");
    assertThat(state(site.asAnalyst.delete(order))).isEqualTo("WITHDRAWN");
    assertThat(
            Platform.get()
                .texts(
                    "select valid_to <= now() from site.registry_entry where community = ?"
                        + " and kind = 'watch-order' order by recorded_at",
                    site.community))
        .containsExactly("f", "t");
  }

  @Test
  void itEndsWithItsCase() {
    String order = inForce("粤B12345");
    String tag = TestCases.tag(site.asAnalyst, "/api/v1/cases/" + caseId);
    site.asAnalyst.post("/api/v1/cases/" + caseId + "/close", "", "If-Match", tag);
    assertThat(state(site.asAnalyst.get(order))).isEqualTo("WITHDRAWN");
  }

  @ParameterizedTest
  @CsvSource({
    "person,zhao",
    "ethnicity,x",
    "plate,粤B*",
    "plate,粤B1234?",
    "plate,粤",
    "credential,%25",
    "plate,",
    "'',粤B12345"
  })
  void s10ItNamesOnePlateOrCredentialAndNoClass(String type, String subject) {
    String body = wish(subject == null ? "" : subject, 10).replace("\"plate\"", "\"" + type + "\"");
    Client.Answer answer = site.asAnalyst.put("/api/v1/watch-orders/" + UUID.randomUUID(), body);
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void itLastsThirtyDaysAtMostAndNoLongerThanItsCase() {
    for (int days : List.of(31, 11, -1)) {
      assertThat(
              site.asAnalyst
                  .put("/api/v1/watch-orders/" + UUID.randomUUID(), wish("粤B12345", days))
                  .status())
          .as("%d days", days)
          .isEqualTo(400);
    }
  }

  @Test
  void itNeedsAMemberACaseInForceAndItsCommunities() {
    String path = "/api/v1/watch-orders/" + UUID.randomUUID();
    String body = wish("粤B12345", 5);
    assertThat(site.asSupervisor.put(path, body).code()).isEqualTo("not-a-member");
    assertThat(
            site.asAnalyst.put(path, body.replace("[\"" + site.community, "[\"elsewhere")).code())
        .isEqualTo("outside-case");
    TestCases.expire(caseId);
    assertThat(site.asAnalyst.put(path, body).code()).isEqualTo("case-not-in-force");
  }

  @Test
  void s22NobodyOutsideThePoliceSeesOrInfersIt() {
    Client property = Client.of(TestSite.account("PROPERTY", site.community));
    Client operations = Client.of(TestSite.account("OPERATIONS", site.community));
    Client resident = Client.of(TestSite.account("RESIDENT", site.community));
    List<Client> outsiders = List.of(property, operations, resident);
    List<String> paths =
        List.of(
            "/api/v1/access-log?subject=%E7%B2%A4B12345",
            "/api/v1/alerts",
            "/api/v1/overview",
            "/api/v1/notifications",
            "/api/v1/digests",
            "/api/v1/watch-orders",
            "/api/v1/cases");
    List<String> before = answers(outsiders, paths);
    String order = inForce("粤B12345");
    String absent = "/api/v1/watch-orders/" + UUID.randomUUID();
    assertThat(answers(outsiders, paths)).isEqualTo(before);
    for (Client outsider : outsiders) {
      assertThat(outsider.get(order).status()).isEqualTo(outsider.get(absent).status());
      assertThat(outsider.get(order).body().replace(order, ""))
          .isEqualTo(outsider.get(absent).body().replace(absent, ""));
    }
    // A police account outside the case is told the same as of one that is not there.
    Client stranger = Client.of(TestSite.account("POLICE", site.community));
    assertThat(stranger.get(order).body().replace(order, ""))
        .isEqualTo(stranger.get(absent).body().replace(absent, ""));
    // Of the order nothing is in a log that anybody but auditors of everything reads.
    assertThat(
            Platform.get()
                .texts(
                    "select distinct chain from audit.entry where action like 'watch-order.%'"
                        + " and who = ?",
                    site.analyst))
        .containsExactly("organisation");
  }

  private static List<String> answers(List<Client> outsiders, List<String> paths) {
    return outsiders.stream()
        .flatMap(
            outsider ->
                paths.stream()
                    .map(outsider::get)
                    .map(answer -> answer.status() + " " + answer.body()))
        .toList();
  }

  private String ask(String plate) {
    String path = "/api/v1/watch-orders/" + UUID.randomUUID();
    Client.Answer answer = site.asAnalyst.put(path, wish(plate, 5));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(state(answer)).isEqualTo("REQUESTED");
    return path;
  }

  private String inForce(String plate) {
    String order = ask(plate);
    asColleague.post(order + "/approve", "");
    assertThat(state(site.asSupervisor.post(order + "/approve", ""))).isEqualTo("ACTIVE");
    return order;
  }

  private String wish(String subject, int days) {
    return """
        {"caseId":"%s","subjectType":"plate","subject":"%s","legalBasis":"warrant 7",
         "communities":["%s"],"expires":"%s"}
        """
        .formatted(caseId, subject, site.community, Instant.now().plus(Duration.ofDays(days)));
  }

  private List<String> registered() {
    return Platform.get()
        .texts(
            "select (detail ->> 'subject') || ' ' || (detail -> 'approvers') from"
                + " site.registry_entry where community = ? and kind = 'watch-order'",
            site.community);
  }

  private static String state(Client.Answer answer) {
    return answer.json().path("state").asString();
  }
}
