package gatehouse.api.alert;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Subject;
import gatehouse.api.consumer.RecordException;
import gatehouse.api.consumer.RecordSink;
import gatehouse.api.store.Transaction;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps the newest revision of each alert, however often and in whatever order revisions come. What
 * people did about an alert stays. An alert that began as a historic one stays one, and none
 * becomes one: people were told of it, or were not.
 */
@Component
public final class AlertIntake implements RecordSink {

  private static final Pattern ESCAPED_ZERO = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

  private final List<RevisionListener> listeners;
  private final Clock clock;

  AlertIntake(List<RevisionListener> listeners, Clock clock) {
    this.listeners = listeners;
    this.clock = clock;
  }

  private record Before(int revision, AlertState state) {}

  @Override
  public void write(Transaction tx, List<ConsumerRecord<byte[], byte[]>> records)
      throws RecordException {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      byte @Nullable [] value = record.value();
      if (value != null) {
        write(tx, LawfulAudiences.of(decode(value)));
      }
    }
  }

  private void write(Transaction tx, Alert alert) throws RecordException {
    UUID id = uuid(alert.id());
    Before before =
        tx.query("select revision, state from alert.alert where id = :id for update")
            .bind("id", id)
            .map(
                (row, context) ->
                    new Before(row.getInt("revision"), AlertState.valueOf(row.getString("state"))))
            .findOne()
            .orElse(null);
    if (before != null && before.revision() >= alert.revision()) {
      return;
    }
    Instant now = clock.instant();
    store(tx, id, alert, now);
    if (before == null || before.state() != alert.state()) {
      note(tx, id, alert, now);
    }
    listeners.forEach(one -> one.onRevision(tx, id, alert, now));
  }

  private static void store(Transaction tx, UUID id, Alert alert, Instant now) {
    tx.update(
            """
            insert into alert.alert as a (id, revision, state, model, community, place, severity,
              audiences, subjects, first_event_time, last_event_time, detected_at, received_at,
              detail, attention)
            values (:id, :revision, :state, :model, :community, :place, :severity, :audiences,
              :subjects, :first, :last, :detected, :now, :detail::jsonb,
              :attention)
            on conflict (id) do update set revision = excluded.revision, state = excluded.state,
              place = excluded.place, severity = excluded.severity,
              audiences = excluded.audiences, subjects = excluded.subjects,
              first_event_time = excluded.first_event_time,
              last_event_time = excluded.last_event_time, detected_at = excluded.detected_at,
              detail = excluded.detail,
              attention = case when 'HISTORIC' in (a.attention, excluded.attention)
                then a.attention else excluded.attention end
            where a.revision < excluded.revision
            """)
        .bind("id", id)
        .bind("revision", alert.revision())
        .bind("state", alert.state().name())
        .bind("model", alert.model())
        .bind("community", alert.community())
        .bind("place", alert.place())
        .bind("severity", alert.severity().name())
        .bind("audiences", audiences(alert))
        .bind("subjects", alert.subjects().stream().map(Subject::id).toArray(String[]::new))
        .bind("attention", alert.attention().name())
        .bind("first", alert.firstEventTime())
        .bind("last", alert.lastEventTime())
        .bind("detected", alert.detectedAt())
        .bind("now", now)
        .bind(
            "detail", new String(RecordCodec.of(Alert.class).encode(alert), StandardCharsets.UTF_8))
        .execute();
  }

  private static void note(Transaction tx, UUID id, Alert alert, Instant now) {
    tx.update(
            """
            insert into alert.history (alert, community, audiences, at, who, what)
            values (:id, :community, :audiences, :now, :model, :state)
            """)
        .bind("id", id)
        .bind("community", alert.community())
        .bind("audiences", audiences(alert))
        .bind("now", now)
        .bind("model", alert.model())
        .bind("state", alert.state().name())
        .execute();
  }

  /** PostgreSQL's texts cannot hold the character zero. */
  private static byte[] storable(byte[] json) {
    return ESCAPED_ZERO
        .matcher(new String(json, StandardCharsets.UTF_8))
        .replaceAll("$1\\\\ufffd")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String[] audiences(Alert alert) {
    return alert.audiences().stream().map(Audience::name).sorted().toArray(String[]::new);
  }

  private static Alert decode(byte[] json) throws RecordException {
    try {
      return RecordCodec.of(Alert.class).decode(storable(json));
    } catch (WireException e) {
      throw new RecordException(String.valueOf(e.getMessage()));
    }
  }

  private static UUID uuid(String text) throws RecordException {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new RecordException("the id of an alert is a UUID");
    }
  }
}
