package gatehouse.api.police;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.api.accesslog.TestEvents;
import gatehouse.event.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The second wall of cases, with no application in front of it: raw SQL in the role of requests, by
 * whoever says what it likes of itself (trust.md S1, S21, S22).
 */
class CaseWallTest {

  private static final String SUBJECTS = "select subject from event.log order by time";

  private final TestCases site = new TestCases();

  @BeforeEach
  void somethingIsInsideAndOutside() {
    TestEvents.store(
        TestEvents.access(site.community, "inside", Outcome.GRANTED, site.noon),
        TestEvents.plate(site.community, "粤B12345", site.noon),
        TestEvents.access(
            site.community, "too-late", Outcome.GRANTED, site.noon.plusSeconds(13 * 3600)));
  }

  @Test
  void sqlAloneReadsNoPassageOutsideTheScopeOfTheCase() throws SQLException {
    String id = site.requestedAt("gate-1");
    assertThat(read("POLICE", site.analyst, "*", id, SUBJECTS)).as("not approved").isEmpty();
    site.approve(id);
    assertThat(read("POLICE", site.analyst, "*", id, SUBJECTS)).containsExactly("inside");
    assertThat(read("POLICE", site.analyst, "*", "", SUBJECTS)).as("no case").isEmpty();
    assertThat(read("POLICE", site.analyst, "elsewhere", id, SUBJECTS)).isEmpty();
    assertThat(read("POLICE", site.supervisor, "*", id, SUBJECTS)).as("no member").isEmpty();
    assertThat(read("OPERATIONS", site.analyst, "*", id, SUBJECTS)).isEmpty();
    assertThat(read("POLICE", site.analyst, "*", "' or true --", SUBJECTS)).isEmpty();
    TestCases.expire(id);
    assertThat(read("POLICE", site.analyst, "*", id, SUBJECTS)).as("expired").isEmpty();
  }

  @Test
  void thePropertyNamesNoCaseAndSeesItsCommunity() throws SQLException {
    String property = TestSite.account("PROPERTY", site.community);
    assertThat(read("PROPERTY", property, site.community, "", SUBJECTS)).hasSize(3);
  }

  @Test
  void sqlAloneMakesNoCaseWider() {
    String id = site.open();
    String own = "'" + id + "'::uuid";
    for (String statement :
        List.of(
            "insert into police.area values (" + own + ", '" + site.community + "', 'gate-9')",
            "insert into police.member select "
                + own
                + ", id, now() from identity.account"
                + " where role = 'POLICE'",
            "update police.case_file set expires_at = now() + interval '80 days' where id = " + own,
            "insert into police.approval select 'WATCH_ORDER', gen_random_uuid(), "
                + own
                + ", id, true, now() from identity.account where username = '"
                + site.analyst
                + "'",
            "insert into police.history (case_file, account, at, action, object, detail) select "
                + own
                + ", id, now(), '', '', '' from identity.account where username = '"
                + site.supervisor
                + "'")) {
      assertThatThrownBy(() -> read("POLICE", site.analyst, "*", id, statement + " returning '1'"))
          .as(statement)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  @Test
  void s22WatchOrdersAreNotThereForAnybodyOutsideTheirCase() throws SQLException {
    String colleague = TestSite.account("POLICE", site.community);
    String id = site.open(colleague);
    String order = "/api/v1/watch-orders/" + UUID.randomUUID();
    site.asAnalyst.put(
        order,
        """
        {"caseId":"%s","subjectType":"plate","subject":"粤B12345","legalBasis":"warrant 7",
         "communities":["%s"],"expires":"%s"}
        """
            .formatted(id, site.community, Instant.now().plus(Duration.ofDays(5))));
    Client.of(colleague).post(order + "/approve", "");
    assertThat(site.asSupervisor.post(order + "/approve", "").json().path("state").asString())
        .isEqualTo("ACTIVE");
    String registry =
        "select id from site.registry_entry where kind = 'watch-order' and community = '"
            + site.community
            + "'";
    String orders = "select id from police.watch_order where case_file = '" + id + "'";
    assertThat(read("POLICE", site.analyst, "*", "", registry)).hasSize(1);
    assertThat(read("POLICE", site.analyst, "*", "", orders)).hasSize(1);
    for (String role : List.of("PROPERTY", "RESIDENT", "OPERATIONS", "AUDITOR")) {
      String account = TestSite.account(role, site.community);
      assertThat(read(role, account, "*", id, registry)).as(role).isEmpty();
      assertThat(read(role, account, "*", id, orders)).as(role).isEmpty();
    }
    String stranger = TestSite.account("POLICE", site.community);
    assertThat(read("POLICE", stranger, "*", id, registry)).isEmpty();
    assertThat(read("POLICE", stranger, "*", id, orders)).isEmpty();
  }

  @Test
  void s22SqlAloneRecordsNoWatchOrderThatWasNotApproved() {
    String statement =
        "insert into site.registry_entry (community, kind, id, thing, recorded_at, valid_from,"
            + " valid_to, detail, recorded_by) values ('"
            + site.community
            + "', 'watch-order', 'x', 'x', now(), now(), now() + interval '1 day',"
            + " '{\"subjectType\":\"plate\",\"subject\":\"x\"}', '') returning '1'";
    assertThatThrownBy(() -> read("POLICE", site.supervisor, "*", "", statement))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  private static List<String> read(
      String role, String username, String communities, String caseFile, String query)
      throws SQLException {
    String account =
        Platform.get().texts("select id from identity.account where username = ?", username).get(0);
    try (Connection connection = Platform.get().connectAsApplication();
        PreparedStatement who =
            connection.prepareStatement(
                "select set_config('gatehouse.communities', ?, false),"
                    + " set_config('gatehouse.role', ?, false),"
                    + " set_config('gatehouse.account', ?, false),"
                    + " set_config('gatehouse.case', ?, false)");
        Statement what = connection.createStatement()) {
      who.setString(1, communities);
      who.setString(2, role);
      who.setString(3, account);
      who.setString(4, caseFile);
      who.execute();
      List<String> found = new ArrayList<>();
      try (ResultSet rows = what.executeQuery(query)) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }
}
