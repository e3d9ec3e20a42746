package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.Audience;
import gatehouse.alert.Evidence;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.api.alert.Telling;
import gatehouse.api.notification.Situation.Hold;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What holds an alert back: silences and maintenance of its audience, and other alerts. */
final class Holds {

  private Holds() {}

  /**
   * The hold, if there is one.
   *
   * @param resumed whether the alert was held back before: then only what holds now counts, and not
   *     what held when the alert was concluded
   */
  static @Nullable Hold find(
      Transaction tx, Alert alert, Audience audience, Instant now, boolean resumed) {
    return silence(tx, alert, audience, now, resumed ? now : alert.detectedAt())
        .or(() -> inhibition(tx, alert))
        .orElse(null);
  }

  /**
   * Work that went on when the alert was concluded explains it, even if it comes a little later.
   */
  private static Optional<Hold> silence(
      Transaction tx, Alert alert, Audience audience, Instant now, Instant concluded) {
    return tx.query(
            """
            select s.kind, s.id from notification.silence s
            where s.community = :community and s.audience = :audience
              and (s.model is null or s.model = :model)
              and (s.place is null or s.place = :place)
              and (s.device is null or s.device = any (:devices))
              and (s.subject is null or s.subject = any (:subjects))
              and s.starts <= case s.kind when 'MAINTENANCE' then :concluded::timestamptz
                  else :now::timestamptz end
              and least(s.ends, s.ended_at)
                > case s.kind when 'MAINTENANCE' then :concluded::timestamptz
                  else :now::timestamptz end
            order by s.kind, s.ends desc limit 1
            """)
        .bind("community", alert.community())
        .bind("audience", audience.name())
        .bind("model", alert.model())
        .bind("place", alert.place())
        .bind("devices", devices(alert))
        .bind("subjects", alert.subjects().stream().map(Subject::id).toArray(String[]::new))
        .bind("concluded", concluded)
        .bind("now", now)
        .map(
            (row, context) ->
                new Hold(Telling.Reason.valueOf(row.getString("kind")), row.getString("id")))
        .findOne();
  }

  private static Optional<Hold> inhibition(Transaction tx, Alert alert) {
    return Inhibition.of(alert.model()).stream()
        .flatMap(rule -> source(tx, alert, rule).stream())
        .findFirst()
        .map(source -> new Hold(Telling.Reason.INHIBITED, source.toString()));
  }

  private static Optional<UUID> source(Transaction tx, Alert alert, Inhibition rule) {
    return tx.query(
            """
            select a.id from alert.alert a
            where a.community = :community and a.model = :source and a.state = 'OPEN'
              and a.handling <> 'RESOLVED' and a.attention <> 'HISTORIC'
              and a.severity = any (:severities)
              and (:anywhere or a.place = :place or a.subjects && :devices::text[])
            order by a.first_event_time limit 1
            """)
        .bind("community", alert.community())
        .bind("source", rule.source())
        .bind(
            "severities",
            Arrays.stream(Severity.values())
                .filter(one -> one.compareTo(rule.mildest()) <= 0)
                .map(Severity::name)
                .toArray(String[]::new))
        .bind("anywhere", rule.reach() == Inhibition.Reach.COMMUNITY)
        .bind("place", alert.place())
        .bind("devices", rule.reach() == Inhibition.Reach.DEVICE ? devices(alert) : new String[0])
        .mapTo(UUID.class)
        .findOne();
  }

  private static String[] devices(Alert alert) {
    return alert.evidence().stream().map(Evidence::device).distinct().toArray(String[]::new);
  }
}
