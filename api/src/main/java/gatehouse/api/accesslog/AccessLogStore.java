package gatehouse.api.accesslog;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.export.ExportFiles;
import gatehouse.api.export.ExportKind;
import gatehouse.api.export.Watermark;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import gatehouse.api.person.Disclosures;
import gatehouse.api.purpose.CaseGate;
import gatehouse.api.purpose.CaseScope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.event.Plates;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Searches the access log. Whoever looks for somebody, or takes rows away, is in the audit log.
 * Residents find their own passages, the police those that a case covers; the database holds them
 * to that too.
 */
@Component
final class AccessLogStore {

  /** An export has no more rows. */
  static final int MOST_EXPORTED = 50_000;

  private static final int FETCH = 1_000;
  private static final String SEARCH = "access-log.search";

  private final Store store;
  private final Holders holders;
  private final ExportFiles files;
  private final Disclosures disclosures;
  private final AuditLog audit;
  private final CaseGate cases;
  private final Clock clock;

  AccessLogStore(
      @Qualifier("requests") Store store,
      Holders holders,
      ExportFiles files,
      Disclosures disclosures,
      AuditLog audit,
      CaseGate cases,
      Clock clock) {
    this.store = store;
    this.holders = holders;
    this.files = files;
    this.disclosures = disclosures;
    this.audit = audit;
    this.cases = cases;
    this.clock = clock;
  }

  /**
   * What somebody looks for.
   *
   * @param caseFile the case the police look in; nobody else names one
   * @param reason why the property looks for one subject; empty if it does not
   */
  record Purpose(@Nullable String caseFile, String reason) {}

  /** One more than {@code limit} rows, newest first. */
  List<AccessRow> list(
      Account account,
      AccessFilter filter,
      Purpose purpose,
      @Nullable Cursor after,
      int limit,
      String address) {
    if (account.role() == Role.POLICE) {
      return cases.in(
          account,
          new CaseGate.Use(purpose.caseFile(), SEARCH, address),
          (tx, scope) -> listInCase(tx, account, filter, scope, after, limit, address));
    }
    if (filter.subject() != null && after == null) {
      store.run(account.scope(), tx -> searched(tx, account, filter, purpose.reason(), address));
    }
    return store.in(
        account.scope(),
        tx ->
            rows(tx, account, filter, after, limit + 1)
                .map((row, context) -> AccessRow.read(row))
                .list());
  }

  private List<AccessRow> listInCase(
      Transaction tx,
      Account account,
      AccessFilter filter,
      CaseScope scope,
      @Nullable Cursor after,
      int limit,
      String address) {
    scope.check(filter.community(), filter.place(), filter.from(), filter.to());
    AccessFilter within =
        new AccessFilter(
            filter.community(),
            filter.place(),
            filter.subject(),
            filter.outcomes(),
            filter.from() == null ? scope.opens() : filter.from(),
            filter.to() == null ? scope.ends() : filter.to());
    List<AccessRow> found =
        rows(tx, account, within, after, limit + 1)
            .map((row, context) -> AccessRow.read(row))
            .list();
    int shown = Math.min(limit, found.size());
    long subjects = found.stream().limit(shown).map(AccessRow::subject).distinct().count();
    audit.append(
        tx,
        new AuditLog.Entry(
            filter.community() == null ? scope.chain(AuditLog.ORGANISATION) : filter.community(),
            account.username(),
            account.role().name(),
            address,
            SEARCH,
            filter.subject() == null ? "" : filter.subject(),
            "DONE",
            "case=%s rows=%d subjects=%d".formatted(scope.number(), shown, subjects)));
    return found;
  }

  /**
   * Hands over every row, newest first, up to the limit of an export, with the mark of the file
   * they go to.
   */
  void export(
      Account account,
      AccessFilter filter,
      String reason,
      String address,
      BiConsumer<Watermark, Consumer<Consumer<AccessRow>>> to) {
    // What is going to be read is recorded first, and for good: who hangs up has read as well. And
    // the audit log of a community, to which each opening of a door is added, waits for no report.
    Watermark mark =
        store.in(
            account.scope(),
            tx -> {
              patient(tx);
              Watermark alone =
                  files.alone(
                      tx,
                      account,
                      filter.community() == null ? AuditLog.ORGANISATION : filter.community(),
                      ExportKind.ACCESS_LOG,
                      count(tx, account, filter, ExportFiles.MOST_ROWS_ALONE + 1));
              if (filter.subject() != null) {
                searched(tx, account, filter, reason, address);
              }
              record(tx, account, filter, address, "access-log.export", reason);
              return alone;
            });
    store.run(
        account.scope(),
        tx -> {
          patient(tx);
          to.accept(mark, rows -> each(tx, account, filter, rows));
        });
  }

