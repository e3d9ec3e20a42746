package gatehouse.api.door;

import gatehouse.api.registry.FactPublisher;
import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.registry.Entry;
import gatehouse.registry.Lockdown;
import gatehouse.registry.RemoteOpenRequest;
import gatehouse.registry.RemoteOpenRequest.Answer;
import gatehouse.registry.RemoteOpenRequest.Capacity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Tells the models what only the API knows of doors: who asked for which door and what was
 * answered, and lockdowns. At least once: a fact that is published again has the same id and says
 * the same.
 */
@Component
final class DoorFacts {

  /** Longer than any model remembers a request. */
  static final Duration REMEMBERED = Duration.ofDays(3);

  private static final int AT_ONCE = 200;

  private final Store store;
  private final FactPublisher publisher;

  DoorFacts(
      @Qualifier("consumers") Store store, FactPublisher publisher, Clock clock, Chores chores) {
    this.store = store;
    this.publisher = publisher;
    chores.every(Duration.ofMillis(500), "door-facts", () -> publish(clock.instant()));
    chores.every(Duration.ofMinutes(1), "door-facts-withdrawal", () -> withdraw(clock.instant()));
  }

  private record Held(
      UUID id, String community, String place, Instant setAt, @Nullable Instant liftedAt) {}

  /**
   * Publishes what is new.
   *
   * @return how many rows there were
   */
  int publish(Instant now) {
    List<RemoteOpenRequest> requests = store.in(Scope.NOBODY, DoorFacts::requests);
    publisher.publish(requests);
    markRequests(requests, now);
    List<Held> lockdowns = store.in(Scope.NOBODY, DoorFacts::lockdowns);
    publisher.publish(lockdowns.stream().flatMap(one -> facts(one).stream()).toList());
    markLockdowns(lockdowns, now);
    return requests.size() + lockdowns.size();
  }

  /** Takes requests back that nothing is concluded from any more, so that the topic stays small. */
  int withdraw(Instant now) {
    List<RemoteOpenRequest> old =
        store.in(
            Scope.NOBODY,
            tx ->
                tx.query(
                        """
                        select c.*, coalesce(d.place, c.door) as place from door.command c
                        left join site.device d on d.community = c.community and d.id = c.door
                        where c.published_at < :before and c.withdrawn_at is null
                        order by c.published_at limit :most
                        """)
                    .bind("before", now.minus(REMEMBERED))
                    .bind("most", AT_ONCE)
                    .map((row, context) -> request(row))
                    .list());
    publisher.withdraw(old);
    store.run(
        Scope.NOBODY,
        tx ->
            tx.update("update door.command set withdrawn_at = :now where id = any (:ids)")
                .bind("now", now)
                .bind("ids", ids(old))
                .execute());
    return old.size();
  }

  private static List<RemoteOpenRequest> requests(Transaction tx) {
    return tx.query(
            """
            select c.*, coalesce(d.place, c.door) as place from door.command c
            left join site.device d on d.community = c.community and d.id = c.door
            where c.published_at is null and c.action <> 'LOCK' order by c.issued_at limit :most
            """)
        .bind("most", AT_ONCE)
        .map((row, context) -> request(row))
        .list();
  }

  private static RemoteOpenRequest request(ResultSet row) throws SQLException {
    String id = row.getString("id");
    Instant issued = row.getTimestamp("issued_at").toInstant();
    return new RemoteOpenRequest(
        new Entry(
            id,
            row.getString("community"),
            issued,
            issued,
            row.getTimestamp("not_after").toInstant()),
        id,
        row.getString("account"),
        row.getString("phone"),
        row.getString("place"),
        answer(row.getString("state"), row.getString("reason")),
        Capacity.valueOf(row.getString("capacity")));
  }

  private static Answer answer(String state, @Nullable String reason) {
    if (state.equals(CommandState.DENIED.name())) {
      for (Denial denial : Denial.values()) {
        if (denial.reason().equals(reason)) {
          return Answer.valueOf(denial.name());
        }
      }
    }
    return Answer.AUTHORISED;
  }

  private void markRequests(List<RemoteOpenRequest> published, Instant now) {
    store.run(
        Scope.NOBODY,
        tx ->
            // Locked in one order, as the doors' answers do: so none waits for the other for ever.
            tx.update(
                    """
                    with mine as (
                      select id from door.command where id = any (:ids)
                      order by id for no key update
                    )
                    update door.command c set published_at = :now from mine where c.id = mine.id
                    """)
                .bind("now", now)
                .bind("ids", ids(published))
                .execute());
  }

  private static UUID[] ids(List<RemoteOpenRequest> requests) {
    return requests.stream().map(one -> UUID.fromString(one.command())).toArray(UUID[]::new);
  }

  /** A lockdown of everything is one of each community that is known when it is told. */
  private static List<Held> lockdowns(Transaction tx) {
    return tx.query(
            """
            select l.id, c.id as community, coalesce(d.place, l.door, '') as place, l.set_at,
              l.lifted_at
            from door.lockdown l
            join site.community c on l.community is null or c.id = l.community
            left join site.device d on d.community = l.community and d.id = l.door
            where l.set_published_at is null
              or (l.lifted_at is not null and l.lift_published_at is null)
            order by l.set_at
            """)
        .map((row, context) -> held(row))
        .list();
  }

  private static Held held(ResultSet row) throws SQLException {
    Timestamp lifted = row.getTimestamp("lifted_at");
    return new Held(
        row.getObject("id", UUID.class),
        row.getString("community"),
        row.getString("place"),
        row.getTimestamp("set_at").toInstant(),
        lifted == null ? null : lifted.toInstant());
  }

  /** What was set stays known as it was; that it was lifted is a second version. */
  private static List<Lockdown> facts(Held held) {
    List<Lockdown> facts = new ArrayList<>();
    Instant set = held.setAt();
    facts.add(lockdown(held, "set", set, null));
    if (held.liftedAt() != null) {
      facts.add(lockdown(held, "lifted", held.liftedAt(), held.liftedAt()));
    }
    return facts;
  }

  private static Lockdown lockdown(
      Held held, String version, Instant recordedAt, @Nullable Instant until) {
    return new Lockdown(
        new Entry(held.id() + "-" + version, held.community(), recordedAt, held.setAt(), until),
        held.id().toString(),
        held.place());
  }

  private void markLockdowns(List<Held> published, Instant now) {
    store.run(
        Scope.NOBODY,
        tx ->
            tx.update(
                    """
                    update door.lockdown l set set_published_at = coalesce(set_published_at, :now),
                      lift_published_at = case when p.lifted then :now else lift_published_at end
                    from unnest(:ids::uuid[], :lifted::boolean[]) as p (id, lifted)
                    where l.id = p.id
                    """)
                .bind("now", now)
                .bind("ids", published.stream().map(Held::id).toArray(UUID[]::new))
                .bind(
                    "lifted",
                    published.stream().map(one -> one.liftedAt() != null).toArray(Boolean[]::new))
                .execute());
  }
}
