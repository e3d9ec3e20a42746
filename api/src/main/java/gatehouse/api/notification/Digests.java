package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.Audience;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** Alerts that an audience was not told of one by one, counted (汇总). */
final class Digests {

  private Digests() {}

  /** A digest after one more alert went into it. */
  record Counted(UUID id, int alerts) {}

  static Counted count(
      Transaction tx, Alert alert, Audience audience, Verdict verdict, LocalDate day, Instant now) {
    return tx.query(
            """
            insert into notification.digest as d
              (community, audience, model, reason, cause, day, alerts, first_at, last_at)
            values (:community, :audience, :model, :reason, :cause, :day, 1, :now, :now)
            on conflict (community, audience, model, reason, cause, day) do update
              set alerts = d.alerts + 1, last_at = excluded.last_at
            returning id, alerts
            """)
        .bind("community", alert.community())
        .bind("audience", audience.name())
        .bind("model", alert.model())
        .bind("reason", verdict.reason().name())
        .bind("cause", verdict.cause())
        .bind("day", day)
        .bind("now", now)
        .map((row, context) -> new Counted(row.getObject("id", UUID.class), row.getInt("alerts")))
        .one();
  }
}
