package gatehouse.api.alert;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Alerts in the database, as an account may see and handle them. */
@Component
final class AlertStore {

  private final Store store;
  private final AuditLog audit;
  private final Clock clock;

  AlertStore(@Qualifier("requests") Store store, AuditLog audit, Clock clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /** Something that was done. */
  record Step(Instant at, String who, String what, @Nullable String note) {}

  /** One more than {@code limit} rows, newest first. */
  List<AlertRow> list(Account account, AlertFilter filter, @Nullable Cursor after, int limit) {
    return store.in(
        account.scope(),
        tx ->
            tx.query(
                    """
                    select a.id, a.detail, a.received_at, a.handling, a.acknowledged_by,
                      a.acknowledged_at, a.disposition, a.attention, a.change,
                      v.outcome, v.reason, v.cause, v.told_at,
                      coalesce(nullif(c.name, ''), a.community) as community_name,
                      coalesce(nullif(p.name, ''), a.place) as place_name
                    from alert.alert a
                    left join site.community c on c.id = a.community
                    left join site.place p on p.community = a.community and p.id = a.place
                    left join notification.verdict v
                      on v.alert = a.id and v.audience = (select wall.role())
                    where (:states::text[] is null or a.state = any (:states))
                      and (:severities::text[] is null or a.severity = any (:severities))
                      and (:handlings::text[] is null or a.handling = any (:handlings))
                      and (:model::text is null or a.model = :model)
                      and (:community::text is null or a.community = :community)
                      and (:from::timestamptz is null or a.last_event_time >= :from)
                      and (:to::timestamptz is null or a.first_event_time < :to)
                      and (:digest::uuid is null or v.digest = :digest)
                      and (:text::text is null
                        or a.place ilike :pattern or p.name ilike :pattern
                        or c.name ilike :pattern or a.community ilike :pattern
                        or a.model ilike :pattern
                        or :text = any (a.subjects)
                        or :police and exists (
                          select from unnest(a.subjects) as s where s ilike :pattern))
                      and (:afterTime::timestamptz is null
                        or (a.received_at, a.id) < (:afterTime, :afterId::uuid))
                    order by a.received_at desc, a.id desc
                    limit :limit
                    """)
                .bind("states", array(filter.states()))
                .bind("severities", array(filter.severities()))
                .bind("handlings", array(filter.handlings()))
                .bind("model", filter.model())
                .bind("community", filter.community())
                .bind("from", filter.from())
                .bind("to", filter.to())
                .bind("digest", filter.digest())
                .bind("text", filter.text())
                .bind("pattern", filter.pattern())
                .bind("police", account.role() == Role.POLICE)
                .bind("afterTime", after == null ? null : after.time())
                .bind("afterId", after == null ? null : uuid(after.id()))
                .bind("limit", limit + 1)
                .map((row, context) -> AlertRow.read(row))
                .list());
  }

  /** An alert to be read closely; the audit log knows who did. */
  Optional<AlertRow> read(Account account, UUID id, String address) {
    return store.in(
        account.scope(),
        tx -> {
          Optional<AlertRow> found = find(tx, id);
          found.ifPresent(row -> record(tx, account, row, address, "alert.read", ""));
          return found;
        });
  }

  List<Step> history(Account account, UUID id) {
    return store.in(
        account.scope(),
        tx ->
            tx.query("select at, who, what, note from alert.history where alert = :id order by seq")
                .bind("id", id)
                .map(
                    (row, context) ->
                        new Step(
                            row.getTimestamp("at").toInstant(),
                            row.getString("who"),
                            row.getString("what"),
                            row.getString("note")))
                .list());
  }

  /** How an alert is escalated, by audience and in the order of the steps. */
  List<Escalated> escalation(Account account, UUID id) {
    return store.in(
        account.scope(),
        tx ->
            tx.query(
                    """
                    select audience, number, channel, due_at, state, why, settled_at
                    from notification.step where alert = :id order by due_at, audience, number
                    """)
                .bind("id", id)
                .map((row, context) -> Escalated.read(row))
                .list());
  }

  /**
   * What changed after a change, in the order of the changes. Historic alerts call nobody: they are
   * here only once somebody has taken them.
   */
  List<AlertRow> changes(Account account, long after, int limit) {
    return store.in(
        account.scope(),
        tx ->
            tx.query(
                    """
                    select a.id, a.detail, a.received_at, a.handling, a.acknowledged_by,
                      a.acknowledged_at, a.disposition, a.attention, a.change,
                      v.outcome, v.reason, v.cause, v.told_at,
                      coalesce(nullif(c.name, ''), a.community) as community_name,
                      coalesce(nullif(p.name, ''), a.place) as place_name
                    from alert.alert a
                    left join site.community c on c.id = a.community
                    left join site.place p on p.community = a.community and p.id = a.place
                    left join notification.verdict v
                      on v.alert = a.id and v.audience = (select wall.role())
                    where a.change > :after
                      and (a.attention <> 'HISTORIC' or a.handling <> 'NEW')
                    order by a.change
                    limit :limit
                    """)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> AlertRow.read(row))
                .list());
  }

