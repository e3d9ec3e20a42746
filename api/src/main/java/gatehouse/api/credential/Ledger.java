package gatehouse.api.credential;

import gatehouse.api.store.Lock;
import gatehouse.api.store.Transaction;
import gatehouse.credential.CredentialEntry;
import gatehouse.credential.CredentialListCommand.Action;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of the ledger. Whoever changes those of a terminal holds it: one process at a time. */
final class Ledger {

  /** Between two read-backs of a terminal with which nothing happens. */
  static final Duration READ_EVERY = Duration.ofHours(6);

  /** How long a terminal that is away is let alone; it says itself when it is back. */
  private static final Duration AWAY = Duration.ofMinutes(15);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private Ledger() {}

  /** A terminal. */
  record Key(String community, String device) {}

  /** What is under way with a terminal. */
  record Device(
      Key key,
      boolean listed,
      String salt,
      long revision,
      long issued,
      Instant readDueAt,
      @Nullable String reading,
      @Nullable UUID command,
      @Nullable Action action,
      @Nullable Instant commandUntil,
      int attempts) {}

  /** What is to be on the list instead of what was sent; null: nothing. */
  record Change(String credential, @Nullable CredentialEntry desired) {}

  /** Holds a terminal until the transaction ends. */
  static void hold(Transaction tx, Key key) {
    tx.hold(Lock.TERMINAL, name(key));
  }

  /** Holds a terminal if nobody else does. */
  static boolean tryHold(Transaction tx, Key key) {
    return tx.tryHold(Lock.TERMINAL, name(key));
  }

  private static String name(Key key) {
    return key.community() + "/" + key.device();
  }

  /** Holds the terminals of a community, always in the same order. */
  static void holdAll(Transaction tx, String community) {
    tx.query(
            """
            select pg_advisory_xact_lock(:lock, key) from (
              select distinct hashtext(community || '/' || device) as key from ledger.device
              where community = :community order by key offset 0) k
            """)
        .bind("lock", Lock.TERMINAL.number())
        .bind("community", community)
        .mapTo(String.class)
        .list();
  }

  /** Terminals whose turn it is, those that wait longest first. */
  static List<Key> due(Transaction tx, Instant now, int most) {
    return tx.query(
            """
            select community, device from ledger.device where listed and next_at <= :now
            order by next_at limit :most
            """)
        .bind("now", now)
        .bind("most", most)
        .map((row, context) -> new Key(row.getString("community"), row.getString("device")))
        .list();
  }

  static Optional<Device> device(Transaction tx, Key key) {
    return tx.query("select * from ledger.device where community = :community and device = :device")
        .bind("community", key.community())
        .bind("device", key.device())
        .map((row, context) -> read(key, row))
        .findOne();
  }

