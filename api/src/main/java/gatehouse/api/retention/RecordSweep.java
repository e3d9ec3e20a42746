package gatehouse.api.retention;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.ToIntFunction;

/** Deletes what people and systems have written, said and done. */
final class RecordSweep {

  private static final int PIECE = 500;

  private final Store store;
  private final AuditLog audit;

  RecordSweep(Store store, AuditLog audit) {
    this.store = store;
    this.audit = audit;
  }

  /** Alerts that are done with. One that a case or an order still names is kept. */
  Swept alerts(Instant cutOff) {
    long rows = 0;
    long kept = 0;
    Swept last = new Swept(PIECE, 0);
    while (last.rows() + last.kept() == PIECE) {
      int skip = (int) kept;
      last = store.in(Scope.NOBODY, tx -> doneAlerts(tx, cutOff, skip));
      rows += last.rows();
      kept += last.kept();
    }
    return new Swept(rows, kept);
  }

  Swept reports(Instant cutOff) {
    return in(
        tx ->
            tx.update("delete from dialogue.report where state = 'CLOSED' and state_at < :cutOff")
                .bind("cutOff", cutOff)
                .execute());
  }

  Swept messages(Instant cutOff) {
    return in(
        tx ->
            tx.update("delete from resident.notice where at < :cutOff")
                    .bind("cutOff", cutOff)
                    .execute()
                + tx.update(
                        """
                        delete from notification.message
                        where at < :cutOff and (published_at is not null or stopped_at is not null)
                        """)
                    .bind("cutOff", cutOff)
                    .execute()
                + tx.update(
                        """
                        delete from webhook.delivery
                        where created_at < :cutOff and (state <> 'WAITING' or give_up_at < :cutOff)
                        """)
                    .bind("cutOff", cutOff)
                    .execute()
                + tx.update("delete from dialogue.news where expires_at < :cutOff")
                    .bind("cutOff", cutOff)
                    .execute());
  }

  Swept disclosures(Instant cutOff) {
    return in(
        tx ->
            tx.update("delete from person.disclosure where at < :cutOff")
                .bind("cutOff", cutOff)
                .execute());
  }

  Swept sessions(Instant cutOff) {
    return in(
        tx ->
            tx.update("delete from identity.spring_session where expiry_time < :cutOff")
                    .bind("cutOff", cutOff.toEpochMilli())
                    .execute()
                + tx.update("delete from identity.login_failure where last_at < :cutOff")
                    .bind("cutOff", cutOff)
                    .execute()
                + tx.update("delete from dialogue.report_count where day < :day")
                    .bind("day", LocalDate.ofInstant(cutOff, ZoneOffset.UTC))
                    .execute());
  }

  /**
   * The beginnings of the chains; what follows can still be checked. That it was done is in them.
   */
  Swept audit(Instant cutOff, Instant now) {
    return store.in(
        Scope.NOBODY,
        tx -> {
          tx.execute("set local statement_timeout = '50s'");
          long rows =
              tx.query("select audit.delete_before(:cutOff, :now)")
                  .bind("cutOff", cutOff)
                  .bind("now", now)
                  .mapTo(Long.class)
                  .one();
          tx.update(
                  """
                  delete from audit.anchored_head
                  where anchor in (select id from audit.anchor where at < :cutOff)
                  """)
              .bind("cutOff", cutOff)
              .execute();
          tx.update("delete from audit.anchor where at < :cutOff").bind("cutOff", cutOff).execute();
          if (rows > 0) {
            audit.append(
                tx,
                new AuditLog.Entry(
                    AuditLog.ORGANISATION,
                    "gatehouse",
                    "",
                    "",
                    "retention.delete",
                    "audit before " + cutOff,
                    "DONE",
                    rows + " entries"));
          }
          return new Swept(rows, 0);
        });
  }

  private static Swept doneAlerts(Transaction tx, Instant cutOff, int skip) {
    return tx.query("select gone, kept from alert.delete_done(:cutOff, :skip, :most)")
        .bind("cutOff", cutOff)
        .bind("skip", skip)
        .bind("most", PIECE)
        .map((row, context) -> new Swept(row.getLong(1), row.getLong(2)))
        .one();
  }

  private Swept in(ToIntFunction<Transaction> work) {
    return new Swept(store.in(Scope.NOBODY, work::applyAsInt), 0);
  }
}
