package gatehouse.api.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Auditors read the audit log, and what in it looks like abuse (S-13; trust.md S15, L4). */
class AuditorTest {

  private static final Duration L4 = Duration.ofSeconds(60);

  private final String auditor = TestSite.account("AUDITOR", "*");
  private final Client asAuditor = Client.of(auditor);
  private final String operator = "operator-" + UUID.randomUUID();

  @Test
  void entriesAreFilteredAndPagedAndTheReadingIsAuditedItself() {
    for (int i = 0; i < 5; i++) {
      entry(operator, "access-log.search", "subject-" + i, "");
    }
    entry(operator, "door.open", "door", "");
    Set<String> seen = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page =
          asAuditor
              .get("/api/v1/audit?limit=2&action=access-log.&who=" + operator + "&cursor=" + cursor)
              .json();
      seen.addAll(page.path("items").findValuesAsString("object"));
      cursor = page.path("next").asString("");
    } while (!cursor.isEmpty());
    assertThat(seen)
        .containsExactlyInAnyOrder("subject-0", "subject-1", "subject-2", "subject-3", "subject-4");
    assertThat(asAuditor.get("/api/v1/audit?who=" + auditor).json().path("items"))
        .anySatisfy(
            read -> {
              assertThat(read.path("action").asString()).isEqualTo("audit.read");
              assertThat(read.path("object").asString()).isEqualTo(operator);
            });
    assertThat(asAuditor.get("/api/v1/audit?from=yesterday").status()).isEqualTo(400);
    assertThat(asAuditor.get("/api/v1/audit?cursor=x").status()).isEqualTo(400);
  }

  @Test
  void theLogIsVerified() {
    JsonNode verified = asAuditor.get("/api/v1/audit/verification").json();
    assertThat(verified.path("whole").asBoolean()).isTrue();
    assertThat(verified.path("entries").asLong()).isPositive();
    assertThat(verified.path("broken").size()).isZero();
  }

  @Test
  void nobodyElseReadsItAndAnAuditorReadsNothingElse() {
    for (String role : List.of("POLICE", "PROPERTY", "RESIDENT", "OPERATIONS")) {
      Client other = Client.of(TestSite.account(role, "riverside"));
      assertThat(other.get("/api/v1/audit").status()).isEqualTo(403);
      assertThat(other.get("/api/v1/audit/findings").status()).isEqualTo(403);
    }
    for (String path :
        List.of("alerts", "access-log", "doors", "cases", "watch-orders", "overview", "models")) {
      assertThat(asAuditor.get("/api/v1/" + path).status()).as(path).isEqualTo(403);
    }
  }

  @Test
  void theSameSubjectAgainAndAgainIsFound() {
    for (int i = 0; i < OperatorAbuse.REPEATED - 1; i++) {
      entry(operator, "case.look-up", "plate-1", "case=1 rows=1 subjects=1");
    }
    entry(operator, "case.look-up", "plate-2", "case=1 rows=1 subjects=1");
    entry(operator, "case.reveal", "plate-1", "case=1 rows=1 subjects=1");
    JsonNode found = found("REPEATED_SUBJECT");
    assertThat(found.path("subject").asString()).isEqualTo("plate-1");
    assertThat(found.path("times").asInt()).isEqualTo(OperatorAbuse.REPEATED);
  }

  @Test
  void bulkReadingIsFound() {
    entry(operator, "case.look-up", "", "case=1 rows=300 subjects=" + OperatorAbuse.BULK);
    entry(operator, "access-log.search", "card-1", "");
    assertThat(found("BULK").path("times").asInt()).isEqualTo(OperatorAbuse.BULK + 1);
  }

  @Test
  void oneselfAndOnesNeighboursAreFound() {
    String community = "abuse-" + UUID.randomUUID().toString().substring(0, 8);
    TestSite.community(community, community);
    String officer = TestSite.account("POLICE", community);
    TestSite.person(officer, community, "zhao");
    registered(community, "zhao", "card-of-zhao");
    registered(community, "qian", "card-of-qian");
    entry(officer, "case.look-up", "card-of-zhao", "case=1 rows=1 subjects=1");
    entry(officer, "case.look-up", "card-of-qian", "case=1 rows=1 subjects=1");
    entry(officer, "case.look-up", "card-of-a-stranger", "case=1 rows=1 subjects=1");
    assertThat(found(officer, "SELF").path("subject").asString()).isEqualTo("card-of-zhao");
    assertThat(found(officer, "NEIGHBOUR").path("subject").asString()).isEqualTo("card-of-qian");
    assertThat(findings(officer).size()).isEqualTo(2);
  }

  @Test
  void anHourAtWhichSomebodyNeverWorksIsFound() throws SQLException {
    String regular = "regular-" + UUID.randomUUID();
    for (int day = 1; day <= OperatorAbuse.KNOWN_DAYS; day++) {
      pastEntry(operator, Duration.ofDays(day).plusHours(12));
      pastEntry(regular, Duration.ofDays(day));
    }
    entry(operator, "case.look-up", "card-1", "case=1 rows=1 subjects=1");
    entry(regular, "case.look-up", "card-1", "case=1 rows=1 subjects=1");
    found("OUT_OF_HOURS");
    assertThat(findings(regular).size()).isZero();
    assertThat(asAuditor.get("/api/v1/audit/verification").json().path("whole").asBoolean())
        .isTrue();
  }

  private JsonNode found(String kind) {
    return found(operator, kind);
  }

  private JsonNode found(String who, String kind) {
    JsonNode[] found = new JsonNode[1];
    // One kind is waited for as it comes by itself; the others need not be.
    if (!kind.equals("BULK")) {
      Platform.get().api().getBean(OperatorAbuse.class).look();
    }
    await()
        .atMost(L4)
        .until(
            () -> {
              for (JsonNode one : findings(who)) {
                if (one.path("kind").asString().equals(kind)) {
                  found[0] = one;
                }
              }
              return found[0] != null;
            });
    return found[0];
  }

  private JsonNode findings(String who) {
    return asAuditor.get("/api/v1/audit/findings?who=" + who).json().path("items");
  }

  private static void entry(String who, String action, String object, String reason) {
    Platform.get()
        .asOwner(
            "insert into audit.entry (chain, who, role, address, action, object, outcome, reason)"
                + " values ('auditor-test', ?, 'POLICE', '', ?, ?, 'DONE', ?)",
            who,
            action,
            object,
            reason);
  }

  /** An entry of another day, whole and in a chain of its own. */
  private static void pastEntry(String who, Duration ago) throws SQLException {
    try (Connection superuser = Platform.get().connectAsSuperuser();
        Statement sql = superuser.createStatement();
        PreparedStatement insert =
            superuser.prepareStatement(
                """
                insert into audit.entry
                select (e).id, (e).chain, (e).at, (e).who, (e).role, (e).address, (e).action,
                  (e).object, (e).outcome, (e).reason, (e).previous_hash, audit.hash_of(e)
                from (select row(nextval('audit.entry_id'), gen_random_uuid()::text,
                  now() - ?::interval, ?, 'POLICE', '', 'alert.acknowledge', '', 'DONE', '',
                  '\\x'::bytea, '\\x'::bytea)::audit.entry as e) made
                """)) {
      sql.execute("set session_replication_role = replica");
      insert.setString(1, ago.toSeconds() + " seconds");
      insert.setString(2, who);
      insert.execute();
    }
  }

  private static void registered(String community, String person, String card) {
    Platform.get()
        .asOwner(
            "insert into site.registry_entry (community, kind, id, thing, recorded_at, valid_from,"
                + " valid_to, detail, published_at) values (?, 'credential', ?, ?, now(), now(),"
                + " 'infinity', json_build_object('@type', 'gatehouse.credential', 'credential', ?, 'holder', ?), now())",
            community,
            card,
            card,
            card,
            person);
  }
}
