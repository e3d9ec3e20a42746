package gatehouse.api.notification;

import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.notification.Channel;
import gatehouse.notification.Notification;
import gatehouse.notification.Notification.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Sends what is to be said to Kafka. At least once: a process that dies between sending and noting
 * it leaves the messages to whoever comes when their claim has run out, with the same ids.
 */
@Component
final class Publishing {

  private static final int AT_ONCE = 200;
  private static final Duration CLAIM = Duration.ofSeconds(60);

  private final Store store;
  private final NotificationPublisher publisher;

  Publishing(
      @Qualifier("consumers") Store store,
      NotificationPublisher publisher,
      Clock clock,
      Chores chores) {
    this.store = store;
    this.publisher = publisher;
    chores.every(
        Duration.ofMillis(250),
        "notifications-outbox",
        () -> {
          while (chores.goOn() && publish(clock.instant()) > 0) {
            // as long as there are any
          }
        });
  }

  /**
   * Sends the next messages. No row stays locked while Kafka is waited for: whoever takes an alert
   * must not wait with it.
   *
   * @return how many there were
   */
  int publish(Instant now) {
    List<Notification> claimed = claim(now);
    if (!claimed.isEmpty()) {
      publisher.publish(claimed);
      settle(claimed, now);
    }
    return claimed.size();
  }

  /** One that was stopped after its claim may have been sent: it is sent again, with its end. */
  private List<Notification> claim(Instant now) {
    return store.in(
        Scope.NOBODY,
        tx ->
            tx.query(
                    """
                    with claimed as (
                      update notification.message set claimed_until = :until
                      where id in (
                        select id from notification.message
                        where published_at is null
                          and (stopped_at is null or claimed_until is not null)
                          and (claimed_until is null or claimed_until < :now)
                        order by seq limit :most
                        for update skip locked)
                      returning *)
                    select * from claimed order by seq
                    """)
                .bind("now", now)
                .bind("until", now.plus(CLAIM))
                .bind("most", AT_ONCE)
                .map((row, context) -> read(row))
                .list());
  }

  /** A call that was stopped while it was on its way is followed by the word that it is stopped. */
  private void settle(List<Notification> sent, Instant now) {
    store.run(
        Scope.NOBODY,
        tx ->
            tx.update(
                    """
                    with sent as (
                      update notification.message set published_at = :now
                      where id = any (:ids) returning *)
                    insert into notification.message
                      (kind, channel, alert, community, audience, persons, model, place, severity, at)
                    select 'STOPPED', channel, alert, community, audience, persons, model, place,
                      severity, :now
                    from sent where stopped_at is not null
                    """)
                .bind("now", now)
                .bind(
                    "ids", sent.stream().map(one -> UUID.fromString(one.id())).toArray(UUID[]::new))
                .execute());
  }

  private static Notification read(ResultSet row) throws SQLException {
    return new Notification(
        row.getString("id"),
        Kind.valueOf(row.getString("kind")),
        Channel.valueOf(row.getString("channel")),
        row.getString("alert"),
        row.getString("model"),
        row.getString("community"),
        row.getString("place"),
        Severity.valueOf(row.getString("severity")),
        Audience.valueOf(row.getString("audience")),
        List.of((String[]) row.getArray("persons").getArray()),
        row.getInt("alerts"),
        row.getTimestamp("at").toInstant());
  }
}
