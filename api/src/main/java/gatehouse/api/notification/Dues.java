package gatehouse.api.notification;

import com.google.errorprone.annotations.CompileTimeConstant;
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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * What becomes due as time passes: the next step of a chain, and alerts whose hold has ended. Each
 * is one transaction, and two processes never do the same.
 */
@Component
final class Dues {

  private static final Logger log = LoggerFactory.getLogger(Dues.class);

  private static final String NEXT_HELD =
      """
      select v.alert, v.audience, a.detail
      from notification.verdict v join alert.alert a on a.id = v.alert
      where v.outcome = 'HELD' and a.state = 'OPEN' and a.handling = 'NEW'
        and a.id <> all (:unreadable)
        and not exists (
          select from notification.silence s
          where s.id::text = v.cause and s.starts <= :now
            and least(s.ends, s.ended_at) > :now)
        and not exists (
          select from alert.alert i
          where i.id::text = v.cause and i.state = 'OPEN' and i.handling <> 'RESOLVED')
      order by v.decided_at limit 1
      """;

  /** Alerts that cannot be read: they hold back no other, and are tried again after a restart. */
  private final Set<UUID> unreadable = ConcurrentHashMap.newKeySet();

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
      UUID id, String detail, Audience audience, int number, Channel channel, Instant due) {}

  private record Held(UUID id, String detail, Audience audience) {}

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
          found.ifPresent(
              step ->
                  alert(step.id(), step.detail()).ifPresent(alert -> take(tx, step, alert, now)));
          return found.isPresent();
        });
  }

  /**
   * A step locks its alert: whoever takes the alert at the same time comes before it or after it.
   */
  private Optional<Step> nextStep(Transaction tx, Instant now) {
    return tx.query(
            """
            select s.alert, a.detail, s.audience, s.number, s.channel, s.due_at
            from notification.step s join alert.alert a on a.id = s.alert
            where s.state = 'WAITING' and s.due_at <= :now and a.handling = 'NEW'
              and a.id <> all (:unreadable)
            order by s.due_at limit 1
            for update of s, a skip locked
            """)
        .bind("now", now)
        .bind("unreadable", unreadable())
        .map(
            (row, context) ->
                new Step(
                    row.getObject("alert", UUID.class),
                    row.getString("detail"),
                    Audience.valueOf(row.getString("audience")),
                    row.getInt("number"),
                    Channel.valueOf(row.getString("channel")),
                    row.getTimestamp("due_at").toInstant()))
        .findOne();
  }

  /** What has waited for a day, because nothing ran, calls nobody any more. */
  private static void take(Transaction tx, Step step, Alert alert, Instant now) {
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
      Outbox.say(tx, Kind.ESCALATED, step.channel(), step.id(), alert, step.audience(), now);
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
          if (held(tx, NEXT_HELD, now).isEmpty()) {
            return false;
          }
          // Decisions are made one after the other, also with those of alerts that come.
          tx.hold(Lock.ALERTS);
          Optional<Held> found = held(tx, NEXT_HELD + "for update of v skip locked", now);
          found.ifPresent(
              held ->
                  alert(held.id(), held.detail())
                      .ifPresent(
                          alert -> notifier.resume(tx, held.id(), alert, held.audience(), now)));
          return found.isPresent();
        });
  }

  private Optional<Held> held(Transaction tx, @CompileTimeConstant String query, Instant now) {
    return tx.query(query)
        .bind("now", now)
        .bind("unreadable", unreadable())
        .map(
            (row, context) ->
                new Held(
                    row.getObject("alert", UUID.class),
                    row.getString("detail"),
                    Audience.valueOf(row.getString("audience"))))
        .findOne();
  }

  private UUID[] unreadable() {
    return unreadable.toArray(UUID[]::new);
  }

  private Optional<Alert> alert(UUID id, String json) {
    try {
      return Optional.of(RecordCodec.of(Alert.class).decode(json.getBytes(StandardCharsets.UTF_8)));
    } catch (WireException e) {
      unreadable.add(id);
      log.error("Alert {} cannot be read; nobody is called or told about it", id);
      return Optional.empty();
    }
  }
}
