package gatehouse.api.police;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Cases: who opens, approves, sees and ends them (P-04, P-06; trust.md S1, S13, S15). */
class CasesTest {

  private final TestCases site = new TestCases();

  @Test
  void aCaseIsInForceOnceASupervisorWhoDidNotOpenItApproves() {
    String id = site.requested();
    assertThat(state(id)).isEqualTo("REQUESTED");
    assertThat(site.asAnalyst.post("/api/v1/cases/" + id + "/approve", "").code())
        .isEqualTo("supervisor-required");
    site.approve(id);
    assertThat(state(id)).isEqualTo("OPEN");
    assertThat(site.asAnalyst.get("/api/v1/cases/" + id).json().path("approvedBy").asString())
        .isEqualTo(site.supervisor);
  }

  @Test
  void aSupervisorDoesNotApproveTheirOwnCase() {
    String id = UUID.randomUUID().toString();
    site.asSupervisor.put("/api/v1/cases/" + id, site.wish(id, ""));
    Client.Answer own = site.asSupervisor.post("/api/v1/cases/" + id + "/approve", "");
    assertThat(own.status()).isEqualTo(403);
    assertThat(own.code()).isEqualTo("own-request");
    assertThat(site.asSupervisor.get("/api/v1/cases/" + id).json().path("state").asString())
        .isEqualTo("REQUESTED");
  }

  @Test
  void openingTwiceIsAsGoodAsOnceAndTheNumberIsTaken() {
    String id = site.requested();
    String number = site.asAnalyst.get("/api/v1/cases/" + id).json().path("number").asString();
    assertThat(
            site.asAnalyst
                .put("/api/v1/cases/" + id, site.wish("another", ""))
                .json()
                .path("number")
                .asString())
        .isEqualTo(number);
    Client.Answer again =
        site.asAnalyst.put("/api/v1/cases/" + UUID.randomUUID(), site.wish(number, ""));
    assertThat(again.code()).isEqualTo("case-number-used");
    assertThat(audited("case.open", id)).hasSize(1);
  }

  @Test
  void s1OnlyMembersAndSupervisorsOfTheDistrictSeeIt() {
    String id = site.open();
    TestCases elsewhere = new TestCases();
    Client colleague = Client.of(TestSite.account("POLICE", site.community));
    for (Client stranger : List.of(colleague, elsewhere.asAnalyst, elsewhere.asSupervisor)) {
      assertThat(stranger.get("/api/v1/cases/" + id).status()).isEqualTo(404);
      assertThat(stranger.post("/api/v1/cases/" + id + "/approve", "").status()).isEqualTo(404);
      assertThat(stranger.get("/api/v1/cases/" + id + "/notes").status()).isEqualTo(404);
      assertThat(stranger.get("/api/v1/cases").body()).doesNotContain(id);
    }
    assertThat(site.asSupervisor.get("/api/v1/cases").body()).contains(id);
  }

  @Test
  void aSupervisorAddsAndRemovesMembers() {
    String id = site.open();
    String colleague = TestSite.account("POLICE", site.community);
    Client asColleague = Client.of(colleague);
    String member = "/api/v1/cases/" + id + "/members/" + colleague;
    assertThat(site.asAnalyst.put(member, "{}").code()).isEqualTo("supervisor-required");
    assertThat(site.asSupervisor.put(member, "{}").json().path("members").size()).isEqualTo(2);
    assertThat(asColleague.get("/api/v1/cases/" + id).status()).isEqualTo(200);
    assertThat(site.asSupervisor.delete(member).json().path("members").size()).isEqualTo(1);
    assertThat(asColleague.get("/api/v1/cases/" + id).status()).isEqualTo(404);
    String property = TestSite.account("PROPERTY", site.community);
    assertThat(site.asSupervisor.put("/api/v1/cases/" + id + "/members/" + property, "{}").status())
        .isEqualTo(400);
  }

  @Test
  void itRunsOutAndOnlyASupervisorGivesItMoreTime() {
    String id = site.open();
    String path = "/api/v1/cases/" + id + "/expiry";
    String later = "{\"expires\":\"%s\"}".formatted(Instant.now().plus(Duration.ofDays(80)));
    assertThat(site.asAnalyst.put(path, later).code()).isEqualTo("supervisor-required");
    TestCases.expire(id);
    assertThat(state(id)).isEqualTo("EXPIRED");
    assertThat(site.asSupervisor.put(path, later).status()).isEqualTo(428);
    assertThat(site.asSupervisor.put(path, later, "If-Match", "\"77\"").status()).isEqualTo(412);
    String tag = TestCases.tag(site.asSupervisor, "/api/v1/cases/" + id);
    String tooLate = "{\"expires\":\"%s\"}".formatted(Instant.now().plus(Duration.ofDays(91)));
    assertThat(site.asSupervisor.put(path, tooLate, "If-Match", tag).status()).isEqualTo(400);
    assertThat(site.asSupervisor.put(path, later, "If-Match", tag).status()).isEqualTo(200);
    assertThat(state(id)).isEqualTo("OPEN");
  }

