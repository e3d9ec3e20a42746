package gatehouse.api.police;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.api.accesslog.TestEvents;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Personal look-ups name an open case that covers them (S-02, S-03; trust.md S15, L14, I6). */
class LookUpsTest {

  private final TestCases site = new TestCases();
  private final Instant noon = site.noon;

  @Test
  void thePassagesOfOneSubjectWithinTheScope() {
    TestEvents.store(
        TestEvents.plate(site.community, "粤B12345", noon),
        TestEvents.plate(site.community, "粤B12345", noon.minusSeconds(13 * 3600)),
        TestEvents.plate(site.community, "粤B99999", noon),
        TestEvents.access(site.community, "card-1001", Outcome.GRANTED, noon));
    String id = site.open();
    JsonNode found = site.lookUp(site.asAnalyst, id, site.ofSubject("plate", "粤B·12345")).json();
    assertThat(found.path("state").asString()).isEqualTo("SHOWN");
    assertThat(found.path("rows").size()).isEqualTo(1);
    assertThat(found.path("rows").get(0).path("subject").asString()).isEqualTo("粤B***45");
    assertThat(found.path("rows").get(0).path("place").asString()).isEqualTo("gate-2");
  }

  @Test
  void aCardIsLookedUpInOneCommunityAtATimeAndAPlateInAll() {
    TestCases other = new TestCases();
    for (String officer : List.of(site.analyst, site.supervisor)) {
      Platform.get()
          .asOwner(
              "insert into identity.community_grant select id, ? from identity.account"
                  + " where username = ?",
              other.community,
              officer);
    }
    for (String community : List.of(site.community, other.community)) {
      TestEvents.store(
          TestEvents.access(community, "card-1001", Outcome.GRANTED, noon),
          TestEvents.plate(community, "粤B12345", noon));
    }
    String id = UUID.randomUUID().toString();
    site.asAnalyst.put(
        "/api/v1/cases/" + id,
        site.wish(id, "")
            .replace("\"areas\":[", "\"areas\":[{\"community\":\"" + other.community + "\"},"));
    site.approve(id);
    String card = site.ofSubject("credential", "card-1001");
    assertThat(site.lookUp(site.asAnalyst, id, card).status()).isEqualTo(400);
    JsonNode found =
        site.lookUp(
                site.asAnalyst,
                id,
                card.replaceFirst("\\{", "{\"community\":\"" + other.community + "\","))
            .json();
    assertThat(found.path("rows").findValuesAsString("community")).containsExactly(other.community);
    assertThat(
            site.lookUp(site.asAnalyst, id, site.ofSubject("plate", "粤B12345"))
                .json()
                .path("rows")
                .size())
        .isEqualTo(2);
  }

  @Test
  void whoPassedAPlaceInAWindow() {
    TestEvents.store(
        TestEvents.access(site.community, "card-1001", Outcome.GRANTED, noon),
        TestEvents.access(site.community, "card-1002", Outcome.GRANTED, noon.plusSeconds(60)),
        TestEvents.plate(site.community, "粤B12345", noon));
    String id = site.open();
    String question =
        "{\"kind\":\"PLACE\",\"spots\":[" + site.spot("gate-1", noon, noon.plusSeconds(60)) + "]}";
    assertThat(
            site.lookUp(site.asAnalyst, id, question)
                .json()
                .path("rows")
                .findValuesAsString("subject"))
        .containsExactly("ca***01");
  }

  @Test
  void aCollisionFindsWhoWasAtAllOfThePlacesAndNoFace() {
    Instant later = noon.plusSeconds(3600);
    TestEvents.store(
        TestEvents.access(site.community, "card-both", Outcome.GRANTED, noon),
        TestEvents.access(site.community, "card-both", Outcome.GRANTED, later),
        TestEvents.access(site.community, "card-first", Outcome.GRANTED, noon),
        TestEvents.access(site.community, "card-last", Outcome.GRANTED, later),
        TestEvents.face(site.community, "zhao", noon),
        TestEvents.face(site.community, "zhao", later));
    String id = site.open();
    String question =
        collision(
            site.spot("gate-1", noon, noon.plusSeconds(60)),
            site.spot("gate-1", later, later.plusSeconds(60)));
    JsonNode found = site.lookUp(site.asAnalyst, id, question).json();
    assertThat(found.path("subjects").asInt()).isEqualTo(1);
    assertThat(found.path("rows").findValuesAsString("subject"))
        .containsExactly("ca***th", "ca***th");
  }

