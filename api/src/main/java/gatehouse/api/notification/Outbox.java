package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.Audience;
import gatehouse.alert.Explanation;
import gatehouse.alert.Severity;
import gatehouse.api.alert.Masking;
import gatehouse.api.store.Transaction;
import gatehouse.notification.Channel;
import gatehouse.notification.Notification.Kind;
import gatehouse.wire.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is to be said. It is written in the transaction that decides it; {@link Publishing} sends it
 * to Kafka afterwards, so that nothing is said that was not decided, and nothing is forgotten.
 */
final class Outbox {

  private Outbox() {}

  /** Something to say about one alert. */
  static void say(
      Transaction tx,
      Kind kind,
      Channel channel,
      UUID id,
      Alert alert,
      Audience audience,
      Instant now) {
    List<String> persons = Recipients.of(tx, alert, audience, channel, now);
    tx.update(
            """
            insert into notification.message (kind, channel, alert, community, audience, persons,
              model, place, severity, explanation, at)
            values (:kind, :channel, :alert, :community, :audience, :persons, :model, :place,
              :severity, :explanation::jsonb, :now)
            """)
        .bind("kind", kind.name())
        .bind("channel", channel.name())
        .bind("alert", id)
        .bind("community", alert.community())
        .bind("audience", audience.name())
        .bind("persons", persons.toArray(String[]::new))
        .bind("model", alert.model())
        .bind("place", alert.place())
        .bind("severity", alert.severity().name())
        .bind("explanation", json(explanation(alert, audience)))
        .bind("now", now)
        .execute();
  }

  /** That the alerts of a day are used up: further ones of the model are only counted. */
  static void sayUsedUp(
      Transaction tx, Alert alert, Audience audience, Severity severity, Instant now) {
    tx.update(
            """
            insert into notification.message
              (kind, channel, community, audience, model, severity, at)
            values ('BUDGET', 'APP', :community, :audience, :model, :severity, :now)
            """)
        .bind("community", alert.community())
        .bind("audience", audience.name())
        .bind("model", alert.model())
        .bind("severity", severity.name())
        .bind("now", now)
        .execute();
  }

  /** Takes back what was said, where it was said. */
  static void withdraw(Transaction tx, UUID alert, Audience audience, Instant now) {
    tx.update(
            """
            insert into notification.message
              (kind, channel, alert, community, audience, persons, model, place, severity, at)
            select distinct on (m.channel)
              'WITHDRAWN', m.channel, m.alert, m.community, m.audience, m.persons, m.model, m.place,
              m.severity, :now
            from notification.message m
            where m.alert = :alert and m.audience = :audience
              and m.kind in ('ALERT', 'RAISED', 'ESCALATED')
              and not exists (
                select from notification.message w
                where w.alert = m.alert and w.audience = m.audience and w.kind = 'WITHDRAWN')
            order by m.channel, m.seq desc
            """)
        .bind("alert", alert)
        .bind("audience", audience.name())
        .bind("now", now)
        .execute();
  }

  /** As whoever reads it may: only the police see which person or vehicle it is. */
  private static Explanation explanation(Alert alert, Audience audience) {
    return audience == Audience.POLICE
        ? alert.explanation()
        : Masking.explanation(alert, alert.explanation());
  }

  private static String json(Explanation explanation) {
    return new String(
        RecordCodec.of(Explanation.class).encode(explanation), StandardCharsets.UTF_8);
  }
}
