package gatehouse.api.notification;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Silences in the database, as an account may see and set them. */
@Component
final class SilenceStore {

  private final Store store;
  private final AuditLog audit;

  SilenceStore(@Qualifier("requests") Store store, AuditLog audit) {
    this.store = store;
    this.audit = audit;
  }

  /** A silence to be set. */
  record New(
      UUID id,
      String community,
      Silence.Kind kind,
      @Nullable String model,
      @Nullable String place,
      @Nullable String device,
      @Nullable String subject,
      String reason,
      Instant starts,
      Instant ends) {}

  /** Those that end after an instant, the next to end first. */
  List<Silence> list(Account account, @Nullable String community, Instant after, Instant now) {
    return store.in(
        account.scope(),
        tx ->
            tx.query(
                    """
                    select s.*, least(s.ends, s.ended_at) as until, (
                        select coalesce(sum(d.alerts), 0) from notification.digest d
                        where d.community = s.community and d.audience = s.audience
                          and d.cause = s.id::text) as held
                    from notification.silence s
                    where least(s.ends, s.ended_at) > :after
                      and (:community::text is null or s.community = :community)
                    order by until, s.id limit 1000
                    """)
                .bind("after", after)
                .bind("community", community)
                .map((row, context) -> read(row, now))
                .list());
  }

  Silence set(Account account, New silence, Instant now, String address) {
    return store.in(
        account.scope(),
        tx -> {
          int set =
              tx.update(
                      """
                      insert into notification.silence (id, community, audience, kind, model, place,
                        device, subject, reason, owner, starts, ends, created_at)
                      values (:id, :community, :audience, :kind, :model, :place, :device, :subject,
                        :reason, :owner, :starts, :ends, :now)
                      on conflict do nothing
                      """)
                  .bind("id", silence.id())
                  .bind("community", silence.community())
                  .bind("audience", account.role().name())
                  .bind("kind", silence.kind().name())
                  .bind("model", silence.model())
                  .bind("place", silence.place())
                  .bind("device", silence.device())
                  .bind("subject", silence.subject())
                  .bind("reason", silence.reason())
                  .bind("owner", account.displayName())
                  .bind("starts", silence.starts())
                  .bind("ends", silence.ends())
                  .bind("now", now)
                  .execute();
          // Somebody else's id is not there for this account: nothing was set, nothing is found.
          Silence found =
              find(tx, silence.id(), now)
                  .orElseThrow(() -> Refusal.of(HttpStatus.CONFLICT, "silence-id-used"));
          if (set == 1) {
            record(tx, account, found, address, "silence.set");
          }
          return found;
        });
  }

  Silence end(Account account, UUID id, Instant now, String address) {
    return store.in(
        account.scope(),
        tx -> {
          int ended =
              tx.update(
                      """
                      update notification.silence set ended_by = :by, ended_at = :now
                      where id = :id and least(ends, ended_at) > :now
                      """)
                  .bind("by", account.displayName())
                  .bind("now", now)
                  .bind("id", id)
                  .execute();
          Silence found = find(tx, id, now).orElseThrow(Refusal::notFound);
          if (ended == 1) {
            record(tx, account, found, address, "silence.end");
          }
          return found;
        });
  }

  private static Optional<Silence> find(Transaction tx, UUID id, Instant now) {
    return tx.query(
            """
            select s.*, least(s.ends, s.ended_at) as until, (
                select coalesce(sum(d.alerts), 0) from notification.digest d
                where d.community = s.community and d.audience = s.audience
                  and d.cause = s.id::text) as held
            from notification.silence s where s.id = :id
            """)
        .bind("id", id)
        .map((row, context) -> read(row, now))
        .findOne();
  }

  private static Silence read(ResultSet row, Instant now) throws SQLException {
    Instant starts = row.getTimestamp("starts").toInstant();
    Instant until = row.getTimestamp("until").toInstant();
    return new Silence(
        row.getString("id"),
        row.getString("community"),
        Silence.Kind.valueOf(row.getString("kind")),
        row.getString("model"),
        row.getString("place"),
        row.getString("device"),
        row.getString("subject"),
        row.getString("reason"),
        row.getString("owner"),
        starts,
        until,
        !until.isAfter(now)
            ? Silence.State.ENDED
            : starts.isAfter(now) ? Silence.State.PLANNED : Silence.State.ACTIVE,
        row.getInt("held"));
  }

  private void record(
      Transaction tx, Account account, Silence silence, String address, String action) {
    audit.append(
        tx,
        new AuditLog.Entry(
            silence.community(),
            account.username(),
            account.role().name(),
            address,
            action,
            silence.id(),
            "DONE",
            silence.reason()));
  }
}
