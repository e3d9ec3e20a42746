package gatehouse.api.door;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.store.Lock;
import gatehouse.api.store.Transaction;
import gatehouse.door.DoorCommand;
import gatehouse.registry.RemoteOpenRequest.Capacity;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Door commands and their states in the database. */
@Component
final class CommandStore {

  private static final String[] UNANSWERED =
      names(Arrays.stream(CommandState.values()).filter(CommandState::isUnanswered).toList());

  private final AuditLog audit;

  CommandStore(AuditLog audit) {
    this.audit = audit;
  }

  /** A command that was there before. */
  record Row(
      UUID id,
      String community,
      String door,
      String action,
      String capacity,
      CommandState state,
      @Nullable String reason) {}

  /** A hold that a door may still carry out. */
  record Hold(UUID id, UUID account, String community, String door) {}

  /** One request of an account at a time, over all instances: rates and repeats are counted. */
  void serialise(Transaction tx, UUID account) {
    tx.hold(Lock.DOOR_REQUESTS, account.toString());
  }

  Optional<Row> byKey(Transaction tx, UUID account, String key) {
    return tx.query(
            """
            select id, community, door, action, capacity, state, reason from door.command
            where account = :account and idempotency_key = :key
            """)
        .bind("account", account)
        .bind("key", key)
        .map(
            (row, context) ->
                new Row(
                    row.getObject("id", UUID.class),
                    row.getString("community"),
                    row.getString("door"),
                    row.getString("action"),
                    row.getString("capacity"),
                    CommandState.valueOf(row.getString("state")),
                    row.getString("reason")))
        .findOne();
  }

  /** The command as its owner sees it, with the states it has been in. */
  Optional<CommandView> view(Transaction tx, UUID id) {
    return tx.query(
            """
            select c.id, c.door, c.action, c.capacity, c.hold_until, c.state, c.state_at, c.reason,
              t.states, t.times
            from door.command c
            cross join lateral (
              select array_agg(state order by at, seq) as states,
                array_agg(at order by at, seq) as times
              from door.transition where command = c.id) t
            where c.id = :id
            """)
        .bind("id", id)
        .map((row, context) -> view(row))
        .findOne();
  }

  private static CommandView view(ResultSet row) throws SQLException {
    Timestamp until = row.getTimestamp("hold_until");
    return new CommandView(
        row.getString("id"),
        row.getString("door"),
        DoorCommand.Action.valueOf(row.getString("action")),
        Capacity.valueOf(row.getString("capacity")),
        until == null ? null : until.toInstant(),
        CommandState.valueOf(row.getString("state")),
        row.getTimestamp("state_at").toInstant(),
        steps(row.getArray("states"), row.getArray("times")),
        row.getString("reason"));
  }

  private static List<CommandView.Step> steps(Array states, Array times) throws SQLException {
    String[] passed = (String[]) states.getArray();
    Timestamp[] at = (Timestamp[]) times.getArray();
    return IntStream.range(0, passed.length)
        .mapToObj(i -> new CommandView.Step(CommandState.valueOf(passed[i]), at[i].toInstant()))
        .toList();
  }

  /**
   * How often the account has tried a door in this capacity within the time; refusals at request do
   * not count.
   */
  int tries(Transaction tx, UUID account, Capacity capacity, Instant now, Duration within) {
    return tx.query(
            """
            select count(*) from door.command
            where account = :account and capacity = :capacity and action <> 'LOCK'
              and issued_at > :since
              and not (state = 'DENIED' and publish_started_at is null)
            """)
        .bind("account", account)
        .bind("capacity", capacity.name())
        .bind("since", now.minus(within))
        .mapTo(Integer.class)
        .one();
  }