  @Test
  void closedItStaysClosed() {
    String id = site.open();
    String close = "/api/v1/cases/" + id + "/close";
    assertThat(site.asAnalyst.post(close, "").code()).isEqualTo("if-match-missing");
    String tag = TestCases.tag(site.asAnalyst, "/api/v1/cases/" + id);
    assertThat(site.asAnalyst.post(close, "", "If-Match", tag).json().path("state").asString())
        .isEqualTo("CLOSED");
    assertThat(
            site.asAnalyst
                .put("/api/v1/cases/" + id + "/notes/" + UUID.randomUUID(), "{\"text\":\"x\"}")
                .code())
        .isEqualTo("case-closed");
    assertThat(site.asSupervisor.post("/api/v1/cases/" + id + "/approve", "").code())
        .isEqualTo("case-closed");
  }

  @Test
  void alertsAreAttachedThatTheCallerMaySee() {
    String id = site.open();
    String alert = site.alert("POLICE");
    String foreign = site.alert("PROPERTY");
    assertThat(
            site.asAnalyst
                .put("/api/v1/cases/" + id + "/alerts/" + alert, "{}")
                .json()
                .path("alerts")
                .get(0)
                .asString())
        .isEqualTo(alert);
    assertThat(site.asAnalyst.put("/api/v1/cases/" + id + "/alerts/" + foreign, "{}").status())
        .isEqualTo(404);
  }

  @Test
  void notesAreSealedAndShownToTheCase() {
    String id = site.open();
    String note = "/api/v1/cases/" + id + "/notes/" + UUID.randomUUID();
    String text = "{\"text\":\"spoke with the witness\"}";
    assertThat(site.asAnalyst.put(note, text).status()).isEqualTo(200);
    assertThat(site.asAnalyst.put(note, text).status()).isEqualTo(200);
    assertThat(
            site.asSupervisor
                .get("/api/v1/cases/" + id + "/notes")
                .json()
                .path("items")
                .findValuesAsString("text"))
        .containsExactly("spoke with the witness");
    assertThat(
            Platform.get()
                .texts(
                    "select 1 from police.note where case_file = ?::uuid"
                        + " and position('witness'::bytea in text) > 0",
                    id))
        .isEmpty();
  }

  @Test
  void aShiftHandsOverItsOpenWorkAndSeesWhoReadIt() {
    String id = site.open();
    String key = UUID.randomUUID().toString();
    String path = "/api/v1/cases/hand-overs/" + key;
    Client.Answer written = site.asAnalyst.put(path, "{\"text\":\"quiet night\"}");
    assertThat(written.json().path("work").findValuesAsString("caseId")).containsExactly(id);
    String colleague = TestSite.account("POLICE", site.community);
    Client asColleague = Client.of(colleague);
    Client.Answer read = asColleague.post(path + "/read", "");
    assertThat(read.json().path("text").asString()).isEqualTo("quiet night");
    assertThat(read.json().path("work").size()).as("no case of the reader's").isZero();
    assertThat(read.json().path("readBy").get(0).asString()).isEqualTo(colleague);
    assertThat(new TestCases().asAnalyst.get("/api/v1/cases/hand-overs").body())
        .doesNotContain(key);
  }

  @Test
  void s13WhatTheServerDecidesIsNotTakenFromTheBody() {
    String id = UUID.randomUUID().toString();
    String wish =
        site.wish(id, "")
            .replaceFirst(
                "\\{",
                "{\"state\":\"OPEN\",\"openedBy\":\"somebody\",\"approvedBy\":\"somebody\","
                    + "\"version\":9,\"id\":\""
                    + UUID.randomUUID()
                    + "\",");
    Client.Answer answer = site.asAnalyst.put("/api/v1/cases/" + id, wish);
    if (answer.status() == 200) {
      assertThat(answer.json().path("state").asString()).isEqualTo("REQUESTED");
      assertThat(answer.json().path("openedBy").asString()).isEqualTo(site.analyst);
      assertThat(answer.json().path("id").asString()).isEqualTo(id);
    } else {
      assertThat(answer.status()).isEqualTo(400);
    }
  }

  private String state(String id) {
    return site.asSupervisor.get("/api/v1/cases/" + id).json().path("state").asString();
  }

  private static List<String> audited(String action, String object) {
    return Platform.get()
        .texts("select who from audit.entry where action = ? and object = ?", action, object);
  }
}
