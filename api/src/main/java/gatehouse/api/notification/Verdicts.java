package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.alert.Subject;
import gatehouse.api.alert.Telling.Outcome;
import gatehouse.api.notification.Situation.Told;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was decided, in the database: it is known again after any restart. */
final class Verdicts {

  private Verdicts() {}

  /** The newest decision about an alert for an audience. */
  record Recorded(Outcome outcome, Severity severity) {}

  static Optional<Recorded> find(Transaction tx, UUID alert, Audience audience) {
    return tx.query(
            """
            select outcome, severity from notification.verdict
            where alert = :alert and audience = :audience
            """)
        .bind("alert", alert)
        .bind("audience", audience.name())
        .map(
            (row, context) ->
                new Recorded(
                    Outcome.valueOf(row.getString("outcome")),
                    Severity.valueOf(row.getString("severity"))))
        .findOne();
  }

  /** What the audience was told on a day, there. */
  static Told told(Transaction tx, Alert alert, Audience audience, LocalDate day) {
    return tx.query(
            """
            select count(*) as told,
              count(*) filter (where model = :model) as of_model,
              count(*) filter (where model = :model and subject = :subject) as of_subject
            from notification.verdict
            where community = :community and audience = :audience and day = :day
              and outcome = 'TOLD'
            """)
        .bind("community", alert.community())
        .bind("audience", audience.name())
        .bind("day", day)
        .bind("model", alert.model())
        .bind("subject", subject(alert))
        .map(
            (row, context) ->
                new Told(row.getInt("of_subject"), row.getInt("of_model"), row.getInt("told")))
        .one();
  }

  static void save(
      Transaction tx,
      UUID id,
      Alert alert,
      Audience audience,
      Verdict verdict,
      @Nullable UUID digest,
      LocalDate day,
      Instant now) {
    tx.update(
            """
            insert into notification.verdict as v (alert, audience, community, model, subject,
              severity, outcome, reason, cause, digest, day, decided_at, told_at)
            values (:alert, :audience, :community, :model, :subject, :severity, :outcome, :reason,
              :cause, :digest, :day, :now, :told)
            on conflict (alert, audience) do update set severity = excluded.severity,
              outcome = excluded.outcome, reason = excluded.reason, cause = excluded.cause,
              digest = coalesce(excluded.digest, v.digest), day = excluded.day,
              decided_at = excluded.decided_at, told_at = excluded.told_at
            """)
        .bind("alert", id)
        .bind("audience", audience.name())
        .bind("community", alert.community())
        .bind("model", alert.model())
        .bind("subject", subject(alert))
        .bind("severity", alert.severity().name())
        .bind("outcome", verdict.outcome().name())
        .bind("reason", verdict.reason().name())
        .bind("cause", verdict.cause())
        .bind("digest", digest)
        .bind("day", day)
        .bind("now", now)
        .bind("told", verdict.outcome() == Outcome.TOLD ? now : null)
        .execute();
  }

  static void raise(Transaction tx, UUID alert, Audience audience, Severity to) {
    tx.update(
            """
            update notification.verdict set severity = :severity
            where alert = :alert and audience = :audience
            """)
        .bind("severity", to.name())
        .bind("alert", alert)
        .bind("audience", audience.name())
        .execute();
  }

  /** The subject that a cap counts: the most specific one, which models name first. */
  private static String subject(Alert alert) {
    if (alert.subjects().isEmpty()) {
      return "";
    }
    Subject first = alert.subjects().get(0);
    return first.type() + ':' + first.id();
  }
}