  /** Writes a new command down, with the states it has passed at once. */
  void insert(
      Transaction tx,
      DoorCommand command,
      DoorOrder order,
      UUID account,
      String key,
      String phone,
      List<CommandState> states,
      @Nullable String reason) {
    UUID id = UUID.fromString(command.id());
    tx.update(
            """
            insert into door.command (id, account, idempotency_key, community, door, nonce,
              issued_at, not_after, action, capacity, purpose, hold_until, state, state_at, reason,
              phone)
            values (:id, :account, :key, :community, :door, :nonce, :issued, :notAfter, :action,
              :capacity, :purpose, :holdUntil, :state, :issued, :reason, :phone)
            """)
        .bind("id", id)
        .bind("account", account)
        .bind("key", key)
        .bind("community", command.community())
        .bind("door", command.door())
        .bind("nonce", command.nonce())
        .bind("issued", command.issuedAt())
        .bind("notAfter", command.notAfter())
        .bind("action", order.action().name())
        .bind("capacity", order.capacity().name())
        .bind("purpose", order.purpose())
        .bind("holdUntil", order.holdUntil())
        .bind("state", states.get(states.size() - 1).name())
        .bind("reason", reason)
        .bind("phone", phone)
        .execute();
    tx.update(
            """
            insert into door.transition (command, state, at)
            select :id, state, :at from unnest(:states) with ordinality as step (state, place)
            order by place
            """)
        .bind("id", id)
        .bind("at", command.issuedAt())
        .bind("states", names(states))
        .execute();
  }

  /**
   * Takes the only turn to send a command, if its time has not ended. Committed before the first
   * byte goes out: whoever finds a command without it knows that nothing was sent.
   */
  boolean claim(Transaction tx, UUID id, Instant now) {
    return tx.update(
                """
                update door.command set publish_started_at = :now
                where id = :id and state = 'AUTHORISED' and publish_started_at is null
                  and not_after > :now
                """)
            .bind("id", id)
            .bind("now", now)
            .execute()
        == 1;
  }

  /**
   * Where a command goes.
   *
   * @param reason why; null if there is nothing to say
   */
  record Move(CommandState to, Instant at, @Nullable String reason) {

    private boolean isAudited() {
      return to.isFinal() || to.isProved();
    }
  }

  /**
   * Who says that a command goes on, if a door does.
   *
   * @param clockOffset how far the door's clock is ahead of ours
   */
  record Speaker(String community, String door, Duration clockOffset) {}

  /**
   * Moves a command on, unless it is further already or has ended.
   *
   * @return whether it moved
   */
  boolean advance(Transaction tx, UUID id, CommandState to, Instant at, @Nullable String reason) {
    return move(tx, id, null, new Move(to, at, reason)).orElse(false);
  }

  /**
   * Moves a command on because of what this door says of it, unless it is further already; keeps
   * what the door's first answer shows of its clock.
   *
   * @return false if the command was not sent to this door: an answer from anywhere else is none
   */
  boolean answered(Transaction tx, UUID id, Speaker door, Move move) {
    return move(tx, id, door, move).isPresent();
  }

  /** Whether it moved; empty if there is no such command, or none that was sent to this door. */
  private Optional<Boolean> move(Transaction tx, UUID id, @Nullable Speaker door, Move move) {
    Optional<Optional<AuditLog.Entry>> found =
        tx.query(
                """
                with known as (
                  select id from door.command
                  where id = :id and (:door::text is null
                    or community = :community and door = :door and publish_started_at is not null)
                ), moved as (
                  update door.command c set state = :to, state_at = :at, reason = :reason,
                    clock_offset_millis = coalesce(c.clock_offset_millis,
                      case when c.state = any (:unanswered) then :offset::bigint end)
                  from known
                  where c.id = known.id and c.state = any (:from)
                  returning c.id, c.community, c.door, lower(c.action) as action, c.account
                ), passed as (
                  insert into door.transition (command, state, at) select id, :to, :at from moved
                  on conflict do nothing
                )
                select m.community, m.door, m.action, a.username, a.role
                from known
                left join (moved m join identity.account a on a.id = m.account) on m.id = known.id
                """)
            .bind("id", id)
            .bind("community", door == null ? null : door.community())
            .bind("door", door == null ? null : door.door())
            .bind("to", move.to().name())
            .bind("at", move.at())
            .bind("reason", move.reason())
            .bind("from", names(move.to().from()))
            .bind("unanswered", UNANSWERED)
            .bind("offset", door == null ? null : TimeUnit.MILLISECONDS.convert(door.clockOffset()))
            .map(
                (row, context) ->
                    row.getString("community") == null
                        ? Optional.<AuditLog.Entry>empty()
                        : Optional.of(outcome(row, id, move)))
            .findOne();
    if (move.isAudited()) {
      found.flatMap(Function.identity()).ifPresent(entry -> audit.append(tx, entry));
    }
    return found.map(Optional::isPresent);
  }

