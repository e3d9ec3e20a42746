package gatehouse.api.alert;

import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was done about an alert, for whoever may see the alert. */
final class AlertHistory {

  private AlertHistory() {}

  static void add(
      Transaction tx, UUID id, String who, String what, @Nullable String note, Instant now) {
    tx.update(
            """
            insert into alert.history (alert, community, audiences, at, who, what, note)
            select id, community, audiences, :now, :who, :what, :note
            from alert.alert where id = :id
            """)
        .bind("id", id)
        .bind("now", now)
        .bind("who", who)
        .bind("what", what)
        .bind("note", note)
        .execute();
  }
}