  @Test
  void moreThanTwentySubjectsWaitForASecondPerson() {
    Instant later = noon.plusSeconds(3600);
    List<DeviceEvent> events = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      events.add(TestEvents.access(site.community, "card-" + i, Outcome.GRANTED, noon));
      events.add(TestEvents.access(site.community, "card-" + i, Outcome.GRANTED, later));
    }
    TestEvents.store(events.toArray(DeviceEvent[]::new));
    String colleague = TestSite.account("POLICE", site.community);
    String id = site.open(colleague);
    String path = "/api/v1/cases/" + id + "/look-ups/" + UUID.randomUUID();
    Client.Answer waiting =
        site.asAnalyst.put(
            path,
            collision(
                site.spot("gate-1", noon, noon.plusSeconds(60)),
                site.spot("gate-1", later, later.plusSeconds(60))));
    assertThat(waiting.json().path("state").asString()).isEqualTo("WAITING");
    assertThat(waiting.json().path("subjects").asInt()).isEqualTo(21);
    assertThat(waiting.json().path("rows").isNull()).isTrue();
    assertThat(waiting.body()).doesNotContain("ca***");
    assertThat(
            site.asAnalyst
                .post(path + "/reveal", "{\"reason\":\"urgent\"}")
                .json()
                .path("state")
                .asString())
        .isEqualTo("WAITING");
    assertThat(site.asAnalyst.post(path + "/approve", "").code()).isEqualTo("own-request");
    assertThat(Client.of(colleague).post(path + "/approve", "").status()).isEqualTo(200);
    JsonNode shown = site.asAnalyst.get(path).json();
    assertThat(shown.path("state").asString()).isEqualTo("SHOWN");
    assertThat(shown.path("rows").size()).isEqualTo(42);
    assertThat(shown.path("approvers").get(0).asString()).isEqualTo(colleague);
  }

  @Test
  void namesAreWholeOnlyForAReasonThatTheAuditLogKeeps() {
    TestEvents.store(TestEvents.plate(site.community, "粤B12345", noon));
    String id = site.open();
    String path = "/api/v1/cases/" + id + "/look-ups/" + UUID.randomUUID();
    site.asAnalyst.put(path, site.ofSubject("plate", "粤B12345"));
    assertThat(site.asAnalyst.post(path + "/reveal", "{}").status()).isEqualTo(400);
    assertThat(
            site.asAnalyst
                .post(path + "/reveal", "{\"reason\":\"to show the witness\"}")
                .json()
                .path("rows")
                .get(0)
                .path("subject")
                .asString())
        .isEqualTo("粤B12345");
    assertThat(
            Platform.get()
                .texts(
                    "select reason from audit.entry where who = ? and action = 'case.reveal'"
                        + " and outcome = 'DONE'",
                    site.analyst))
        .singleElement()
        .asString()
        .contains("reason=to show the witness");
  }

  @Test
  void i6EachLookUpIsOneEntryWithCaseQueryAndRows() {
    TestEvents.store(
        TestEvents.plate(site.community, "粤B12345", noon),
        TestEvents.plate(site.community, "粤B12345", noon.plusSeconds(1)));
    String id = site.open();
    for (int i = 0; i < 3; i++) {
      site.lookUp(site.asAnalyst, id, site.ofSubject("plate", "粤B12345"));
    }
    List<String> entries =
        Platform.get()
            .texts(
                "select chain || '|' || object || '|' || outcome || '|' || reason from audit.entry"
                    + " where who = ? and action = 'case.look-up'",
                site.analyst);
    assertThat(entries)
        .hasSize(3)
        .allSatisfy(
            entry ->
                assertThat(entry)
                    .startsWith(site.community + "|粤B12345|DONE|case=" + id)
                    .contains("kind=SUBJECT type=plate")
                    .contains("rows=2 subjects=1"));
  }

  @Test
  void refusedWithoutACase() {
    Client.Answer answer = site.asAnalyst.get("/api/v1/access-log");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("case-required");
    assertThat(
            site.lookUp(
                    site.asAnalyst,
                    UUID.randomUUID().toString(),
                    site.ofSubject("plate", "粤B12345"))
                .status())
        .isEqualTo(404);
  }

  @Test
  void refusedBeforeACaseIsApproved() {
    refused(site.asAnalyst, site.requested(), "case-not-in-force");
  }

  @Test
  void refusedWithAClosedCase() {
    String id = site.open();
    String tag = TestCases.tag(site.asAnalyst, "/api/v1/cases/" + id);
    site.asAnalyst.post("/api/v1/cases/" + id + "/close", "", "If-Match", tag);
    refused(site.asAnalyst, id, "case-not-in-force");
  }

  @Test
  void refusedWithAnExpiredCase() {
    String id = site.open();
    TestCases.expire(id);
    refused(site.asAnalyst, id, "case-not-in-force");
  }

  @Test
  void refusedByANonMember() {
    String id = site.open();
    refused(site.asSupervisor, id, "not-a-member");
    Client colleague = Client.of(TestSite.account("POLICE", site.community));
    assertThat(site.lookUp(colleague, id, site.ofSubject("plate", "粤B12345")).status())
        .isEqualTo(404);
    assertThat(colleague.get("/api/v1/access-log?case=" + id).status()).isEqualTo(404);
  }

  @Test
  void refusedOutsideTheScope() {
    String id = site.requestedAt("gate-1");
    site.approve(id);
    TestCases elsewhere = new TestCases();
    List<String> outside =
        List.of(
            site.spot("gate-2", noon, noon.plusSeconds(60)),
            site.spot("gate-1", noon.minusSeconds(13 * 3600), noon),
            site.spot("gate-1", noon, noon.plusSeconds(13 * 3600)),
            elsewhere.spot("gate-1", noon, noon.plusSeconds(60)));
    for (String spot : outside) {
      Client.Answer answer =
          site.lookUp(site.asAnalyst, id, "{\"kind\":\"PLACE\",\"spots\":[" + spot + "]}");
      assertThat(answer.status()).as(spot).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("outside-case");
    }
    for (String query :
        List.of(
            "&place=gate-2",
            "&community=" + elsewhere.community,
            "&from=" + noon.minusSeconds(13 * 3600))) {
      assertThat(site.asAnalyst.get("/api/v1/access-log?case=" + id + query).code())
          .as(query)
          .isEqualTo("outside-case");
    }
    assertThat(
            Platform.get()
                .texts(
                    "select reason from audit.entry where who = ? and outcome = 'REFUSED'",
                    site.analyst))
        .hasSize(7)
        .containsOnly("outside-case");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"SUBJECT\",\"subjectType\":\"ethnicity\",\"subject\":\"x\"}",
        "{\"kind\":\"SUBJECT\",\"subjectType\":\"religion\",\"subject\":\"x\"}",
        "{\"kind\":\"SUBJECT\",\"subjectType\":\"face\",\"subject\":\"x\"}",
        "{\"kind\":\"CATEGORY\",\"subject\":\"x\"}",
        "{\"kind\":\"SUBJECT\"}",
        "{\"kind\":\"COLLISION\",\"spots\":[]}",
        "{}"
      })
  void s10NothingIsSearchedByWhatSomebodyIs(String question) {
    assertThat(site.lookUp(site.asAnalyst, site.open(), question).status()).isEqualTo(400);
  }

  @Test
  void theAccessLogOfThePoliceIsThatOfTheCase() {
    TestEvents.store(
        TestEvents.access(site.community, "card-1001", Outcome.GRANTED, noon),
        TestEvents.plate(site.community, "粤B12345", noon),
        TestEvents.access(
            site.community, "card-1001", Outcome.GRANTED, noon.minusSeconds(13 * 3600)));
    String id = site.requestedAt("gate-1");
    site.approve(id);
    JsonNode items = site.asAnalyst.get("/api/v1/access-log?case=" + id).json().path("items");
    assertThat(items.findValuesAsString("subject")).containsExactly("ca***01");
    assertThat(site.asAnalyst.get("/api/v1/access-log.csv?case=" + id).code())
        .isEqualTo("export-by-case");
    assertThat(
            Platform.get()
                .texts(
                    "select reason from audit.entry where who = ? and action = 'access-log.search'",
                    site.analyst))
        .containsExactly("case=" + id + " rows=1 subjects=1");
  }

  private void refused(Client client, String caseId, String code) {
    Client.Answer answer = site.lookUp(client, caseId, site.ofSubject("plate", "粤B12345"));
    assertThat(answer.code()).isEqualTo(code);
    assertThat(client.get("/api/v1/access-log?case=" + caseId).code()).isEqualTo(code);
  }

  private static String collision(String... spots) {
    return "{\"kind\":\"COLLISION\",\"spots\":[" + String.join(",", spots) + "]}";
  }
}
