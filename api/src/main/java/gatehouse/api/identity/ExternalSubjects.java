package gatehouse.api.identity;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Refusal;
import gatehouse.api.oidc.ExternalToken;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Links of accounts to who they are at an identity provider. */
@Component
final class ExternalSubjects {

  private final Store requests;
  private final Store owner;
  private final AuditLog audit;

  ExternalSubjects(
      @Qualifier("identities") Store requests,
      @Qualifier("consumers") Store owner,
      AuditLog audit) {
    this.requests = requests;
    this.owner = owner;
    this.audit = audit;
  }

  /**
   * Links the account to the subject of a token, instead of any other at that issuer.
   *
   * @throws Refusal if somebody else is linked to it
   */
  void link(Account account, ExternalToken token, String address) {
    requests.run(
        account.scope(),
        tx -> {
          remove(tx, account.id());
          int linked =
              tx.update(
                      """
                      insert into identity.external_subject (issuer, subject, account)
                      values (:issuer, :subject, :account) on conflict do nothing
                      """)
                  .bind("issuer", token.issuer())
                  .bind("subject", token.subject())
                  .bind("account", account.id())
                  .execute();
          if (linked == 0) {
            throw Refusal.of(HttpStatus.CONFLICT, "identity-linked-elsewhere");
          }
          record(tx, account, address, "identity.link");
        });
  }

  /** Ends the account's links; no token of it is good any more. */
  void unlink(Account account, String address) {
    requests.run(
        account.scope(),
        tx -> {
          if (remove(tx, account.id()) > 0) {
            record(tx, account, address, "identity.unlink");
          }
        });
  }

  /** Links an account that was made from a file. */
  void provision(String username, String issuer, String subject) {
    owner.run(
        Scope.NOBODY,
        tx ->
            tx.update(
                    """
                    insert into identity.external_subject (issuer, subject, account)
                    select :issuer, :subject, id from identity.account
                    where username = lower(:username)
                    on conflict do nothing
                    """)
                .bind("issuer", issuer)
                .bind("subject", subject)
                .bind("username", username)
                .execute());
  }

  private static int remove(Transaction tx, UUID account) {
    return tx.update("delete from identity.external_subject where account = :account")
        .bind("account", account)
        .execute();
  }

  private void record(Transaction tx, Account account, String address, String action) {
    audit.append(
        tx,
        new AuditLog.Entry(
            AuditLog.ORGANISATION,
            account.username(),
            account.role().name(),
            address,
            action,
            account.username(),
            "DONE",
            ""));
  }
}
