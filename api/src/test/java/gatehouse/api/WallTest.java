package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Row-level security by itself, with no application in front of it (trust.md S1, S15, S21): raw SQL
 * in the role of requests.
 */
class WallTest {

  private static final String ONE = "11111111-1111-4111-8111-111111111111";
  private static final String TWO = "22222222-2222-4222-8222-222222222222";

  @BeforeAll
  static void putSomethingIntoTwoCommunities() throws SQLException {
    Platform platform = Platform.get();
    try (Connection owner = platform.connectAsOwner();
        Statement sql = owner.createStatement()) {
      for (String community : List.of("wall-a", "wall-b")) {
        String id = community.equals("wall-a") ? ONE : TWO;
        sql.execute(
            "insert into site.community values ('%1$s', '%1$s', '', '', 'UTC', now())"
                .formatted(community));
        sql.execute(
            "insert into site.device values ('%s', 'd', 'p', '', 'x', 'IN', true, now())"
                .formatted(community));
        sql.execute(
            "insert into site.place values ('%s', 'p', '', 'DOOR', '', '', now(), '{}')"
                .formatted(community));
        sql.execute(
            "insert into event.log values (now(), '%s', 'e', now(), 'p', 'd', 'access-event', true, '', 's', '', '', '', false, '{}')"
                .formatted(community));
        sql.execute("insert into event.rate values ('%s', now(), 1)".formatted(community));
        sql.execute(
            ("insert into alert.alert (id, revision, state, model, community, place, severity,"
                    + " audiences, subjects, first_event_time, last_event_time, detected_at,"
                    + " received_at, detail) values ('%s', 1, 'OPEN', 'm', '%s', 'p', 'P1',"
                    + " '{PROPERTY}', '{}', now(), now(), now(), now(), '{}')")
                .formatted(id, community));
        sql.execute(
            "insert into alert.history (alert, community, audiences, at, who, what) values ('%s', '%s', '{PROPERTY}', now(), 'm', 'OPEN')"
                .formatted(id, community));
        sql.execute(
            ("insert into door.command (id, account, idempotency_key, community, door, nonce,"
                    + " issued_at, not_after, state, state_at) select '%s', id, '%s', '%s', 'd',"
                    + " '%s', now(), now(), 'DENIED', now() from identity.account where username ="
                    + " 'resident'")
                .formatted(id, id, community, id));
        sql.execute(
            "insert into ledger.device (community, device, place, listed, salt, next_at, read_due_at) values ('%s', 'l', 'p', false, '', now(), now())"
                .formatted(community));
        sql.execute(
            "insert into ledger.entry (community, device, credential, desired, state, since) values ('%s', 'l', 'c', '{}', 'PENDING', now())"
                .formatted(community));
        sql.execute(
            "insert into door.transition (command, state, at) values ('%s', 'DENIED', now())"
                .formatted(id));
        sql.execute(
            "insert into door.lockdown (level, community, door, reason, set_by, set_by_role) values ('DOOR', '%s', 'd', '', '', '')"
                .formatted(community));
        sql.execute(
            "insert into event.device_hour values ('%s', 'd', now(), 1, 1)".formatted(community));
        sql.execute(
            "insert into site.device_status values ('%s', 'd', 'ONLINE', '', null, now())"
                .formatted(community));
        sql.execute(
            "insert into site.sensor_state values ('%s', 'd', 'SMOKE', 0, '', false, now())"
                .formatted(community));
        sql.execute(
            "insert into property.pass values ('%s', 'p', 'DELIVERY', 'c', 'r', 'g', now())"
                .formatted(community));
        sql.execute(
            ("insert into property.approval (id, community, kind, wish, reason, asked_by,"
                    + " asked_by_name, asked_at) select '%s', '%s', 'PERMIT', '{}', 'r', id, 'n',"
                    + " now() from identity.account where username = 'riverside-property'")
                .formatted(id, community));
        sql.execute(
            ("insert into property.work_order (id, community, version, kind, state, title,"
                    + " created_by, created_at, changed_at) values ('%s', '%s', 1, 'OTHER', 'OPEN',"
                    + " 't', 'c', now(), now())")
                .formatted(id, community));
        sql.execute(
            "insert into property.work_order_step values ('%s', 1, '%s', now(), 'w', 'OPEN', '')"
                .formatted(id, community));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "site.community,id",
    "site.device,community",
    "site.place,community",
    "event.log,community",
    "event.rate,community",
    "alert.alert,community",
    "alert.history,community",
    "door.lockdown,community",
    "ledger.device,community",
    "ledger.entry,community",
    "event.device_hour,community",
    "site.device_status,community",
    "site.sensor_state,community",
    "property.pass,community",
    "property.approval,community",
    "property.work_order,community",
    "property.work_order_step,community"
  })
  void showsTheOwnCommunityOnlyWithNoFilterInTheQuery(String table, String column)
      throws SQLException {
    String query =
        "select distinct " + column + " from " + table + " where " + column + " like 'wall-%'";
    assertThat(read("wall-a", "PROPERTY", "", query)).containsExactly("wall-a");
    assertThat(read("wall-b", "PROPERTY", "", query)).containsExactly("wall-b");
    assertThat(read("wall-a,wall-b", "PROPERTY", "", query)).hasSize(2);
    assertThat(read("*", "PROPERTY", "", query)).hasSize(2);
    assertThat(read("wall", "PROPERTY", "", query)).isEmpty();
    assertThat(read("", "", "", query)).isEmpty();
  }

  @Test
  void showsNothingAsLongAsNobodySaysWhoIsAsking() throws SQLException {
    for (String table :
        List.of(
            "site.community",
            "site.place",
            "site.device",
            "site.door_position",
            "site.device_seen",
            "site.registry_entry",
            "event.log",
            "event.rate",
            "alert.alert",
            "alert.history",
            "door.command",
            "door.transition",
            "identity.door_right",
            "identity.external_subject",
            "identity.second_factor",
            "identity.recovery_code",
            "identity.phone",
            "ledger.device",
            "ledger.entry",
            "ledger.read_request",
            "ledger.code",
            "police.case_file",
            "police.area",
            "police.member",
            "police.approval",
            "police.attachment",
            "police.note",
            "police.look_up",
            "police.export",
            "police.watch_order",
            "police.history",
            "police.hand_over",
            "police.hand_over_work",
            "police.receipt",
            "audit.entry",
            "audit.finding",
            "dialogue.message",
            "dialogue.report_count",
            "dialogue.news",
            "dialogue.news_receipt",
            "webhook.subscription",
            "webhook.delivery",
            "event.hourly",
            "retention.run",
            "audit.checkpoint",
            "audit.anchor",
            "event.device_hour",
            "site.device_status",
            "site.sensor_state",
            "property.pass",
            "property.approval",
            "property.export_file",
            "property.work_order",
            "property.work_order_step")) {
      try (Connection connection = Platform.get().connectAsApplication()) {
        assertThat(texts(connection, "select '1' from " + table)).as(table).isEmpty();
      }
    }
  }

  @Test
  void showsAnAlertOnlyToWhomItIsRoutedTo() throws SQLException {
    String query = "select id from alert.alert where community = 'wall-a'";
    assertThat(read("wall-a", "PROPERTY", "", query)).hasSize(1);
    assertThat(read("wall-a", "POLICE", "", query)).isEmpty();
    assertThat(read("wall-a", "RESIDENT", "", query)).isEmpty();
  }

  @Test
  void showsADoorCommandOnlyToWhomItBelongs() throws SQLException {
    String query =
        "select c.id from door.command c join door.transition t on t.command = c.id where c.community = 'wall-a'";
    String resident;
    try (Connection owner = Platform.get().connectAsOwner()) {
      resident = texts(owner, "select id from identity.account where username = 'resident'").get(0);
    }
    assertThat(read("wall-a", "RESIDENT", resident, query)).hasSize(1);
    assertThat(read("wall-b", "RESIDENT", resident, query)).isEmpty();
    assertThat(read("wall-a", "PROPERTY", TWO, query)).isEmpty();
    assertThat(read("wall-a", "DOORS", "", query)).hasSize(1);
  }

  @Test
  void showsWhatAnAccountSignsInWithOnlyToItself() throws SQLException {
    String one = account("resident");
    String two = account("neighbour");
    try (Connection owner = Platform.get().connectAsOwner();
        Statement sql = owner.createStatement()) {
      for (String id : List.of(one, two)) {
        sql.execute(
            "insert into identity.external_subject values ('wall', '%1$s', '%1$s')".formatted(id));
        sql.execute("insert into identity.second_factor (account) values ('%1$s')".formatted(id));
        sql.execute("insert into identity.recovery_code values ('%1$s', '1')".formatted(id));
        sql.execute(
            ("insert into identity.phone (account, name, public_key, bound_at, holds_from)"
                    + " values ('%1$s', '', '%1$s', now(), now())")
                .formatted(id));
      }
    }
    for (String table : List.of("external_subject", "second_factor", "recovery_code", "phone")) {
      String query = "select account from identity." + table;
      assertThat(read("riverside", "RESIDENT", one, query)).as(table).containsOnly(one);
      assertThat(read("riverside", "PROPERTY", "", query)).as(table).isEmpty();
    }
    assertThatThrownBy(
            () ->
                read(
                    "riverside",
                    "RESIDENT",
                    one,
                    "insert into identity.external_subject values ('wall', 'x', '"
                        + two
                        + "') returning subject"))
        .isInstanceOf(SQLException.class);
  }

  private static String account(String username) throws SQLException {
    try (Connection owner = Platform.get().connectAsOwner()) {
      return texts(owner, "select id from identity.account where username = '" + username + "'")
          .get(0);
    }
  }

  @Test
  void whatIsThePropertysIsShownToNobodyElse() throws SQLException {
    for (String table :
        List.of(
            "property.pass",
            "property.approval",
            "property.work_order",
            "property.work_order_step")) {
      String query = "select community from " + table + " where community = 'wall-a'";
      for (String role : List.of("POLICE", "RESIDENT", "OPERATIONS", "AUDITOR", "")) {
        assertThat(read("*", role, "", query)).as(table + " " + role).isEmpty();
      }
    }
  }

  @Test
  void nobodyApprovesTheOwnWishEvenPastTheApplication() throws SQLException {
    String asker;
    try (Connection owner = Platform.get().connectAsOwner()) {
      asker =
          texts(owner, "select asked_by from property.approval where id = '" + ONE + "'").get(0);
    }
    try (Connection connection = asking("wall-a", "PROPERTY", asker);
        Statement sql = connection.createStatement()) {
      assertThatThrownBy(
              () ->
                  sql.execute(
                      ("update property.approval set decision = 'APPROVED', decided_by = '%s',"
                              + " decided_by_name = 'n', decided_at = now() where id = '%s'")
                          .formatted(asker, ONE)))
          .isInstanceOf(SQLException.class);
    }
    try (Connection connection = asking("wall-a", "PROPERTY", TWO);
        Statement sql = connection.createStatement()) {
      assertThatThrownBy(
              () ->
                  sql.execute(
                      ("update property.approval set decision = 'APPROVED', decided_by = '%s',"
                              + " decided_by_name = 'n', decided_at = now() where id = '%s'")
                          .formatted(asker, ONE)))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void showsTheLedgerToThoseWhoRunTheDoorsAndToNobodyElse() throws SQLException {
    String query = "select credential from ledger.entry where community = 'wall-a'";
    assertThat(read("wall-a", "PROPERTY", "", query)).hasSize(1);
    assertThat(read("wall-a", "OPERATIONS", "", query)).hasSize(1);
    assertThat(read("wall-a", "POLICE", "", query)).isEmpty();
    assertThat(read("wall-a", "RESIDENT", "", query)).isEmpty();
  }

  @Test
  void cannotTakeAnAlertOfAnotherCommunity() throws SQLException {
    try (Connection connection = asking("wall-a", "PROPERTY", "");
        Statement sql = connection.createStatement()) {
      assertThat(
              sql.executeUpdate(
                  "update alert.alert set handling = 'RESOLVED' where id = '" + TWO + "'"))
          .isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from event.log_default",
        "insert into event.log select * from event.log",
        "delete from alert.alert",
        "update alert.alert set severity = 'P4'",
        "update alert.history set note = ''",
        "delete from door.command",
        "delete from door.transition",
        "insert into police.approval values ('CASE', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), true, now())",
        "insert into police.member select gen_random_uuid(), id, now() from identity.account",
        "update police.case_file set opened_by = null",
        "update police.history set detail = ''",
        "delete from police.history",
        "delete from police.approval",
        "update police.watch_order set subject = ''",
        "insert into audit.finding (who) values ('')",
        "update audit.entry set who = ''",
        "delete from audit.entry",
        "truncate audit.entry",
        "update site.registry_entry set published_at = null",
        "delete from site.registry_entry",
        "insert into site.registry_entry (community, kind, id, thing, recorded_at, valid_from, valid_to, detail, recorded_by) values ('a', 'watch-order', 'x', 'x', now(), now(), now(), '{}', '')",
        "update identity.account set role = 'POLICE'",
        "insert into identity.community_grant values ('11111111-1111-4111-8111-111111111111', '*')",
        "insert into identity.door_right (account, community, door, basis) values ('11111111-1111-4111-8111-111111111111', 'a', 'd', 'WORK')",
        "update identity.external_subject set account = '11111111-1111-4111-8111-111111111111'",
        "update identity.phone set public_key = ''",
        "update identity.phone set account = '11111111-1111-4111-8111-111111111111'",
        "delete from identity.phone",
        "update identity.recovery_code set hash = ''",
        "delete from identity.second_factor",
        "select * from consumer.position",
        "select * from repair.late",
        "select sealed from ledger.code",
        "select salt from ledger.device",
        "select * from ledger.touched",
        "select * from ledger.page",
        "update ledger.entry set desired = null",
        "delete from ledger.entry",
        "update ledger.device set revision = 0",
        "select reporter_token from dialogue.report",
        "delete from dialogue.message",
        "delete from dialogue.news_receipt",
        "select * from webhook.progress",
        "select audit.delete_before(now(), now())",
        "select * from alert.delete_done(now(), 0, 1)",
        "delete from event.hourly",
        "delete from audit.anchor",
        "create table site.mine (x int)",
        "create table public.mine (x int)",
        "set role gatehouse_owner",
        "alter table alert.alert disable row level security"
      })
  void theRoleOfRequestsMayNot(String statement) throws SQLException {
    try (Connection connection = asking("*", "PROPERTY", "");
        Statement sql = connection.createStatement()) {
      assertThatThrownBy(() -> sql.execute(statement))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  @Test
  void everyTableWithACommunityStandsBehindTheWall() throws SQLException {
    try (Connection superuser = Platform.get().connectAsSuperuser()) {
      assertThat(
              texts(
                  superuser,
                  """
                  select c.oid::regclass::text from pg_class c
                  join pg_namespace n on n.oid = c.relnamespace
                  where c.relkind in ('r', 'p') and not c.relispartition
                    and n.nspname in ('site', 'event', 'alert', 'door', 'identity', 'audit', 'person', 'resident', 'ledger', 'police', 'dialogue', 'webhook', 'retention', 'property')
                    and has_table_privilege('gatehouse_api', c.oid, 'select')
                    and not (c.relrowsecurity and c.relforcerowsecurity)
                  order by 1
                  """))
          .containsExactly(
              "identity.account",
              "identity.community_grant",
              "identity.login_failure",
              "identity.spring_session",
              "identity.spring_session_attributes");
      assertThat(
              texts(
                  superuser,
                  "select rolname from pg_roles where rolname like 'gatehouse%'"
                      + " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)"))
          .isEmpty();
    }
  }

  @Test
  void theAuditLogIsReadByAuditorsOnly() throws SQLException {
    try (Connection application = asking("", "", "");
        Statement sql = application.createStatement()) {
      sql.execute(
          "insert into audit.entry (chain, who, role, address, action, object, outcome, reason)"
              + " values ('wall-a', 'w', 'r', 'a', 'x', 'o', 'DONE', '')");
      application.commit();
    }
    String query = "select distinct chain from audit.entry where chain like 'wall-%'";
    for (String role : List.of("POLICE", "PROPERTY", "RESIDENT", "OPERATIONS", "DOORS")) {
      assertThat(read("*", role, "", query)).as(role).isEmpty();
    }
    assertThat(read("*", "AUDITOR", "", query)).containsExactly("wall-a");
    assertThat(read("wall-b", "AUDITOR", "", query)).isEmpty();
    for (String table : List.of("event.log", "alert.alert", "police.case_file", "door.command")) {
      assertThat(read("*", "AUDITOR", "", "select '1' from " + table)).as(table).isEmpty();
    }
  }

  @Test
  void theAuditLogIsAppendOnlyAndShowsWhenItWasTamperedWith() throws SQLException {
    try (Connection application = asking("", "", "");
        Statement sql = application.createStatement()) {
      for (int i = 0; i < 3; i++) {
        sql.execute(
            "insert into audit.entry (chain, who, role, address, action, object, outcome, reason)"
                + " values ('tampered', 'w', 'r', 'a', 'x', 'o', 'DONE', '"
                + i
                + "')");
      }
      application.commit();
    }
    try (Connection superuser = Platform.get().connectAsSuperuser();
        Statement sql = superuser.createStatement()) {
      assertThatThrownBy(() -> sql.execute("update audit.entry set who = 'x'"))
          .hasMessageContaining("append-only");
      assertThat(texts(superuser, "select audit.broken()")).isEmpty();
      superuser.setAutoCommit(false);
      sql.execute("alter table audit.entry disable trigger append_only");
      sql.execute(
          "update audit.entry set outcome = 'DENIED' where chain = 'tampered' and reason = '1'");
      assertThat(texts(superuser, "select audit.broken()")).hasSize(1);
      superuser.rollback();
      sql.execute("alter table audit.entry disable trigger append_only");
      sql.execute("delete from audit.entry where chain = 'tampered' and reason = '1'");
      assertThat(texts(superuser, "select audit.broken()")).hasSize(1);
      superuser.rollback();
    }
  }

  private static List<String> read(String communities, String role, String account, String query)
      throws SQLException {
    try (Connection connection = asking(communities, role, account)) {
      return texts(connection, query);
    }
  }

  private static Connection asking(String communities, String role, String account)
      throws SQLException {
    Connection connection = Platform.get().connectAsApplication();
    connection.setAutoCommit(false);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select set_config('gatehouse.communities', ?, true),"
                + " set_config('gatehouse.role', ?, true),"
                + " set_config('gatehouse.account', ?, true)")) {
      statement.setString(1, communities);
      statement.setString(2, role);
      statement.setString(3, account);
      statement.execute();
    }
    return connection;
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