  /** What was not sent yet. */
  static List<Change> changes(Transaction tx, Key key, int most) {
    return tx.query(
            """
            select credential, desired from ledger.entry
            where community = :community and device = :device and state <> 'CONFIRMED'
              and sent is distinct from desired
            order by since, credential limit :most
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("most", most)
        .map(
            (row, context) -> {
              String desired = row.getString("desired");
              return new Change(
                  row.getString("credential"), desired == null ? null : entry(desired));
            })
        .list();
  }

  /** What is on the list, as far as the platform knows. */
  static List<CredentialEntry> expected(Transaction tx, Key key) {
    return tx.query(
            """
            select sent from ledger.entry
            where community = :community and device = :device and sent is not null
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .map((row, context) -> entry(row.getString("sent")))
        .list();
  }

  /** A command goes out; nothing else is sent to this terminal until it is answered or over. */
  static void underWay(Transaction tx, Key key, UUID command, Action action, Instant until) {
    tx.update(
            """
            update ledger.device set command = :command, command_action = :action,
              command_until = :until, next_at = :until
            where community = :community and device = :device
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("command", command)
        .bind("action", action.name())
        .bind("until", until)
        .execute();
  }

  /** These changes go out. */
  static void sent(Transaction tx, Key key, List<Change> changes, long revision, Instant now) {
    tx.update(
            """
            update ledger.entry set sent = desired, sent_at = :now, sent_revision = :revision,
              state = 'SENT', since = :now, attempts = attempts + 1
            where community = :community and device = :device and credential = any (:credentials)
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("credentials", changes.stream().map(Change::credential).toArray(String[]::new))
        .bind("revision", revision)
        .bind("now", now)
        .execute();
    tx.update(
            """
            update ledger.device set issued = :revision
            where community = :community and device = :device
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("revision", revision)
        .execute();
  }

  /** The command that is under way has certainly not been carried out. */
  static void notApplied(Transaction tx, Device device, String why, Instant now) {
    if (device.action() != Action.CHANGE) {
      return;
    }
    tx.update(
            """
            update ledger.entry set sent = confirmed, state = 'PENDING', since = :now,
              last_error = :why
            where community = :community and device = :device and state = 'SENT'
              and sent_revision = :revision
            """)
        .bind("community", device.key().community())
        .bind("device", device.key().device())
        .bind("revision", device.issued())
        .bind("why", why)
        .bind("now", now)
        .execute();
  }

  /** The command is over: answered, or given up. */
  static void over(Transaction tx, Key key, Instant nextAt) {
    tx.update(
            """
            update ledger.device set command = null, command_action = null, command_until = null,
              next_at = :next
            where community = :community and device = :device
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("next", nextAt)
        .execute();
  }

  /** The command failed; the next try waits longer each time. */
  static void failed(Transaction tx, Device device, String why, Instant now) {
    over(tx, device.key(), now.plus(backOff(device.attempts() + 1)));
    tx.update(
            """
            update ledger.device set attempts = attempts + 1, last_error = :why
            where community = :community and device = :device
            """)
        .bind("community", device.key().community())
        .bind("device", device.key().device())
        .bind("why", why)
        .execute();
  }

  /** Nobody can say whether the last command was carried out: the whole list is read. */
  static void unsure(Transaction tx, Key key) {
    restartReading(tx, key);
    tx.update(
            """
            update ledger.entry set last_error = 'NO_ANSWER'
            where community = :community and device = :device and state = 'SENT'
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .execute();
  }

  /** The terminal is away: it is let alone until it says that it is back. */
  static void away(Transaction tx, Key key, Instant now) {
    over(tx, key, now.plus(AWAY));
    left(tx, key);
  }

  /** The terminal has said good-bye, or its connection broke. */
  static void left(Transaction tx, Key key) {
    tx.update(
            """
            update ledger.device set online = false
            where community = :community and device = :device and online
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .execute();
  }

  /**
   * The terminal has come back, and its list is read. What was under way when it left may have been
   * carried out or not: then the whole list is.
   */
  static void back(Transaction tx, Key key, Instant now) {
    tx.update(
            """
            update ledger.device set online = true, attempts = 0, read_due_at = :now, next_at = :now,
              reading = case when command is null and reading is null then null else '' end,
              command = null, command_action = null, command_until = null
            where community = :community and device = :device and not online
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("now", now)
        .execute();
  }

  /** What the terminal says of itself in any answer. */
  static void said(Transaction tx, Key key, long revision) {
    tx.update(
            """
            update ledger.device set online = true, revision = :revision
            where community = :community and device = :device
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("revision", revision)
        .execute();
  }

  static void readSoon(Transaction tx, Key key, Instant now) {
    tx.update(
            """
            update ledger.device set read_due_at = :now
            where community = :community and device = :device
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("now", now)
        .execute();
  }

  /** Nothing is to be done before this time. */
  static void rest(Transaction tx, Key key, Instant until) {
    tx.update(
            """
            update ledger.device set next_at = :until
            where community = :community and device = :device
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("until", until)
        .execute();
  }

  /** Reads the whole list, from its first page on. */
  static void restartReading(Transaction tx, Key key) {
    tx.update("delete from ledger.page where community = :community and device = :device")
        .bind("community", key.community())
        .bind("device", key.device())
        .execute();
    reading(tx, key, "");
  }

  static void reading(Transaction tx, Key key, @Nullable String after) {
    tx.update(
            """
            update ledger.device set reading = :after
            where community = :community and device = :device
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("after", after)
        .execute();
  }

  static void page(Transaction tx, Key key, List<CredentialEntry> entries) {
    tx.update(
            """
            insert into ledger.page (community, device, credential, entry)
            select :community, :device, credential, entry
            from unnest(:credentials::text[], :entries::text[]) as p (credential, entry)
            on conflict (community, device, credential) do update set entry = excluded.entry
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind(
            "credentials", entries.stream().map(CredentialEntry::credential).toArray(String[]::new))
        .bind("entries", entries.stream().map(Ledger::text).toArray(String[]::new))
        .execute();
  }

  static List<CredentialEntry> pages(Transaction tx, Key key) {
    return tx.query(
            "select entry from ledger.page where community = :community and device = :device")
        .bind("community", key.community())
        .bind("device", key.device())
        .map((row, context) -> entry(row.getString("entry")))
        .list();
  }

  /** The list is what was sent: proved. */
  static void proved(Transaction tx, Key key, long revision, Instant now) {
    tx.update(
            """
            update ledger.entry set confirmed = sent, proved_at = :now,
              proved_revision = :revision,
              since = :now, last_error = null,
              state = case when sent is not distinct from desired then 'CONFIRMED' else 'PENDING' end
            where community = :community and device = :device and state <> 'CONFIRMED'
              and (state = 'SENT' or sent is distinct from confirmed)
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("revision", revision)
        .bind("now", now)
        .execute();
    wasRead(tx, key, now);
  }

  /**
   * Compares the ledger with the pages that were read. What the terminal has is what it was sent or
   * what it had before; anything else was changed on site, or lost.
   *
   * @return how many entries have drifted
   */
  static int compare(Transaction tx, Key key, long revision, Instant now) {
    int unknown =
        tx.update(
                """
                insert into ledger.entry (community, device, credential, sent, confirmed, state,
                  since, proved_at, proved_revision, drifts)
                select p.community, p.device, p.credential, p.entry, p.entry, 'DRIFT', :now, :now,
                  :revision, 1
                from ledger.page p
                where p.community = :community and p.device = :device
                on conflict (community, device, credential) do nothing
                """)
            .bind("community", key.community())
            .bind("device", key.device())
            .bind("revision", revision)
            .bind("now", now)
            .execute();
    int changed =
        tx.query(
                """
                with seen as (
                  select e.credential, p.entry,
                    case when p.entry is distinct from e.sent
                        and p.entry is distinct from e.confirmed then 'DRIFT'
                      when p.entry is not distinct from e.desired then 'CONFIRMED'
                      when e.state = 'DRIFT' then 'DRIFT'
                      else 'PENDING' end as state,
                    p.entry is distinct from e.sent
                      and p.entry is distinct from e.confirmed as drifted
                  from ledger.entry e
                  left join ledger.page p on p.community = e.community and p.device = e.device
                    and p.credential = e.credential
                  where e.community = :community and e.device = :device),
                written as (
                  update ledger.entry e set confirmed = s.entry, sent = s.entry,
                    proved_at = case when s.drifted or s.state <> e.state then :now::timestamptz
                      else e.proved_at end,
                    proved_revision = case when s.drifted or s.state <> e.state then :revision::bigint
                      else e.proved_revision end,
                    since = case when s.state <> e.state then :now::timestamptz else e.since end,
                    state = case when s.entry is not distinct from e.desired then 'CONFIRMED'
                      else s.state end,
                    drifts = e.drifts + case when s.drifted then 1 else 0 end
                  from seen s
                  where e.community = :community and e.device = :device
                    and e.credential = s.credential
                  returning s.drifted)
                select count(*) filter (where drifted) from written
                """)
            .bind("community", key.community())
            .bind("device", key.device())
            .bind("revision", revision)
            .bind("now", now)
            .mapTo(Integer.class)
            .one();
    tx.update(
            """
            update ledger.device set drifts = drifts + :drifted
            where community = :community and device = :device
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("drifted", unknown + changed)
        .execute();
    tx.update("delete from ledger.page where community = :community and device = :device")
        .bind("community", key.community())
        .bind("device", key.device())
        .execute();
    wasRead(tx, key, now);
    return unknown + changed;
  }

  /** Whether anything differs from what the registry says. */
  static boolean differs(Transaction tx, Key key) {
    return tx.query(
            """
            select exists (select from ledger.entry where community = :community
              and device = :device and state <> 'CONFIRMED')
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .mapTo(Boolean.class)
        .one();
  }

  /** The terminal is as it should be. */
  static void settled(Transaction tx, Key key) {
    tx.update(
            """
            update ledger.device set attempts = 0, last_error = null
            where community = :community and device = :device
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .execute();
  }

  private static void wasRead(Transaction tx, Key key, Instant now) {
    tx.update(
            """
            update ledger.device set read_at = :now, read_due_at = :due, reading = null
            where community = :community and device = :device
            """)
        .bind("community", key.community())
        .bind("device", key.device())
        .bind("now", now)
        .bind("due", now.plus(READ_EVERY))
        .execute();
  }

  /** How long to wait before a try, counted from 1. */
  static Duration backOff(int attempt) {
    Duration wait = Duration.ofSeconds(1L << Math.min(Math.max(attempt - 1, 0), 10));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static Device read(Key key, ResultSet row) throws SQLException {
    Timestamp until = row.getTimestamp("command_until");
    String action = row.getString("command_action");
    return new Device(
        key,
        row.getBoolean("listed"),
        row.getString("salt"),
        row.getLong("revision"),
        row.getLong("issued"),
        row.getTimestamp("read_due_at").toInstant(),
        row.getString("reading"),
        row.getObject("command", UUID.class),
        action == null ? null : Action.valueOf(action),
        until == null ? null : until.toInstant(),
        row.getInt("attempts"));
  }

  static CredentialEntry entry(String json) {
    try {
      return RecordCodec.of(CredentialEntry.class).decode(json.getBytes(StandardCharsets.UTF_8));
    } catch (WireException e) {
      throw new IllegalStateException("the ledger holds what is no entry", e);
    }
  }

  static String text(CredentialEntry entry) {
    return new String(RecordCodec.of(CredentialEntry.class).encode(entry), StandardCharsets.UTF_8);
  }
}
