package gatehouse.api.police;

import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Who said yes to what; whoever asked does not count. */
@Component
final class CaseApprovals {

  /** What needs a second person. */
  enum Deed {
    CASE,
    WATCH_ORDER,
    LOOK_UP,
    EXPORT
  }

  /**
   * Says yes; a second time changes nothing.
   *
   * @return whether it was the first time
   * @throws Refusal own-request
   */
  boolean give(
      Transaction tx,
      Deed deed,
      UUID thing,
      UUID caseFile,
      UUID askedBy,
      Account account,
      Instant now) {
    if (askedBy.equals(account.id())) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "own-request");
    }
    return tx.update(
                """
                insert into police.approval (deed, thing, case_file, account, supervisor, at)
                values (:deed, :thing, :case, :account, :supervisor, :now)
                on conflict do nothing
                """)
            .bind("deed", deed.name())
            .bind("thing", thing)
            .bind("case", caseFile)
            .bind("account", account.id())
            .bind("supervisor", account.may(Duty.SUPERVISOR))
            .bind("now", now)
            .execute()
        == 1;
  }

  /** User names of those who said yes and did not ask. */
  List<String> of(Transaction tx, Deed deed, UUID thing, UUID askedBy) {
    return tx.query(
            """
            select u.username from police.approval a join identity.account u on u.id = a.account
            where a.deed = :deed and a.thing = :thing and a.account <> :askedBy
            order by a.at, u.username
            """)
        .bind("deed", deed.name())
        .bind("thing", thing)
        .bind("askedBy", askedBy)
        .mapTo(String.class)
        .list();
  }
}
