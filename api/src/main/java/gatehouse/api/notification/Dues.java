package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.Audience;
import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Lock;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.notification.Channel;
import gatehouse.notification.Notification.Kind;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * What becomes due as time passes: the next step of a chain, and alerts whose hold has ended. Each
 * is one transaction, and two processes never do the same.
 */
@Component
final class Dues {

  private final Store store;
  private final Notifier notifier;

  Dues(@Qualifier("consumers") Store store, Notifier notifier, Clock clock, Chores chores) {
    this.store = store;
    this.notifier = notifier;
    chores.every(
        Duration.ofMillis(250),
        "notifications-due",
        () -> {
          while (chores.goOn() && (step(clock.instant()) || resume(clock.instant()))) {
            // one after the other
          }
        });
  }

  private record Step(
      UUID id, Alert alert, Audience audience, int number, Channel channel, Instant due) {}

  private record Held(UUID id, Alert alert, Audience audience) {}

  /**
   * Takes the next step that is due while nobody has taken its alert.
   *
   * @return whether there was one
   */
  boolean step(Instant now) {
    return store.in(
        Scope.NOBODY,
        tx -> {
          Optional<Step> found = nextStep(tx, now);
          found.ifPresent(step -> take(tx, step, now));
          return found.isPresent();
        });
  }

  /**
   * A step locks its alert: whoever takes the alert at the same time comes before it or after it.
   */
  private static Optional<Step> nextStep(Transaction tx, Instant now) {
    return tx.query(
            """
            select s.alert, a.detail, s.audience, s.number, s.channel, s.due_at
            from notification.step s join alert.alert a on a.id = s.alert
            where s.state = 'WAITING' and s.due_at <= :now and a.handling = 'NEW'
            order by s.due_at limit 1
            for update of s, a skip locked
            """)
        .bind("now", now)
        .map(
            (row, context) ->
                new Step(
                    row.getObject("alert", UUID.class),
                    alert(row.getString("detail")),
                    Audience.valueOf(row.getString("audience")),
                    row.getInt("number"),
                    Channel.valueOf(row.getString("channel")),
                    row.getTimestamp("due_at").toInstant()))
        .findOne();
  }

  /** What has waited for a day, because nothing ran, calls nobody any more. */
  private static void take(Transaction tx, Step step, Instant now) {
    boolean expired = step.due().isBefore(now.minus(NotificationPolicy.STALE_AT_ALL));
    tx.update(
            """
            update notification.step set state = :state, settled_at = :now
            where alert = :alert and audience = :audience and number = :number
            """)
        .bind("state", expired ? "EXPIRED" : "SENT")
        .bind("now", now)
        .bind("alert", step.id())
        .bind("audience", step.audience().name())
        .bind("number", step.number())
        .execute();
    if (!expired) {
      Outbox.say(tx, Kind.ESCALATED, step.channel(), step.id(), step.alert(), step.audience(), now);
    }
  }

  /**
   * Decides again about the next alert that still stands though its hold has ended.
   *
   * @return whether there was one
   */
  boolean resume(Instant now) {
    return store.in(
        Scope.NOBODY,
        tx -> {
          Optional<Held> found = nextHeld(tx, now);
          found.ifPresent(
              held -> notifier.resume(tx, held.id(), held.alert(), held.audience(), now));
          return found.isPresent();
        });
  }

  /** Decisions are made one after the other, as when alerts come: the lock is the alerts' own. */
  private static Optional<Held> nextHeld(Transaction tx, Instant now) {
    tx.hold(Lock.ALERTS);
    return tx.query(
            """
            select v.alert, v.audience, a.detail
            from notification.verdict v join alert.alert a on a.id = v.alert
            where v.outcome = 'HELD' and a.state = 'OPEN' and a.handling = 'NEW'
              and not exists (
                select from notification.silence s
                where s.id::text = v.cause and s.starts <= :now
                  and least(s.ends, s.ended_at) > :now)
              and not exists (
                select from alert.alert i
                where i.id::text = v.cause and i.state = 'OPEN' and i.handling <> 'RESOLVED')
            order by v.decided_at limit 1
            for update of v skip locked
            """)
        .bind("now", now)
        .map(
            (row, context) ->
                new Held(
                    row.getObject("alert", UUID.class),
                    alert(row.getString("detail")),
                    Audience.valueOf(row.getString("audience"))))
        .findOne();
  }

  private static Alert alert(String json) {
    try {
      return RecordCodec.of(Alert.class).decode(json.getBytes(StandardCharsets.UTF_8));
    } catch (WireException e) {
      throw new IllegalStateException("a stored alert cannot be read: " + e.getMessage(), e);
    }
  }
}
