package gatehouse.api.purpose;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The only way to personal look-ups of the police: through a case that is in force and of which the
 * caller is a member. What it refuses is in the audit log too. The database shows nothing outside
 * the scope of the case, whatever is asked inside.
 */
@Component
public final class CaseGate {

  private final Store store;
  private final AuditLog audit;

  CaseGate(@Qualifier("requests") Store store, AuditLog audit) {
    this.store = store;
    this.audit = audit;
  }

  /**
   * What somebody wants to do in a case.
   *
   * @param caseFile id of the case; null if none was named
   * @param action as the audit log calls it
   * @param address where from
   */
  public record Use(@Nullable String caseFile, String action, String address) {}

  private record Row(String number, Instant opens, Instant ends, boolean member, boolean inForce) {}

  /**
   * Does work in a transaction that acts in the case.
   *
   * @throws Refusal case-required, not-found, not-a-member, case-not-in-force, or what the work
   *     refuses
   */
  public <T extends @Nullable Object> T in(
      Account account, Use use, BiFunction<Transaction, CaseScope, T> work) {
    if (use.caseFile() == null || use.caseFile().isEmpty()) {
      throw refused(account, use, Refusal.of(HttpStatus.FORBIDDEN, "case-required"));
    }
    UUID id = Inputs.uuid(use.caseFile());
    try {
      return store.in(account.scope().within(id), tx -> work.apply(tx, enter(tx, id)));
    } catch (Refusal refusal) {
      throw refused(account, use, refusal);
    }
  }

  private static CaseScope enter(Transaction tx, UUID id) {
    Row row =
        tx.query(
                """
                select c.number, c.opens, c.ends, police.is_member(c.id) as member,
                  police.in_force(c.id) as in_force
                from police.case_file c where c.id = :id
                """)
            .bind("id", id)
            .map(
                (found, context) ->
                    new Row(
                        found.getString("number"),
                        found.getTimestamp("opens").toInstant(),
                        found.getTimestamp("ends").toInstant(),
                        found.getBoolean("member"),
                        found.getBoolean("in_force")))
            .findOne()
            .orElseThrow(Refusal::notFound);
    if (!row.member()) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "not-a-member");
    }
    if (!row.inForce()) {
      throw Refusal.of(HttpStatus.CONFLICT, "case-not-in-force");
    }
    List<CaseScope.Area> areas =
        tx.query("select community, place from police.area where case_file = :id order by 1, 2")
            .bind("id", id)
            .map(
                (area, context) ->
                    new CaseScope.Area(area.getString("community"), area.getString("place")))
            .list();
    return new CaseScope(id, row.number(), areas, row.opens(), row.ends());
  }

  private Refusal refused(Account account, Use use, Refusal refusal) {
    store.run(
        account.scope(),
        tx ->
            audit.append(
                tx,
                new AuditLog.Entry(
                    AuditLog.ORGANISATION,
                    account.username(),
                    account.role().name(),
                    use.address(),
                    use.action(),
                    use.caseFile() == null ? "" : use.caseFile(),
                    "REFUSED",
                    String.valueOf(refusal.getMessage()))));
    return refusal;
  }
}
