package gatehouse.api.webhook;

import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.notification.Notification.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Reads the notifications and makes a delivery of each for each webhook that wants it. It reads in
 * the order of their transactions and only behind the oldest one that is still open: no later one
 * can add something before what was read. The deliveries and how far it came are one transaction.
 */
@Component
final class FanOut {

  private static final int AT_ONCE = 500;

  private final Store store;
  private final SubscriptionStore subscriptions;
  private final DeliveryStore deliveries;
  private final WebhookPayload payload;

  FanOut(
      @Qualifier("consumers") Store store,
      SubscriptionStore subscriptions,
      DeliveryStore deliveries,
      WebhookPayload payload,
      Clock clock,
      Chores chores) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.payload = payload;
    chores.every(
        Duration.ofMillis(500),
        "webhook-fan-out",
        () -> {
          while (chores.goOn() && run(clock.instant().truncatedTo(ChronoUnit.MICROS)) == AT_ONCE) {
            // as long as there are many
          }
        });
  }

  private record Told(
      UUID id,
      Kind kind,
      String audience,
      Instant at,
      WebhookPayload.About about,
      Progress place) {}

  private record Progress(String transaction, long seq) {}

  /**
   * Reads on.
   *
   * @return how many notifications it read
   */
  int run(Instant now) {
    return store.in(
        Scope.NOBODY,
        tx -> {
          Progress from = progress(tx);
          List<Told> told = read(tx, from);
          if (told.isEmpty()) {
            return 0;
          }
          List<Subscription> all = subscriptions.listening(tx);
          for (Told one : told) {
            all.stream()
                .filter(subscription -> wants(subscription, one))
                .forEach(subscription -> deliver(tx, subscription, one, now));
          }
          move(tx, told.get(told.size() - 1).place());
          return told.size();
        });
  }

  private void deliver(Transaction tx, Subscription subscription, Told told, Instant now) {
    String type = EventType.of(told.kind()).wireName();
    deliveries.add(
        tx,
        UUID.randomUUID(),
        subscription.id(),
        told.id(),
        type,
        payload.of(type, told.at(), told.about()),
        now,
        now.plus(Dispatcher.GIVE_UP));
  }

  private static boolean wants(Subscription subscription, Told told) {
    return subscription.audience().equals(told.audience())
        && subscription.communities().contains(told.about().community())
        && subscription.types().contains(EventType.of(told.kind()).wireName())
        && (subscription.models().isEmpty()
            || subscription.models().contains(told.about().model()));
  }

  private static Progress progress(Transaction tx) {
    return tx.query("select transaction::text, seq from webhook.progress for update")
        .map((row, context) -> new Progress(row.getString(1), row.getLong(2)))
        .one();
  }

  private static List<Told> read(Transaction tx, Progress from) {
    return tx.query(
            """
            select *, transaction::text as transaction_text from notification.message
            where (transaction, seq) > (:transaction::xid8, :seq)
              and transaction < pg_snapshot_xmin(pg_current_snapshot())
            order by transaction, seq limit :most
            """)
        .bind("transaction", from.transaction())
        .bind("seq", from.seq())
        .bind("most", AT_ONCE)
        .map((row, context) -> told(row))
        .list();
  }

  private static void move(Transaction tx, Progress to) {
    tx.update("update webhook.progress set transaction = :transaction::xid8, seq = :seq")
        .bind("transaction", to.transaction())
        .bind("seq", to.seq())
        .execute();
  }

  private static Told told(ResultSet row) throws SQLException {
    return new Told(
        row.getObject("id", UUID.class),
        Kind.valueOf(row.getString("kind")),
        row.getString("audience"),
        row.getTimestamp("at").toInstant(),
        new WebhookPayload.About(
            row.getString("id"),
            row.getString("alert"),
            row.getString("community"),
            row.getString("model"),
            row.getString("place"),
            row.getString("severity"),
            row.getString("channel"),
            row.getInt("alerts")),
        new Progress(row.getString("transaction_text"), row.getLong("seq")));
  }
}