  /** The newest change that the account can see. */
  long newestChange(Account account) {
    return store.in(
        account.scope(),
        tx -> tx.query("select coalesce(max(change), 0) from alert.alert").mapTo(Long.class).one());
  }

  /** Somebody takes the alert; again is as good as once. */
  void acknowledge(Account account, UUID id, @Nullable String note, String address) {
    store.run(
        account.scope(),
        tx -> {
          AlertRow row = forUpdate(tx, id);
          if (row.handling() == Handling.RESOLVED) {
            throw Refusal.of(HttpStatus.CONFLICT, "already-resolved");
          }
          if (row.handling() == Handling.ACKNOWLEDGED && note == null) {
            return;
          }
          Instant now = clock.instant();
          Acknowledging.write(tx, id, account.displayName(), note, now);
          record(tx, account, row, address, "alert.acknowledge", "");
        });
  }

  /** Somebody closes the alert with what it turned out to be. */
  void resolve(
      Account account, UUID id, Disposition disposition, @Nullable String note, String address) {
    store.run(
        account.scope(),
        tx -> {
          AlertRow row = forUpdate(tx, id);
          if (row.handling() == Handling.RESOLVED) {
            if (row.disposition() == disposition) {
              return;
            }
            throw Refusal.of(HttpStatus.CONFLICT, "already-resolved");
          }
          Instant now = clock.instant();
          tx.update(
                  """
                  update alert.alert set handling = 'RESOLVED', disposition = :disposition,
                    acknowledged_by = coalesce(acknowledged_by, :who),
                    acknowledged_at = coalesce(acknowledged_at, :now)
                  where id = :id
                  """)
              .bind("disposition", disposition.name())
              .bind("who", account.displayName())
              .bind("now", now)
              .bind("id", id)
              .execute();
          AlertHistory.add(tx, id, account.displayName(), "RESOLVED_" + disposition, note, now);
          record(tx, account, row, address, "alert.resolve", disposition.name());
        });
  }

  private static Optional<AlertRow> find(Transaction tx, UUID id) {
    return one(
        tx.query(
            """
            select a.id, a.detail, a.received_at, a.handling, a.acknowledged_by,
              a.acknowledged_at, a.disposition, a.attention, a.change,
              v.outcome, v.reason, v.cause, v.told_at,
              coalesce(nullif(c.name, ''), a.community) as community_name,
              coalesce(nullif(p.name, ''), a.place) as place_name
            from alert.alert a
            left join site.community c on c.id = a.community
            left join site.place p on p.community = a.community and p.id = a.place
            left join notification.verdict v
              on v.alert = a.id and v.audience = (select wall.role())
            where a.id = :id
            """),
        id);
  }

  private static AlertRow forUpdate(Transaction tx, UUID id) {
    List<Integer> locked =
        tx.query("select 1 from alert.alert where id = :id for update")
            .bind("id", id)
            .mapTo(Integer.class)
            .list();
    if (locked.isEmpty()) {
      throw Refusal.notFound();
    }
    return find(tx, id).orElseThrow(Refusal::notFound);
  }

  private static Optional<AlertRow> one(Query query, UUID id) {
    return query.bind("id", id).map((row, context) -> AlertRow.read(row)).findOne();
  }

  private void record(
      Transaction tx, Account account, AlertRow row, String address, String action, String reason) {
    audit.append(
        tx,
        new AuditLog.Entry(
            row.alert().community(),
            account.username(),
            account.role().name(),
            address,
            action,
            row.id().toString(),
            "DONE",
            reason));
  }

  private static String @Nullable [] array(@Nullable List<String> values) {
    return values == null ? null : values.toArray(String[]::new);
  }

  private static UUID uuid(String text) {
    try {
      return Inputs.uuid(text);
    } catch (Refusal e) {
      throw Refusal.badValue("cursor");
    }
  }
}
