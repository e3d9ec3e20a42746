package gatehouse.api.notification;

import gatehouse.alert.Explanation;
import gatehouse.alert.Severity;
import gatehouse.api.alert.Acknowledging;
import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.notification.Channel;
import gatehouse.notification.Notification.Kind;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Notifications in the database, as an account may see them. */
@Component
final class InboxStore {

  private final Store requests;
  private final Store owner;
  private final AuditLog audit;
  private final Clock clock;

  InboxStore(
      @Qualifier("requests") Store requests,
      @Qualifier("consumers") Store owner,
      AuditLog audit,
      Clock clock) {
    this.requests = requests;
    this.owner = owner;
    this.audit = audit;
    this.clock = clock;
  }

  /** One notification. */
  record Row(
      UUID id,
      Kind kind,
      Channel channel,
      @Nullable String alert,
      String model,
      String community,
      String placeName,
      Severity severity,
      @Nullable Explanation explanation,
      int alerts,
      Instant at,
      boolean taken) {}

  private record Concerned(UUID alert, String community) {}

  /** One more than {@code limit} rows, newest first. */
  List<Row> list(Account account, @Nullable Cursor after, int limit) {
    return requests.in(
        account.scope(),
        tx ->
            tx.query(
                    """
                    select m.*, coalesce(nullif(p.name, ''), m.place) as place_name,
                      exists (
                        select from notification.message s
                        where s.alert = m.alert and s.kind = 'STOPPED')
                      or m.stopped_at is not null as taken
                    from notification.message m
                    left join site.place p on p.community = m.community and p.id = m.place
                    where (:afterTime::timestamptz is null
                      or (m.at, m.id) < (:afterTime, :afterId::uuid))
                    order by m.at desc, m.id desc limit :limit
                    """)
                .bind("afterTime", after == null ? null : after.time())
                .bind("afterId", after == null ? null : cursorId(after))
                .bind("limit", limit + 1)
                .map((row, context) -> read(row))
                .list());
  }

  /**
   * Takes the alert of a notification that the account can see. A resident cannot see the alert
   * itself: being told of it is what gives the right to take it.
   */
  void acknowledge(Account account, UUID id, String address) {
    Concerned concerned =
        requests.in(account.scope(), tx -> concerned(tx, id)).orElseThrow(Refusal::notFound);
    owner.run(
        Scope.NOBODY,
        tx -> {
          if (resolved(tx, concerned.alert())) {
            throw Refusal.of(HttpStatus.CONFLICT, "already-resolved");
          }
          Acknowledging.write(tx, concerned.alert(), account.displayName(), null, clock.instant());
          audit.append(
              tx,
              new AuditLog.Entry(
                  concerned.community(),
                  account.username(),
                  account.role().name(),
                  address,
                  "alert.acknowledge",
                  concerned.alert().toString(),
                  "DONE",
                  "notification"));
        });
  }

  private static Optional<Concerned> concerned(Transaction tx, UUID id) {
    return tx.query(
            """
            select alert, community from notification.message
            where id = :id and alert is not null
            """)
        .bind("id", id)
        .map(
            (row, context) ->
                new Concerned(row.getObject("alert", UUID.class), row.getString("community")))
        .findOne();
  }

  private static boolean resolved(Transaction tx, UUID alert) {
    return tx.query("select handling = 'RESOLVED' from alert.alert where id = :id for update")
        .bind("id", alert)
        .mapTo(Boolean.class)
        .one();
  }

  private static Row read(ResultSet row) throws SQLException {
    String explanation = row.getString("explanation");
    return new Row(
        row.getObject("id", UUID.class),
        Kind.valueOf(row.getString("kind")),
        Channel.valueOf(row.getString("channel")),
        row.getString("alert"),
        row.getString("model"),
        row.getString("community"),
        row.getString("place_name"),
        Severity.valueOf(row.getString("severity")),
        explanation == null ? null : decode(explanation),
        row.getInt("alerts"),
        row.getTimestamp("at").toInstant(),
        row.getBoolean("taken"));
  }

  private static Explanation decode(String json) {
    try {
      return RecordCodec.of(Explanation.class).decode(json.getBytes(StandardCharsets.UTF_8));
    } catch (WireException e) {
      throw new IllegalStateException("a stored explanation cannot be read", e);
    }
  }

  private static UUID cursorId(Cursor cursor) {
    try {
      return Inputs.uuid(cursor.id());
    } catch (Refusal e) {
      throw Refusal.badValue("cursor");
    }
  }
}
