package gatehouse.api.alert;

import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody takes an alert (签收); whatever would still be said of it is stopped by the database. */
public final class Acknowledging {

  private Acknowledging() {}

  /**
   * Takes the alert; who took it first stays.
   *
   * @param who as people know them
   */
  public static void write(
      Transaction tx, UUID id, String who, @Nullable String note, Instant now) {
    tx.update(
            """
            update alert.alert set handling = 'ACKNOWLEDGED',
              acknowledged_by = coalesce(acknowledged_by, :who),
              acknowledged_at = coalesce(acknowledged_at, :now)
            where id = :id and handling <> 'RESOLVED'
            """)
        .bind("who", who)
        .bind("now", now)
        .bind("id", id)
        .execute();
    AlertHistory.add(tx, id, who, "ACKNOWLEDGED", note, now);
  }
}
