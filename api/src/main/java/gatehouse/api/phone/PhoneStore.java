package gatehouse.api.phone;

import gatehouse.api.store.Lock;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Phones in the database; within the transaction of whose they are. */
@Component
final class PhoneStore {

  /** A phone whose binding has not ended. */
  record Row(UUID id, String name, PhoneKey key, Instant boundAt, Instant holdsFrom) {

    boolean holds(Instant now) {
      return !holdsFrom.isAfter(now);
    }
  }

  /** One change of an account's phones at a time. */
  void serialise(Transaction tx, UUID account) {
    tx.hold(Lock.PHONES, account.toString());
  }

  /** The account's phones, the oldest binding first. */
  List<Row> list(Transaction tx, UUID account) {
    return tx.query(
            """
            select id, name, public_key, bound_at, holds_from from identity.phone
            where account = :account and ended_at is null order by bound_at, id
            """)
        .bind("account", account)
        .map((row, context) -> read(row))
        .list();
  }

  Optional<Row> find(Transaction tx, UUID account, UUID id) {
    return list(tx, account).stream().filter(row -> row.id().equals(id)).findFirst();
  }

  /** Whether the account has or had another phone since then. */
  boolean hasHadOne(Transaction tx, UUID account, Instant since) {
    return tx.query(
            """
            select exists (select from identity.phone
                           where account = :account and (ended_at is null or ended_at > :since))
            """)
        .bind("account", account)
        .bind("since", since)
        .mapTo(Boolean.class)
        .one();
  }

  /** Binds a phone; nothing if its key is bound already. */
  Optional<Row> insert(
      Transaction tx, UUID account, String name, PhoneKey key, Instant now, Instant holdsFrom) {
    return tx.query(
            """
            insert into identity.phone (account, name, public_key, bound_at, holds_from)
            values (:account, :name, :key, :now, :holdsFrom)
            on conflict (public_key) where ended_at is null do nothing
            returning id, name, public_key, bound_at, holds_from
            """)
        .bind("account", account)
        .bind("name", name)
        .bind("key", key.encoded())
        .bind("now", now)
        .bind("holdsFrom", holdsFrom)
        .map((row, context) -> read(row))
        .findOne();
  }

  void confirm(Transaction tx, UUID id, Instant now) {
    tx.update("update identity.phone set holds_from = :now where id = :id")
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  void end(Transaction tx, UUID id, Instant now) {
    tx.update("update identity.phone set ended_at = :now where id = :id")
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class),
        row.getString("name"),
        PhoneKey.of(row.getBytes("public_key"))
            .orElseThrow(() -> new IllegalStateException("a phone has no key")),
        row.getTimestamp("bound_at").toInstant(),
        row.getTimestamp("holds_from").toInstant());
  }
}