  private static void patient(Transaction tx) {
    tx.query("select set_config('statement_timeout', '60s', true)").mapTo(String.class).one();
  }

  /** Hands over every row, newest first, up to the limit of an export. */
  void each(Transaction tx, Account account, AccessFilter filter, Consumer<AccessRow> to) {
    rows(tx, account, filter, null, MOST_EXPORTED)
        .setFetchSize(FETCH)
        .map((row, context) -> AccessRow.read(row))
        .forEach(to);
  }

  private static int count(Transaction tx, Account account, AccessFilter filter, int most) {
    return account.role() == Role.PROPERTY
        ? rows(tx, account, filter, null, most).map((row, context) -> 1).list().size()
        : 0;
  }

  /** Whoever looks for somebody says why, and the property's look is told to that person. */
  private void searched(
      Transaction tx, Account account, AccessFilter filter, String reason, String address) {
    record(tx, account, filter, address, "access-log.search", reason);
    String subject = filter.subject();
    if (account.role() != Role.PROPERTY || subject == null) {
      return;
    }
    Instant now = clock.instant();
    holders
        .of(tx, filter.community(), subject, filter.to() == null ? now : filter.to())
        .forEach(
            one ->
                disclosures.record(
                    tx, account, one.community(), one.person(), "access-log.search", reason, now));
  }

  private static Query rows(
      Transaction tx, Account account, AccessFilter filter, @Nullable Cursor after, int limit) {
    String[] last = last(after);
    // Said to the database, it is found by an index; everybody else's events are not leafed
    // through.
    String community = filter.community() == null ? account.onlyCommunity() : filter.community();
    return tx.query(
            """
            select e.id, e.time, e.received_at, e.community, e.place, e.device, e.kind,
              e.subject_type, e.subject, e.direction, e.outcome, e.reason, e.buffered,
              coalesce(nullif(c.name, ''), e.community) as community_name,
              coalesce(nullif(p.name, ''), e.place) as place_name
            from event.log e
            left join site.community c on c.id = e.community
            left join site.place p on p.community = e.community and p.id = e.place
            where e.passage
              and (:own::text[] is null
                or e.subject = any (:own) and exists (
                  select from identity.own_subject() o
                  where o.community = e.community and o.subject_type = e.subject_type
                    and o.subject = e.subject and e.time >= o.valid_from and e.time < o.valid_to))
              and (:community::text is null or e.community = :community)
              and (:place::text is null or e.place = :place)
              and (:subject::text is null or e.subject in (:subject, :plate))
              and (:outcomes::text[] is null or e.outcome = any (:outcomes))
              and e.time >= coalesce(:from::timestamptz, '-infinity')
              and e.time < coalesce(:to::timestamptz, 'infinity')
              and (:afterTime::timestamptz is null
                or (e.time, e.community, e.device, e.id)
                  < (:afterTime, :afterCommunity, :afterDevice, :afterId))
            order by e.time desc, e.community desc, e.device desc, e.id desc
            limit :limit
            """)
        .bind("own", account.role() == Role.RESIDENT ? ownSubjects(tx) : null)
        .bind("community", community)
        .bind("place", filter.place())
        .bind("subject", filter.subject())
        .bind("plate", filter.subject() == null ? null : Plates.canonical(filter.subject()))
        .bind(
            "outcomes", filter.outcomes() == null ? null : filter.outcomes().toArray(String[]::new))
        .bind("from", filter.from())
        .bind("to", filter.to())
        .bind("afterTime", after == null ? null : after.time())
        .bind("afterCommunity", last[0])
        .bind("afterDevice", last[1])
        .bind("afterId", last[2])
        .bind("limit", limit);
  }

  /** Known beforehand, so that the index finds them. */
  private static String[] ownSubjects(Transaction tx) {
    return tx.query("select distinct subject from identity.own_subject()")
        .mapTo(String.class)
        .list()
        .toArray(String[]::new);
  }

  /** Community, device and id of the last row of the page before. */
  private static String[] last(@Nullable Cursor after) {
    if (after == null) {
      return new String[] {"", "", ""};
    }
    String[] parts = after.id().split("/", 3);
    if (parts.length != 3 || after.id().indexOf('\0') >= 0) {
      throw Refusal.badValue("cursor");
    }
    return parts;
  }

  private void record(
      Transaction tx,
      Account account,
      AccessFilter filter,
      String address,
      String action,
      String reason) {
    audit.append(
        tx,
        new AuditLog.Entry(
            filter.community() == null ? AuditLog.ORGANISATION : filter.community(),
            account.username(),
            account.role().name(),
            address,
            action,
            filter.subject() == null ? "" : filter.subject(),
            "DONE",
            reason));
  }
}
