package gatehouse.api.approval;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rule of two persons: whoever asks does not decide, and only a manager does. The database
 * refuses a decision in one's own matter too.
 */
@Component
public final class Approvals {

  private final AuditLog audit;
  private final JsonMapper json;

  Approvals(AuditLog audit, JsonMapper json) {
    this.audit = audit;
    this.json = json;
  }

  /** A wish that is new. */
  public record Asked(
      UUID id, String community, Approval.Kind kind, JsonNode wish, String reason) {}

  /**
   * Writes a wish down; the same id again is the same wish.
   *
   * @throws Refusal if the id is another's
   */
  public Approval ask(Transaction tx, Account account, Asked asked, String address, Instant now) {
    int added =
        tx.update(
                """
                insert into property.approval (id, community, kind, wish, reason, asked_by,
                  asked_by_name, asked_at)
                values (:id, :community, :kind, :wish::jsonb, :reason, :by, :name, :now)
                on conflict do nothing
                """)
            .bind("id", asked.id())
            .bind("community", asked.community())
            .bind("kind", asked.kind().name())
            .bind("wish", asked.wish().toString())
            .bind("reason", asked.reason())
            .bind("by", account.id())
            .bind("name", account.displayName())
            .bind("now", now)
            .execute();
    Approval found =
        find(tx, asked.kind(), asked.id())
            .filter(one -> one.askedById().equals(account.id()))
            .orElseThrow(() -> Refusal.of(HttpStatus.CONFLICT, "approval-id-used"));
    if (added == 1) {
      record(tx, account, found, address, "ask", asked.reason());
    }
    return found;
  }

  /**
   * Decides.
   *
   * @throws Refusal if it is not the account's to decide, or was decided before
   */
  public Approval decide(
      Transaction tx,
      Account account,
      Approval.Kind kind,
      UUID id,
      boolean approve,
      String note,
      String address,
      Instant now) {
    Approval before = find(tx, kind, id).orElseThrow(Refusal::notFound);
    account.require(Duty.MANAGER);
    if (before.askedById().equals(account.id())) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "second-person-needed");
    }
    int decided =
        tx.update(
                """
                update property.approval set decision = :decision, decided_by = :by,
                  decided_by_name = :name, decided_at = :now, note = :note
                where id = :id and decision is null
                """)
            .bind("decision", approve ? "APPROVED" : "REJECTED")
            .bind("by", account.id())
            .bind("name", account.displayName())
            .bind("now", now)
            .bind("note", note)
            .bind("id", id)
            .execute();
    if (decided == 0) {
      throw Refusal.of(HttpStatus.CONFLICT, "already-decided");
    }
    Approval found = find(tx, kind, id).orElseThrow();
    record(tx, account, found, address, approve ? "approve" : "reject", note);
    return found;
  }

  /** A wish that the account of the transaction may see. */
  public Optional<Approval> find(Transaction tx, Approval.Kind kind, UUID id) {
    return tx.query("select * from property.approval where id = :id and kind = :kind")
        .bind("id", id)
        .bind("kind", kind.name())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** The newest wishes; undecided ones only, if that is asked. */
  public List<Approval> list(
      Transaction tx, Approval.Kind kind, @Nullable String community, boolean open) {
    return tx.query(
            """
            select * from property.approval
            where kind = :kind and (:community::text is null or community = :community)
              and (not :open or decision is null)
            order by asked_at desc, id limit 500
            """)
        .bind("kind", kind.name())
        .bind("community", community)
        .bind("open", open)
        .map((row, context) -> read(row))
        .list();
  }

  /** How many wishes of a kind the account has had since. */
  public int asked(Transaction tx, Account account, Approval.Kind kind, Instant since) {
    return tx.query(
            """
            select count(*) from property.approval
            where asked_by = :account and kind = :kind and asked_at > :since
            """)
        .bind("account", account.id())
        .bind("kind", kind.name())
        .bind("since", since)
        .mapTo(Integer.class)
        .one();
  }

  private Approval read(ResultSet row) throws SQLException {
    String decision = row.getString("decision");
    Timestamp decidedAt = row.getTimestamp("decided_at");
    return new Approval(
        row.getObject("id", UUID.class),
        row.getString("community"),
        Approval.Kind.valueOf(row.getString("kind")),
        json.readTree(row.getString("wish")),
        row.getString("reason"),
        row.getObject("asked_by", UUID.class),
        row.getString("asked_by_name"),
        row.getTimestamp("asked_at").toInstant(),
        decision == null ? Approval.State.ASKED : Approval.State.valueOf(decision),
        row.getString("decided_by_name"),
        decidedAt == null ? null : decidedAt.toInstant(),
        row.getString("note"));
  }

  private void record(
      Transaction tx,
      Account account,
      Approval approval,
      String address,
      String verb,
      String reason) {
    String kind = approval.kind().name().toLowerCase(Locale.ROOT);
    audit.append(
        tx,
        new AuditLog.Entry(
            approval.community(),
            account.username(),
            account.role().name(),
            address,
            kind + "." + verb,
            kind + " " + approval.id(),
            "DONE",
            reason));
  }
}
