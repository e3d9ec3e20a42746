package gatehouse.api.police;

import gatehouse.api.http.Cursor;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Transaction;
import gatehouse.registry.Entry;
import gatehouse.registry.WatchOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Watch orders in the database, and in the registry once they hold. */
@Component
final class WatchOrderStore {

  private final Registry registry;

  WatchOrderStore(Registry registry) {
    this.registry = registry;
  }

  /** An order, and the account that asked for it. */
  record Row(WatchOrderView view, UUID id, UUID caseFile, UUID askedBy) {}

  /** An order to be asked for, checked. */
  record New(
      UUID id,
      UUID caseFile,
      String subjectType,
      String subject,
      String legalBasis,
      List<String> communities,
      Instant expires) {}

  /** One more than {@code limit}, the newest first. */
  List<Row> list(Transaction tx, @Nullable UUID caseFile, @Nullable Cursor after, int limit) {
    return orders(tx, null, caseFile, after, limit + 1).map((row, context) -> read(row)).list();
  }

  /** Those of a case that hold or may still come to. */
  List<Row> ofCase(Transaction tx, UUID caseFile) {
    return orders(tx, null, caseFile, null, 1_000)
        .map((row, context) -> read(row))
        .filter(
            row ->
                row.view().state() == WatchOrderView.State.ACTIVE
                    || row.view().state() == WatchOrderView.State.REQUESTED)
        .list();
  }

  Optional<Row> find(Transaction tx, UUID id) {
    return orders(tx, id, null, null, 1).map((row, context) -> read(row)).findOne();
  }

  /**
   * The order, held until the transaction ends.
   *
   * @throws Refusal not-found
   */
  Row hold(Transaction tx, UUID id) {
    boolean there =
        tx.query("select 1 from police.watch_order where id = :id for update")
            .bind("id", id)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!there) {
      throw Refusal.notFound();
    }
    return find(tx, id).orElseThrow(Refusal::notFound);
  }

  /** Asks for an order; false if its id is there already. */
  boolean ask(Transaction tx, New asked, Account account, Instant now) {
    return tx.update(
                """
                insert into police.watch_order (id, case_file, subject_type, subject, legal_basis,
                  communities, account, asked_at, expires_at)
                values (:id, :case, :type, :subject, :basis, :communities, :account, :now, :expires)
                on conflict do nothing
                """)
            .bind("id", asked.id())
            .bind("case", asked.caseFile())
            .bind("type", asked.subjectType())
            .bind("subject", asked.subject())
            .bind("basis", asked.legalBasis())
            .bind("communities", asked.communities().toArray(String[]::new))
            .bind("account", account.id())
            .bind("now", now)
            .bind("expires", asked.expires())
            .execute()
        == 1;
  }

  /** Counts an approval. */
  void approved(Transaction tx, UUID id) {
    tx.update("update police.watch_order set version = version + 1 where id = :id")
        .bind("id", id)
        .execute();
  }

  /** Whether two others approved, one of them a supervisor. */
  boolean enough(Transaction tx, UUID id) {
    return tx.query("select police.order_approved(:id)").bind("id", id).mapTo(Boolean.class).one();
  }

  /** From now on it holds. */
  void takeEffect(Transaction tx, Row order, Account account, Instant now) {
    tx.update("update police.watch_order set effective_at = :now where id = :id")
        .bind("now", now)
        .bind("id", order.id())
        .execute();
    register(tx, order, account, "v1", now, now, order.view().expires());
  }

  /** From now on it does not hold, or never comes to. */
  void withdraw(Transaction tx, Row order, Account account, Instant now) {
    tx.update(
            """
            update police.watch_order set withdrawn_at = :now, version = version + 1 where id = :id
            """)
        .bind("now", now)
        .bind("id", order.id())
        .execute();
    Instant effective = order.view().effective();
    if (effective != null) {
      register(tx, order, account, "v2", now, effective, now);
    }
  }

  /**
   * One version for each community, so that each one's registry holds it. All of them name all the
   * communities: to the models they are versions of one order, and the newest counts.
   */
  private void register(
      Transaction tx,
      Row order,
      Account account,
      String version,
      Instant now,
      Instant from,
      Instant to) {
    WatchOrderView view = order.view();
    if (!view.communities().stream().allMatch(account::sees)) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "outside-district");
    }
    for (String community : view.communities()) {
      registry.record(
          tx,
          new WatchOrder(
              new Entry(view.id() + "-" + version, community, now, from, to),
              view.id(),
              view.subjectType(),
              view.subject(),
              view.caseNumber(),
              view.legalBasis(),
              view.approvers(),
              view.communities()),
          account.id().toString());
    }
  }

  private static Query orders(
      Transaction tx,
      @Nullable UUID id,
      @Nullable UUID caseFile,
      @Nullable Cursor after,
      int limit) {
    return tx.query(
            """
            select w.*, c.number, u.username,
              array(select a.username from police.approval p
                    join identity.account a on a.id = p.account
                    where p.deed = 'WATCH_ORDER' and p.thing = w.id and p.account <> w.account
                    order by p.at, 1) as approvers,
              case when w.withdrawn_at is not null then 'WITHDRAWN'
                when w.expires_at <= now() then 'EXPIRED'
                when w.effective_at is null then 'REQUESTED'
                else 'ACTIVE' end as state
            from police.watch_order w
            join police.case_file c on c.id = w.case_file
            join identity.account u on u.id = w.account
            where (:id::uuid is null or w.id = :id)
              and (:case::uuid is null or w.case_file = :case)
              and (:afterTime::timestamptz is null or (w.asked_at, w.id) < (:afterTime, :afterId::uuid))
            order by w.asked_at desc, w.id desc limit :limit
            """)
        .bind("id", id)
        .bind("case", caseFile)
        .bind("afterTime", after == null ? null : after.time())
        .bind("afterId", after == null ? null : cursorId(after))
        .bind("limit", limit);
  }

  private static UUID cursorId(Cursor after) {
    try {
      return UUID.fromString(after.id());
    } catch (IllegalArgumentException e) {
      throw Refusal.badValue("cursor");
    }
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        new WatchOrderView(
            row.getString("id"),
            row.getString("case_file"),
            row.getString("number"),
            row.getString("subject_type"),
            row.getString("subject"),
            row.getString("legal_basis"),
            Arrays.asList((String[]) row.getArray("communities").getArray()),
            WatchOrderView.State.valueOf(row.getString("state")),
            row.getString("username"),
            row.getTimestamp("asked_at").toInstant(),
            Arrays.asList((String[]) row.getArray("approvers").getArray()),
            row.getTimestamp("expires_at").toInstant(),
            instant(row.getTimestamp("effective_at")),
            instant(row.getTimestamp("withdrawn_at")),
            row.getInt("version")),
        row.getObject("id", UUID.class),
        row.getObject("case_file", UUID.class),
        row.getObject("account", UUID.class));
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
