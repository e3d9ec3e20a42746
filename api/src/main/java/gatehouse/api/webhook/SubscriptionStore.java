package gatehouse.api.webhook;

import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Webhooks in the database, their secrets sealed, as the scope of a transaction may see them. */
@Component
final class SubscriptionStore {

  private final FieldCipher cipher;

  SubscriptionStore(FieldCipher cipher) {
    this.cipher = cipher;
  }

  List<Subscription> list(Transaction tx) {
    return tx.query("select * from webhook.subscription order by created_at, id")
        .map((row, context) -> read(row))
        .list();
  }

  /**
   * Webhooks that are to be told something: those in use, of accounts that may still have them, for
   * the communities that those may still look into.
   */
  List<Subscription> listening(Transaction tx) {
    return tx.query(
            """
            select s.id, s.version, s.audience, s.types, s.models, s.url, s.secret,
              s.previous_secret, s.previous_until, s.created_at, s.failing_since, s.disabled_at,
              array(
                select c from unnest(s.communities) as c
                where exists (
                  select from identity.community_grant g
                  where g.account = a.id and g.community in (c, '*'))) as communities
            from webhook.subscription s join identity.account a on a.id = s.created_by
            where s.disabled_at is null and a.enabled and a.role = s.audience
              and (a.role = 'OPERATIONS' or a.duty = 'MANAGER')
            """)
        .map((row, context) -> read(row))
        .list();
  }

  Optional<Subscription> find(Transaction tx, UUID id) {
    return tx.query("select * from webhook.subscription where id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Waits for whoever changes it at the same time. */
  Optional<Subscription> hold(Transaction tx, UUID id) {
    return tx.query("select * from webhook.subscription where id = :id for update")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  int countOf(Transaction tx, UUID account) {
    return tx.query("select count(*) from webhook.subscription where created_by = :account")
        .bind("account", account)
        .mapTo(Integer.class)
        .one();
  }

  /**
   * Adds a webhook, unless the id is there.
   *
   * @return whether it was added
   */
  boolean add(Transaction tx, Subscription one, UUID account) {
    return tx.update(
                """
                insert into webhook.subscription (id, version, audience, communities, types, models,
                  url, secret, created_by, created_at)
                values (:id, 1, :audience, :communities, :types, :models, :url, :secret, :account,
                  :createdAt)
                on conflict do nothing
                """)
            .bind("id", one.id())
            .bind("audience", one.audience())
            .bind("communities", one.communities().toArray(String[]::new))
            .bind("types", one.types().toArray(String[]::new))
            .bind("models", one.models().toArray(String[]::new))
            .bind("url", one.url())
            .bind("secret", seal(one.id(), one.secret()))
            .bind("account", account)
            .bind("createdAt", one.createdAt())
            .execute()
        == 1;
  }

  void change(Transaction tx, Subscription one) {
    tx.update(
            """
            update webhook.subscription set version = version + 1, communities = :communities,
              types = :types, models = :models, url = :url
            where id = :id
            """)
        .bind("id", one.id())
        .bind("communities", one.communities().toArray(String[]::new))
        .bind("types", one.types().toArray(String[]::new))
        .bind("models", one.models().toArray(String[]::new))
        .bind("url", one.url())
        .execute();
  }

  /** Takes a new secret; the one before is good until a time. */
  void rotate(Transaction tx, UUID id, WebhookSecret secret, Instant previousUntil) {
    tx.update(
            """
            update webhook.subscription set version = version + 1, previous_secret = secret,
              previous_until = :until, secret = :secret
            where id = :id
            """)
        .bind("id", id)
        .bind("secret", seal(id, secret))
        .bind("until", previousUntil)
        .execute();
  }

  void enable(Transaction tx, UUID id) {
    tx.update(
            """
            update webhook.subscription set version = version + 1, failing_since = null,
              disabled_at = null
            where id = :id
            """)
        .bind("id", id)
        .execute();
  }

  void delete(Transaction tx, UUID id) {
    tx.update("delete from webhook.subscription where id = :id").bind("id", id).execute();
  }

  /** An attempt has succeeded. */
  void worked(Transaction tx, UUID id) {
    tx.update(
            """
            update webhook.subscription set failing_since = null
            where id = :id and failing_since is not null
            """)
        .bind("id", id)
        .execute();
  }

  /**
   * An attempt has failed. A webhook that has done nothing else since a time is disabled.
   *
   * @return whether this disabled it
   */
  boolean failed(Transaction tx, UUID id, Instant now, Instant sinceAtMost) {
    tx.update(
            """
            update webhook.subscription set failing_since = coalesce(failing_since, :now)
            where id = :id
            """)
        .bind("id", id)
        .bind("now", now)
        .execute();
    return tx.update(
                """
                update webhook.subscription set disabled_at = :now, version = version + 1
                where id = :id and disabled_at is null and failing_since <= :since
                """)
            .bind("id", id)
            .bind("now", now)
            .bind("since", sinceAtMost)
            .execute()
        == 1;
  }

  private Subscription read(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    byte[] previous = row.getBytes("previous_secret");
    return new Subscription(
        id,
        row.getInt("version"),
        row.getString("audience"),
        List.of((String[]) row.getArray("communities").getArray()),
        List.of((String[]) row.getArray("types").getArray()),
        List.of((String[]) row.getArray("models").getArray()),
        row.getString("url"),
        open(id, row.getBytes("secret")),
        previous == null ? null : open(id, previous),
        time(row, "previous_until"),
        row.getTimestamp("created_at").toInstant(),
        time(row, "failing_since"),
        time(row, "disabled_at"));
  }

  private byte[] seal(UUID id, WebhookSecret secret) {
    return cipher.seal(FieldClass.SECRET, "webhook/" + id, secret.text());
  }

  private WebhookSecret open(UUID id, byte[] sealed) {
    return new WebhookSecret(cipher.open(FieldClass.SECRET, "webhook/" + id, sealed));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
