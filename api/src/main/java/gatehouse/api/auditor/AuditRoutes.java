package gatehouse.api.auditor;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log, for auditors. That they read it is in it too. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditRoutes {

  private final Store store;
  private final AuditLog audit;

  AuditRoutes(@Qualifier("requests") Store store, AuditLog audit) {
    this.store = store;
    this.audit = audit;
  }

  /** An entry of the audit log. */
  record Entry(
      long id,
      String chain,
      Instant at,
      String who,
      String role,
      String address,
      String action,
      String object,
      String outcome,
      String reason) {}

  /**
   * Whether the log is whole.
   *
   * @param entries how many were verified
   * @param broken ids of entries that do not fit what stands before them, at most 1 000
   */
  record Verification(long entries, boolean whole, List<Long> broken) {}

  /**
   * What looks like an abuse of access.
   *
   * @param kind of abuse
   * @param who user name
   * @param subject who or what was looked up; empty if it is no single one
   * @param day UTC
   * @param times how often, or for BULK how many subjects
   * @param entry the newest entry of the audit log that shows it
   */
  record Finding(
      String id,
      OperatorAbuse.Kind kind,
      String who,
      String subject,
      LocalDate day,
      int times,
      long entry,
      Instant foundAt) {}

  /** Entries, the newest first; {@code action} matches by its beginning, e.g. {@code case.}. */
  @GetMapping
  Page<Entry> list(
      @RequestParam(required = false) @Nullable String who,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String user = Inputs.text("who", who);
    String begin = Inputs.text("action", action);
    Instant since = Inputs.instant("from", from);
    Instant until = Inputs.instant("to", to);
    Cursor after = Cursor.parse(cursor);
    int size = Page.size(limit);
    Long before = after == null ? null : number(after);
    List<Entry> found =
        store.in(
            account.scope(),
            tx -> {
              List<Entry> rows =
                  tx.query(
                          """
                          select id, chain, at, who, role, address, action, object, outcome, reason
                          from audit.entry
                          where (:who::text is null or who = :who)
                            and (:action::text is null or starts_with(action, :action))
                            and at >= coalesce(:from::timestamptz, '-infinity')
                            and at < coalesce(:to::timestamptz, 'infinity')
                            and (:before::bigint is null or id < :before)
                          order by id desc limit :limit
                          """)
                      .bind("who", user)
                      .bind("action", begin)
                      .bind("from", since)
                      .bind("to", until)
                      .bind("before", before)
                      .bind("limit", size + 1)
                      .map(
                          (row, context) ->
                              new Entry(
                                  row.getLong("id"),
                                  row.getString("chain"),
                                  row.getTimestamp("at").toInstant(),
                                  row.getString("who"),
                                  row.getString("role"),
                                  row.getString("address"),
                                  row.getString("action"),
                                  row.getString("object"),
                                  row.getString("outcome"),
                                  row.getString("reason")))
                      .list();
              append(
                  tx,
                  account,
                  "audit.read",
                  user == null ? "" : user,
                  "action=%s rows=%d"
                      .formatted(begin == null ? "" : begin, Math.min(size, rows.size())),
                  request);
              return rows;
            });
    return Page.of(found, size, row -> row, row -> new Cursor(row.at(), Long.toString(row.id())));
  }

  /** Goes through every chain and says where one is broken. */
  @GetMapping("/verification")
  Verification verify(@AuthenticationPrincipal Account account, HttpServletRequest request) {
    return store.in(
        account.scope(),
        tx -> {
          tx.query("select set_config('statement_timeout', '60s', true)").mapTo(String.class).one();
          long entries = tx.query("select count(*) from audit.entry").mapTo(Long.class).one();
          List<Long> broken =
              tx.query("select b from audit.broken() b limit 1000").mapTo(Long.class).list();
          append(
              tx,
              account,
              "audit.verify",
              "",
              "entries=%d broken=%d".formatted(entries, broken.size()),
              request);
          return new Verification(entries, broken.isEmpty(), broken);
        });
  }

  /** What looks like an abuse of access, the newest first. */
  @GetMapping("/findings")
  Page<Finding> findings(
      @RequestParam(required = false) @Nullable String who,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String user = Inputs.text("who", who);
    Cursor after = Cursor.parse(cursor);
    UUID afterId = after == null ? null : id(after);
    int size = Page.size(limit);
    List<Finding> found =
        store.in(
            account.scope(),
            tx -> {
              List<Finding> rows =
                  tx.query(
                          """
                          select * from audit.finding
                          where (:who::text is null or who = :who)
                            and (:afterTime::timestamptz is null
                              or (found_at, id) < (:afterTime, :afterId::uuid))
                          order by found_at desc, id desc limit :limit
                          """)
                      .bind("who", user)
                      .bind("afterTime", after == null ? null : after.time())
                      .bind("afterId", afterId)
                      .bind("limit", size + 1)
                      .map(
                          (row, context) ->
                              new Finding(
                                  row.getString("id"),
                                  OperatorAbuse.Kind.valueOf(row.getString("kind")),
                                  row.getString("who"),
                                  row.getString("subject"),
                                  row.getObject("day", LocalDate.class),
                                  row.getInt("times"),
                                  row.getLong("entry"),
                                  row.getTimestamp("found_at").toInstant()))
                      .list();
              append(
                  tx,
                  account,
                  "audit.findings",
                  user == null ? "" : user,
                  "rows=" + Math.min(size, rows.size()),
                  request);
              return rows;
            });
    return Page.of(found, size, row -> row, row -> new Cursor(row.foundAt(), row.id()));
  }

  private void append(
      Transaction tx,
      Account account,
      String action,
      String object,
      String reason,
      HttpServletRequest request) {
    audit.append(
        tx,
        new AuditLog.Entry(
            AuditLog.ORGANISATION,
            account.username(),
            account.role().name(),
            request.getRemoteAddr(),
            action,
            object,
            "DONE",
            reason));
  }

  private static long number(Cursor cursor) {
    try {
      return Long.parseLong(cursor.id());
    } catch (NumberFormatException e) {
      throw Refusal.badValue("cursor");
    }
  }

  private static UUID id(Cursor cursor) {
    try {
      return UUID.fromString(cursor.id());
    } catch (IllegalArgumentException e) {
      throw Refusal.badValue("cursor");
    }
  }
}