  private static AuditLog.Entry outcome(ResultSet row, UUID id, Move move) throws SQLException {
    return new AuditLog.Entry(
        row.getString("community"),
        row.getString("username"),
        row.getString("role"),
        "",
        "door." + row.getString("action") + ".outcome",
        row.getString("door") + " " + id,
        move.to().name(),
        move.reason() == null ? "" : move.reason());
  }

  /** Adds a state that was passed, though a later one is known already. */
  void recordStep(Transaction tx, UUID id, CommandState state, Instant at) {
    tx.update(
            """
            insert into door.transition (command, state, at) values (:id, :state, :at)
            on conflict do nothing
            """)
        .bind("id", id)
        .bind("state", state.name())
        .bind("at", at)
        .execute();
  }

  /** Whether the command was sent to this door. */
  boolean wasSentTo(Transaction tx, UUID id, String community, String door) {
    return tx.query(
            """
            select exists (
              select from door.command
              where id = :id and community = :community and door = :door
                and publish_started_at is not null)
            """)
        .bind("id", id)
        .bind("community", community)
        .bind("door", door)
        .mapTo(Boolean.class)
        .one();
  }

  /** Commands whose time ended before anything was sent. */
  List<UUID> neverSent(Transaction tx, Instant now) {
    return tx.query(
            """
            select id from door.command
            where state in ('REQUESTED', 'AUTHORISED') and publish_started_at is null
              and not_after < :now
            """)
        .bind("now", now)
        .mapTo(UUID.class)
        .list();
  }

  /** Commands that were sent and of which nothing was proved in time. */
  List<UUID> unanswered(Transaction tx, Instant deadline) {
    return tx.query(
            """
            select id from door.command
            where state in ('AUTHORISED', 'SENT', 'DEVICE_ACK') and publish_started_at is not null
              and not_after < :deadline
            """)
        .bind("deadline", deadline)
        .mapTo(UUID.class)
        .list();
  }

  /**
   * Holds of doors that a lockdown holds closed by now.
   *
   * @param since a door that was told to lock after this is not told again yet
   */
  List<Hold> underLockdown(Transaction tx, Instant now, Instant since) {
    return tx.query(
            """
            select c.id, c.account, c.community, c.door from door.command c
            where c.action = 'HOLD' and c.hold_until > :now and c.publish_started_at is not null
              and c.state not in ('DENIED', 'DOOR_OFFLINE', 'EXPIRED', 'RELOCKED')
              and exists (
                select from door.lockdown l
                where l.lifted_at is null
                  and (l.level = 'ORGANISATION'
                    or l.level = 'COMMUNITY' and l.community = c.community
                    or l.level = 'DOOR' and l.community = c.community and l.door = c.door))
              and not exists (
                select from door.command k
                where k.action = 'LOCK' and k.community = c.community and k.door = c.door
                  and k.issued_at > :since)
            """)
        .bind("now", now)
        .bind("since", since)
        .map(
            (row, context) ->
                new Hold(
                    row.getObject("id", UUID.class),
                    row.getObject("account", UUID.class),
                    row.getString("community"),
                    row.getString("door")))
        .list();
  }

  private static String[] names(Collection<CommandState> states) {
    return states.stream().map(CommandState::name).toArray(String[]::new);
  }
}
