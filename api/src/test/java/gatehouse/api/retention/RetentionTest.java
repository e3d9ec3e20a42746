package gatehouse.api.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.api.ApiSettings;
import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.api.audit.AuditLog;
import gatehouse.api.store.DatabaseLogin;
import gatehouse.api.store.Migrations;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is deleted when, with a moved clock and a database of its own (trust.md S25). */
class RetentionTest {

  private static final String DATABASE = "retention";
  private static final ApiSettings SETTINGS = Platform.get().settings(Map.of());
  private static final DatabaseLogin OWNER =
      new DatabaseLogin(
          Platform.get().database().jdbcUrl(DATABASE),
          SETTINGS.owner().user(),
          SETTINGS.owner().password());
  private static final AuditLog AUDIT = new AuditLog();

  private static Instant today;
  private static Store store;
  private static Retention retention;

  private final String community = "ret-" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void ownDatabase() throws SQLException {
    today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    Platform.get()
        .database()
        .provision(
            DATABASE,
            OWNER.user(),
            OWNER.password(),
            SETTINGS.application().user(),
            SETTINGS.application().password());
    Migrations.run(OWNER, SETTINGS.databaseUser());
    store = Store.open("retention-test", OWNER, 2);
    retention = new Retention(store, SETTINGS, AUDIT);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void s25EventsAreCountedAndForgottenAfterThirtyDays() throws SQLException {
    run("select event.make_partition('" + today.toString().substring(0, 10) + "')");
    for (int i = 0; i < 6; i++) {
      event(
          "e-" + i,
          today.plusSeconds(60L * i),
          "credential",
          "card-" + i,
          i < 5 ? "GRANTED" : "DENIED");
    }
    // A clock of another century.
    event("e-wild", today.plus(Duration.ofDays(20_000)), "credential", "card-9", "GRANTED");
    after(29);
    assertThat(texts("select id from event.log where community = '" + community + "'")).hasSize(7);
    after(32);
    assertThat(texts("select id from event.log where community = '" + community + "'")).isEmpty();
    assertThat(
            texts(
                "select to_regclass('event.log_"
                    + today.toString().substring(0, 10).replace("-", "")
                    + "')"))
        .containsExactly((String) null);
    assertThat(
            texts(
                "select outcome || events from event.hourly where community = '"
                    + community
                    + "' order by hour, 1"))
        .containsExactly("DENIED1", "GRANTED5", "GRANTED1");
    assertThat(last("EVENTS")).isEqualTo("7");
    after(32);
    assertThat(last("EVENTS")).isEqualTo("0");
    assertThat(asProperty("select outcome from event.hourly")).containsExactly("GRANTED");
  }

  @Test
  void s25PlatesNobodyKnowsAreForgottenAfterAWeek() throws SQLException {
    event("known", today, "plate", "粤B11111", "GRANTED");
    event("unknown", today, "plate", "粤B22222", "DENIED");
    run(
        "insert into site.registry_entry (community, kind, id, thing, recorded_at, valid_from, valid_to, detail)"
            + " values ('"
            + community
            + "', 'vehicle', 'v', '粤B11111', now(), now(), 'infinity',"
            + " '{\"plate\":\"粤B11111\"}')");
    after(6);
    assertThat(texts("select id from event.log where community = '" + community + "'")).hasSize(2);
    after(8);
    assertThat(texts("select id from event.log where community = '" + community + "'"))
        .containsExactly("known");
    assertThat(last("UNKNOWN_PLATES")).isEqualTo("1");
  }

  @Test
  void s25AlertsAreKeptHalfAYearAfterTheyAreDoneWithAndAsLongAsSomethingNamesThem()
      throws SQLException {
    String closed = alert("CLOSED", "RESOLVED");
    String open = alert("OPEN", "NEW");
    String named = alert("CLOSED", "RESOLVED");
    run("create table if not exists alert.named (alert uuid references alert.alert)");
    run("insert into alert.named values ('" + named + "')");
    after(179);
    assertThat(alerts()).contains(closed, open, named);
    after(181);
    assertThat(alerts()).containsExactlyInAnyOrder(open, named);
    assertThat(texts("select what from alert.history where alert = '" + named + "'")).hasSize(1);
    assertThat(
            texts("select kept from retention.run where class = 'ALERTS' order by id desc limit 1"))
        .containsExactly("1");
    run("delete from alert.named");
    after(181);
    assertThat(alerts()).containsExactly(open);
  }

  @Test
  void s25NoticesNotificationsDisclosuresAndSessionsEnd() throws SQLException {
    run(
        "insert into resident.notice (community, person, kind, about, at) values ('"
            + community
            + "', 'p', 'GUEST_ARRIVED', 'a', '"
            + today
            + "')");
    run(
        "insert into notification.message (kind, channel, community, audience, severity, at, published_at)"
            + " values ('DIGEST', 'APP', '"
            + community
            + "', 'PROPERTY', 'P4', '"
            + today
            + "', '"
            + today
            + "')");
    run(
        "insert into person.disclosure (community, person, at, by_role, by_name, what, reason, visible_from)"
            + " values ('"
            + community
            + "', 'p', '"
            + today
            + "', '', '', '', '', '"
            + today
            + "')");
    run(
        "insert into identity.login_failure values ('"
            + community
            + "', 1, '"
            + today
            + "', '"
            + today
            + "')");
    after(2);
    assertThat(count("identity.login_failure where key = '" + community + "'")).isZero();
    after(89);
    assertThat(count("resident.notice where community = '" + community + "'")).isOne();
    after(91);
    assertThat(count("resident.notice where community = '" + community + "'")).isZero();
    assertThat(count("notification.message where community = '" + community + "'")).isZero();
    assertThat(count("person.disclosure where community = '" + community + "'")).isOne();
    after(1096);
    assertThat(count("person.disclosure where community = '" + community + "'")).isZero();
  }

  @Test
  void s4TheAuditLogIsShortenedAtItsBeginningAndCanStillBeChecked() throws SQLException {
    for (int i = 0; i < 3; i++) {
      entry("old " + i);
    }
    anchor();
    after(1094);
    assertThat(count("audit.entry where chain = '" + community + "'")).isEqualTo(3);
    after(1097);
    assertThat(count("audit.entry where chain = '" + community + "'")).isZero();
    assertThat(texts("select entries from audit.checkpoint where chain = '" + community + "'"))
        .containsExactly("3");
    entry("new 1");
    entry("new 2");
    anchor();
    assertThat(texts("select audit.broken()")).isEmpty();
    assertThat(texts("select audit.broken_anchors()")).isEmpty();
    // The end of a chain fits what stands before it, with or without it; the anchor knows better.
    try (Connection superuser = Platform.get().database().connect(DATABASE);
        Statement sql = superuser.createStatement()) {
      superuser.setAutoCommit(false);
      sql.execute("alter table audit.entry disable trigger append_only");
      sql.execute("delete from audit.entry where chain = '" + community + "' and object = 'new 2'");
      assertThat(texts(superuser, "select audit.broken()")).isEmpty();
      assertThat(texts(superuser, "select audit.broken_anchors()")).hasSize(1);
      superuser.rollback();
      sql.execute(
          "update audit.checkpoint set last_hash = '\\x00' where chain = '" + community + "'");
      assertThat(texts(superuser, "select audit.broken()")).hasSize(1);
      superuser.rollback();
    }
    assertThatThrownBy(
            () ->
                run(
                    "select audit.delete_before('"
                        + today
                        + "', '"
                        + today.plus(Duration.ofDays(100))
                        + "')"))
        .hasMessageContaining("half a year");
    assertThatThrownBy(() -> run("delete from audit.entry")).hasMessageContaining("append-only");
  }

  @Test
  void auditorsAndOperationsSeeWhatWasDeleted() {
    for (String role : List.of("AUDITOR", "OPERATIONS")) {
      JsonNode report =
          Client.of(TestSite.account(role, community)).get("/api/v1/retention").json();
      assertThat(report.path("rules")).hasSize(8);
      assertThat(report.at("/rules/0/keep").asString()).isEqualTo("PT720H");
      assertThat(report.path("runs")).hasSizeGreaterThanOrEqualTo(8);
    }
  }

  private static void after(int days) {
    retention.run(today.plus(Duration.ofDays(days)));
  }

  private void event(String id, Instant time, String type, String subject, String outcome)
      throws SQLException {
    run(
        "insert into event.log values ('%s', '%s', '%s', '%s', 'gate', 'd', 'access-event', true, '%s', '%s', 'IN', '%s', '', false, '{}')"
            .formatted(time, community, id, today, type, subject, outcome));
  }

  private String alert(String state, String handling) throws SQLException {
    String id = UUID.randomUUID().toString();
    run(
        ("insert into alert.alert (id, revision, state, model, community, place, severity, audiences,"
                + " subjects, first_event_time, last_event_time, detected_at, received_at, detail,"
                + " handling) values ('%s', 1, '%s', 'm', '%s', 'p', 'P3', '{PROPERTY}', '{}', '%s',"
                + " '%s', '%s', '%s', '{}', '%s')")
            .formatted(id, state, community, today, today, today, today, handling));
    run(
        "insert into alert.history (alert, community, audiences, at, who, what) values ('%s', '%s', '{PROPERTY}', '%s', 'm', 'OPEN')"
            .formatted(id, community, today));
    return id;
  }

  private List<String> alerts() throws SQLException {
    return texts("select id from alert.alert where community = '" + community + "'");
  }

  private void entry(String object) {
    store.run(
        Scope.NOBODY,
        tx ->
            AUDIT.append(
                tx, new AuditLog.Entry(community, "w", "r", "a", "x", object, "DONE", "")));
  }

  private static void anchor() throws SQLException {
    run("select audit.make_anchor(now())");
  }

  private String last(String type) throws SQLException {
    return texts(
            "select rows from retention.run where class = '" + type + "' order by id desc limit 1")
        .get(0);
  }

  private static int count(String from) throws SQLException {
    return Integer.parseInt(texts("select count(*) from " + from).get(0));
  }

  private List<String> asProperty(String query) throws SQLException {
    try (Connection application =
            DriverManager.getConnection(
                OWNER.url(), SETTINGS.application().user(), SETTINGS.application().password());
        Statement sql = application.createStatement()) {
      sql.execute(
          "select set_config('gatehouse.communities', '"
              + community
              + "', false), set_config('gatehouse.role', 'PROPERTY', false)");
      return texts(application, query);
    }
  }

  private static void run(String statement) throws SQLException {
    try (Connection owner =
            DriverManager.getConnection(OWNER.url(), OWNER.user(), OWNER.password());
        Statement sql = owner.createStatement()) {
      sql.execute(statement);
    }
  }

  private static List<String> texts(String query) throws SQLException {
    try (Connection owner =
        DriverManager.getConnection(OWNER.url(), OWNER.user(), OWNER.password())) {
      return texts(owner, query);
    }
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
