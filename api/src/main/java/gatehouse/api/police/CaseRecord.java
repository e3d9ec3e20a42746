package gatehouse.api.police;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes down what is done in a case: in its own history and in the audit log, together. */
@Component
final class CaseRecord {

  private final AuditLog audit;

  CaseRecord(AuditLog audit) {
    this.audit = audit;
  }

  /**
   * A deed.
   *
   * @param caseFile the case
   * @param number its number
   * @param chain of the audit log
   * @param action what, e.g. case.approve
   * @param object on what; for a look-up of one subject, that subject
   * @param outcome what became of it
   * @param detail the rest, without personal data
   */
  record Deed(
      UUID caseFile,
      String number,
      String chain,
      String action,
      String object,
      String outcome,
      String detail) {}

  /** Writes a deed down. */
  void append(Transaction tx, Account account, Deed deed, Instant now, String address) {
    tx.update(
            """
            insert into police.history (case_file, account, at, action, object, detail)
            values (:case, :account, :now, :action, :object, :detail)
            """)
        .bind("case", deed.caseFile())
        .bind("account", account.id())
        .bind("now", now)
        .bind("action", deed.action())
        .bind("object", deed.object())
        .bind("detail", deed.outcome() + (deed.detail().isEmpty() ? "" : " " + deed.detail()))
        .execute();
    audit.append(
        tx,
        new AuditLog.Entry(
            deed.chain(),
            account.username(),
            account.role().name(),
            address,
            deed.action(),
            deed.object(),
            deed.outcome(),
            ("case=" + deed.number() + " " + deed.detail()).strip()));
  }

  /** The chain of a case: its community's, if it has only one. */
  static String chain(CaseView found) {
    return found.communities().size() == 1 ? found.communities().get(0) : AuditLog.ORGANISATION;
  }
}
