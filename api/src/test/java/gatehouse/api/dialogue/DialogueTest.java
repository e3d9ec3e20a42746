package gatehouse.api.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reports to the police and what is said about them. */
class DialogueTest {

  private static final String TEXT = "楼道里堆了电动车电池";

  private final String community = "dia-" + UUID.randomUUID().toString().substring(0, 8);
  private final String residentName = TestSite.account("RESIDENT", community);
  private final Client resident = Client.of(residentName);
  private final Client officer = Client.of(TestSite.account("POLICE", community));

  @Test
  void aReportIsReceivedAssignedAnsweredAndClosedAndBothSidesSeeIt() {
    TestSite.person(residentName, community, "p-1");
    String report = make(resident, false);
    assertThat(make(resident, report, false).status()).isEqualTo(200);
    JsonNode queued = officer.get("/api/v1/reports?community=" + community).json().at("/items/0");
    assertThat(queued.path("reporter").asString()).isEqualTo(residentName);
    assertThat(queued.path("text").asString()).isEqualTo(TEXT);
    assertThat(say(officer, report, "k-1", "收到").code()).isEqualTo("report-not-yours");
    assertThat(officer.post("/api/v1/reports/" + report + "/assign", "{}").status()).isEqualTo(200);
    assertThat(state(resident, report)).isEqualTo("ASSIGNED");
    assertThat(say(officer, report, "k-1", "已派人处理").status()).isEqualTo(200);
    assertThat(say(officer, report, "k-1", "已派人处理").json().path("messages")).hasSize(1);
    JsonNode seen = resident.get("/api/v1/reports/" + report).json();
    assertThat(seen.at("/report/state").asString()).isEqualTo("ANSWERED");
    assertThat(seen.at("/report/unread").asInt()).isEqualTo(1);
    assertThat(seen.at("/report/reporter").isNull()).isTrue();
    assertThat(resident.get("/api/v1/notices").json().at("/items/0/kind").asString())
        .isEqualTo("REPORT_ANSWERED");
    assertThat(isUnread(officer, report)).isTrue();
    resident.post("/api/v1/reports/" + report + "/read", "{}");
    assertThat(isUnread(officer, report)).isFalse();
    assertThat(say(resident, report, "k-1", "谢谢").json().path("messages")).hasSize(2);
    assertThat(officer.post("/api/v1/reports/" + report + "/close", "{}").status()).isEqualTo(200);
    assertThat(say(resident, report, "k-2", "还在").code()).isEqualTo("report-closed");
    assertThat(officer.get("/api/v1/reports?state=RECEIVED,ASSIGNED").json().path("items"))
        .isEmpty();
  }

  @Test
  void anAnonymousReporterGoesOnAndNothingSaysWho() {
    TestSite.person(residentName, community, "p-1");
    String report = make(resident, true);
    String second = make(resident, true);
    officer.post("/api/v1/reports/" + report + "/assign", "{}");
    say(officer, report, "k", "请问在哪一层？");
    assertThat(say(resident, report, "k", "三层").json().path("messages")).hasSize(2);
    assertThat(resident.get("/api/v1/reports").json().path("items")).hasSize(2);
    JsonNode seen = officer.get("/api/v1/reports/" + report).json();
    String pseudonym = seen.at("/report/reporter").asString();
    assertThat(pseudonym).startsWith("R-");
    assertThat(officer.get("/api/v1/reports/" + second).json().at("/report/reporter").asString())
        .isNotEqualTo(pseudonym);
    assertThat(resident.get("/api/v1/notices").json().path("items")).isEmpty();
    String account =
        Platform.get()
            .texts("select id from identity.account where username = ?", residentName)
            .get(0);
    for (String table :
        new String[] {
          "select r::text from dialogue.report r where community = '" + community + "'",
          "select m::text from dialogue.message m join dialogue.report r on r.id = m.report"
              + " where community = '"
              + community
              + "'",
          "select e::text from audit.entry e where chain = '"
              + community
              + "'"
              + " and action like 'report.%'",
          "select c::text from dialogue.report_count c"
        }) {
      assertThat(Platform.get().texts(table))
          .isNotEmpty()
          .noneMatch(row -> row.contains(account) || row.contains(residentName));
    }
  }

  @Test
  void nobodyElseSeesAReport() {
    String named = make(resident, false);
    String anonymous = make(resident, true);
    Client neighbour = Client.of(TestSite.account("RESIDENT", community));
    Client elsewhere = Client.of(TestSite.account("POLICE", "dia-elsewhere"));
    Client property = Client.of(TestSite.account("PROPERTY", community));
    for (String report : new String[] {named, anonymous}) {
      assertThat(neighbour.get("/api/v1/reports/" + report).status()).isEqualTo(404);
      assertThat(make(neighbour, report, false).code()).isEqualTo("report-id-used");
      assertThat(elsewhere.get("/api/v1/reports/" + report).status()).isEqualTo(404);
      assertThat(elsewhere.post("/api/v1/reports/" + report + "/assign", "{}").status())
          .isEqualTo(404);
      assertThat(property.get("/api/v1/reports/" + report).status()).isEqualTo(403);
    }
    assertThat(neighbour.get("/api/v1/reports").json().path("items")).isEmpty();
    assertThat(officer.put("/api/v1/reports/" + UUID.randomUUID(), "{}").status()).isEqualTo(403);
    assertThat(resident.post("/api/v1/reports/" + named + "/close", "{}").status()).isEqualTo(403);
  }

  @Test
  void theTextIsSealedAtRest() {
    make(resident, false);
    assertThat(
            Platform.get()
                .texts(
                    "select encode(text, 'escape') from dialogue.report where community = ?",
                    community))
        .hasSize(1)
        .noneMatch(text -> text.contains("电池"));
  }

  @Test
  void tenReportsADayAndAnonymityIsNoWayAround() {
    for (int i = 0; i < 10; i++) {
      make(resident, i % 2 == 0);
    }
    Client.Answer refused = make(resident, UUID.randomUUID().toString(), true);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isNotEmpty();
  }

  private String make(Client client, boolean anonymous) {
    String id = UUID.randomUUID().toString();
    assertThat(make(client, id, anonymous).status()).isEqualTo(200);
    return id;
  }

  private Client.Answer make(Client client, String id, boolean anonymous) {
    return client.put(
        "/api/v1/reports/" + id,
        "{\"community\":\"%s\",\"category\":\"FIRE_SAFETY\",\"text\":\"%s\",\"anonymous\":%s}"
            .formatted(community, TEXT, anonymous));
  }

  private static Client.Answer say(Client client, String report, String key, String text) {
    return client.post(
        "/api/v1/reports/" + report + "/messages",
        "{\"text\":\"" + text + "\"}",
        "Idempotency-Key",
        key);
  }

  private static String state(Client client, String report) {
    return client.get("/api/v1/reports/" + report).json().at("/report/state").asString();
  }

  /** Whether the first message was not read yet. */
  private static boolean isUnread(Client client, String report) {
    return client.get("/api/v1/reports/" + report).json().at("/messages/0/readAt").isNull();
  }
}
