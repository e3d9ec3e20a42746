package gatehouse.api.webhook;

import gatehouse.api.store.Transaction;
import gatehouse.api.webhook.Delivery.Problem;
import gatehouse.api.webhook.Delivery.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is to be sent, in the database. */
@Component
final class DeliveryStore {

  /**
   * Adds a delivery, unless it is there.
   *
   * @param message the notification it tells of; null for a test
   */
  void add(
      Transaction tx,
      UUID id,
      UUID subscription,
      @Nullable UUID message,
      String type,
      String payload,
      Instant now,
      Instant giveUpAt) {
    tx.update(
            """
            insert into webhook.delivery (id, subscription, message, type, payload, created_at,
              due_at, give_up_at)
            values (:id, :subscription, :message, :type, :payload, :now, :now, :giveUpAt)
            on conflict do nothing
            """)
        .bind("id", id)
        .bind("subscription", subscription)
        .bind("message", message)
        .bind("type", type)
        .bind("payload", payload)
        .bind("now", now)
        .bind("giveUpAt", giveUpAt)
        .execute();
  }

  Optional<Delivery> find(Transaction tx, UUID subscription, UUID id) {
    return tx.query(
            "select * from webhook.delivery where subscription = :subscription and id = :id")
        .bind("subscription", subscription)
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Deliveries of a webhook, the newest first. */
  List<Delivery> list(
      Transaction tx,
      UUID subscription,
      @Nullable Instant before,
      @Nullable UUID beforeId,
      int most) {
    return tx.query(
            """
            select * from webhook.delivery
            where subscription = :subscription and (:before::timestamptz is null
              or (created_at, id) < (:before::timestamptz, :beforeId::uuid))
            order by created_at desc, id desc limit :most
            """)
        .bind("subscription", subscription)
        .bind("before", before)
        .bind("beforeId", beforeId)
        .bind("most", most)
        .map((row, context) -> read(row))
        .list();
  }

  /** Sends it again, now. */
  void replay(Transaction tx, UUID id, Instant now, Instant giveUpAt) {
    tx.update(
            """
            update webhook.delivery set state = 'WAITING', due_at = :now, give_up_at = :giveUpAt,
              tries = 0
            where id = :id
            """)
        .bind("id", id)
        .bind("now", now)
        .bind("giveUpAt", giveUpAt)
        .execute();
  }

  /** Webhooks for which something is due. */
  List<UUID> due(Transaction tx, Instant now) {
    return tx.query(
            """
            select s.id from webhook.subscription s
            where s.disabled_at is null and exists (
              select from webhook.delivery d
              where d.subscription = s.id and d.state = 'WAITING' and d.due_at <= :now
                and (d.claimed_until is null or d.claimed_until < :now))
            """)
        .bind("now", now)
        .mapTo(UUID.class)
        .list();
  }

  /** Takes the delivery of a webhook that has been due the longest. */
  Optional<Delivery> claim(Transaction tx, UUID subscription, Instant now, Instant until) {
    return tx.query(
            """
            update webhook.delivery set claimed_until = :until
            where id = (
              select id from webhook.delivery
              where subscription = :subscription and state = 'WAITING' and due_at <= :now
                and (claimed_until is null or claimed_until < :now)
              order by due_at, id limit 1
              for update skip locked)
            returning *
            """)
        .bind("subscription", subscription)
        .bind("now", now)
        .bind("until", until)
        .map((row, context) -> read(row))
        .findOne();
  }

  /**
   * Notes how an attempt went.
   *
   * @param dueAt of the next attempt, if there is one
   */
  void settle(
      Transaction tx,
      UUID id,
      State state,
      @Nullable Integer status,
      @Nullable Problem problem,
      Instant now,
      Instant dueAt) {
    tx.update(
            """
            update webhook.delivery set state = :state, claimed_until = null, last_at = :now,
              attempts = attempts + 1, tries = tries + 1, last_status = :status,
              last_problem = :problem, due_at = :dueAt
            where id = :id
            """)
        .bind("id", id)
        .bind("state", state.name())
        .bind("status", status)
        .bind("problem", problem == null ? null : problem.name())
        .bind("now", now)
        .bind("dueAt", dueAt)
        .execute();
  }

  private static Delivery read(ResultSet row) throws SQLException {
    String problem = row.getString("last_problem");
    return new Delivery(
        row.getObject("id", UUID.class),
        row.getObject("subscription", UUID.class),
        row.getString("type"),
        row.getString("payload"),
        row.getTimestamp("created_at").toInstant(),
        State.valueOf(row.getString("state")),
        row.getTimestamp("due_at").toInstant(),
        row.getTimestamp("give_up_at").toInstant(),
        row.getInt("attempts"),
        row.getInt("tries"),
        row.getTimestamp("last_at") == null ? null : row.getTimestamp("last_at").toInstant(),
        row.getObject("last_status", Integer.class),
        problem == null ? null : Problem.valueOf(problem));
  }
}
