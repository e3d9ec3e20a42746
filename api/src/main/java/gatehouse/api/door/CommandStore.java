package gatehouse.api.door;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.store.Lock;
import gatehouse.api.store.Transaction;
import gatehouse.door.DoorCommand;
import gatehouse.registry.RemoteOpenRequest.Capacity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Door commands and their states in the database. */
@Component
final class CommandStore {

  private final AuditLog audit;

  CommandStore(AuditLog audit) {
    this.audit = audit;
  }

  /** A command's row. */
  record Row(
      UUID id,
      String community,
      String door,
      String action,
      String capacity,
      @Nullable Instant holdUntil,
      CommandState state,
      Instant stateAt,
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
            select id, community, door, action, capacity, hold_until, state, state_at, reason
            from door.command
            where account = :account and idempotency_key = :key
            """)
        .bind("account", account)
        .bind("key", key)
        .map((row, context) -> read(row))
        .findOne();
  }

  Optional<Row> byId(Transaction tx, UUID id) {
    return tx.query(
            """
            select id, community, door, action, capacity, hold_until, state, state_at, reason
            from door.command where id = :id
            """)
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  CommandView view(Transaction tx, Row row) {
    List<CommandView.Step> history =
        tx.query("select state, at from door.transition where command = :id order by at, seq")
            .bind("id", row.id())
            .map(
                (step, context) ->
                    new CommandView.Step(
                        CommandState.valueOf(step.getString("state")),
                        step.getTimestamp("at").toInstant()))
            .list();
    return new CommandView(
        row.id().toString(),
        row.door(),
        DoorCommand.Action.valueOf(row.action()),
        Capacity.valueOf(row.capacity()),
        row.holdUntil(),
        row.state(),
        row.stateAt(),
        history,
        row.reason());
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
    for (CommandState state : states) {
      recordStep(tx, id, state, command.issuedAt());
    }
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
   * Moves a command on, unless it is further already or has ended.
   *
   * @return whether it moved
   */
  boolean advance(Transaction tx, UUID id, CommandState to, Instant at, @Nullable String reason) {
    Optional<AuditLog.Entry> moved =
        tx.query(
                """
                with moved as (
                  update door.command set state = :to, state_at = :at, reason = :reason
                  where id = :id and state = any (:from)
                  returning id, community, door, lower(action) as action, account
                ), passed as (
                  insert into door.transition (command, state, at) select id, :to, :at from moved
                  on conflict do nothing
                )
                select m.community, m.door, m.action, a.username, a.role
                from moved m join identity.account a on a.id = m.account
                """)
            .bind("id", id)
            .bind("to", to.name())
            .bind("at", at)
            .bind("reason", reason)
            .bind("from", to.from().stream().map(CommandState::name).toArray(String[]::new))
            .map((row, context) -> outcome(row, id, to, reason))
            .findOne();
    if (to.isFinal() || to.isProved()) {
      moved.ifPresent(entry -> audit.append(tx, entry));
    }
    return moved.isPresent();
  }

  private static AuditLog.Entry outcome(
      ResultSet row, UUID id, CommandState state, @Nullable String reason) throws SQLException {
    return new AuditLog.Entry(
        row.getString("community"),
        row.getString("username"),
        row.getString("role"),
        "",
        "door." + row.getString("action") + ".outcome",
        row.getString("door") + " " + id,
        state.name(),
        reason == null ? "" : reason);
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

  /** The command if it was sent to this door; an answer from anywhere else is none. */
  Optional<Row> sentTo(Transaction tx, UUID id, String community, String door) {
    return tx.query(
            """
            select id, community, door, action, capacity, hold_until, state, state_at, reason
            from door.command
            where id = :id and community = :community and door = :door
              and publish_started_at is not null
            """)
        .bind("id", id)
        .bind("community", community)
        .bind("door", door)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Keeps what the door's first answer shows of its clock. */
  void recordClock(Transaction tx, UUID id, Duration offset) {
    tx.update(
            """
            update door.command set clock_offset_millis = :offset
            where id = :id and clock_offset_millis is null
            """)
        .bind("id", id)
        .bind("offset", offset.toMillis())
        .execute();
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

  private static Row read(ResultSet row) throws SQLException {
    Timestamp until = row.getTimestamp("hold_until");
    return new Row(
        row.getObject("id", UUID.class),
        row.getString("community"),
        row.getString("door"),
        row.getString("action"),
        row.getString("capacity"),
        until == null ? null : until.toInstant(),
        CommandState.valueOf(row.getString("state")),
        row.getTimestamp("state_at").toInstant(),
        row.getString("reason"));
  }
}
