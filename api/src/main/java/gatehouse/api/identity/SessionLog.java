package gatehouse.api.identity;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** What accounts do to themselves, in the audit log. */
@Component
final class SessionLog {

  private final Store store;
  private final AuditLog audit;

  SessionLog(@Qualifier("identities") Store store, AuditLog audit) {
    this.store = store;
    this.audit = audit;
  }

  void record(Account account, String address, String action, String outcome) {
    store.run(
        Scope.NOBODY,
        tx ->
            audit.append(
                tx,
                new AuditLog.Entry(
                    AuditLog.ORGANISATION,
                    account.username(),
                    account.role().name(),
                    address,
                    action,
                    account.username(),
                    outcome,
                    "")));
  }
}
