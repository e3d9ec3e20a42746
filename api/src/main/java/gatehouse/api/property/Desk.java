package gatehouse.api.property;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who of the property's staff acts, from where, and when. */
record Desk(Account account, String address, Instant now) {

  static Desk of(Account account, HttpServletRequest request, Instant now) {
    return new Desk(account, request.getRemoteAddr(), now);
  }

  /** As others know whoever acts. */
  String name() {
    return account.displayName();
  }

  /** An entry of the audit log. */
  AuditLog.Entry entry(String community, String action, String object, String reason) {
    return new AuditLog.Entry(
        community,
        account.username(),
        account.role().name(),
        address,
        action,
        object,
        "DONE",
        reason);
  }

  /**
   * A community of a request, into which the account may look.
   *
   * @throws Refusal if it is missing or not for the account
   */
  static String community(Account account, @Nullable String text) {
    String community = Inputs.required("community", Inputs.id("community", text));
    if (!account.sees(community) || community.equals(AuditLog.ORGANISATION)) {
      throw Refusal.notFound();
    }
    return community;
  }
}
