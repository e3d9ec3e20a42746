package gatehouse.api.resident;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.identity.Account;
import java.time.Instant;

/** Who acts, from where, and when. */
record Caller(Account account, String address, Instant now) {

  String id() {
    return account.id().toString();
  }

  /** An entry of the audit log. */
  AuditLog.Entry entry(String community, String action, String object) {
    return new AuditLog.Entry(
        community, account.username(), account.role().name(), address, action, object, "DONE", "");
  }
}
