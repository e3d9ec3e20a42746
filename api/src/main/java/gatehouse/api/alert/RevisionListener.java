package gatehouse.api.alert;

import gatehouse.alert.Alert;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.UUID;

/** Hears of each new revision of an alert, in the transaction that stores it. */
public interface RevisionListener {

  /**
   * After a revision was stored.
   *
   * @param alert the revision, with no other audiences than lawful ones
   */
  void onRevision(Transaction tx, UUID id, Alert alert, Instant now);
}
