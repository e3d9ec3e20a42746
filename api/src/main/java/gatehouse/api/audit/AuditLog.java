package gatehouse.api.audit;

import gatehouse.api.store.Transaction;
import org.springframework.stereotype.Component;

/**
 * The audit log. An entry is part of the transaction whose deed it records, and the last thing in
 * it: the seal locks its chain until the commit, and every door of a community writes to one chain.
 * The database gives an entry its time, its number and its seal.
 */
@Component
public final class AuditLog {

  /** Chain of what concerns no single community. */
  public static final String ORGANISATION = "organisation";

  /**
   * One entry.
   *
   * @param chain a community's id, or {@link #ORGANISATION}
   * @param who user name
   * @param role the role it acted in
   * @param address where from
   * @param action what, e.g. door.open
   * @param object on what
   * @param outcome what became of it
   * @param reason why; empty if there is nothing to say
   */
  public record Entry(
      String chain,
      String who,
      String role,
      String address,
      String action,
      String object,
      String outcome,
      String reason) {}

  /** Appends an entry when the transaction ends. */
  public void append(Transaction transaction, Entry entry) {
    transaction.last(entry.chain(), () -> insert(transaction, entry));
  }

  private static void insert(Transaction transaction, Entry entry) {
    transaction
        .update(
            """
            insert into audit.entry (chain, who, role, address, action, object, outcome, reason)
            values (:chain, :who, :role, :address, :action, :object, :outcome, :reason)
            """)
        .bind("chain", entry.chain())
        .bind("who", entry.who())
        .bind("role", entry.role())
        .bind("address", entry.address())
        .bind("action", entry.action())
        .bind("object", entry.object())
        .bind("outcome", entry.outcome())
        .bind("reason", entry.reason())
        .execute();
  }
}
