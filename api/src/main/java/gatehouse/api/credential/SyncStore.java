package gatehouse.api.credential;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import gatehouse.api.site.Masks;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.credential.CredentialEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The ledger as an account may see it. */
@Component
final class SyncStore {

  private final Store store;
  private final AuditLog audit;
  private final Clock clock;

  SyncStore(@Qualifier("requests") Store store, AuditLog audit, Clock clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /** Which rows; null is any. */
  record Filter(
      @Nullable String community,
      @Nullable String device,
      @Nullable String credential,
      @Nullable List<String> states,
      boolean stillOpens) {}

  private record Terminal(String community, String device) {}

  /** One more than {@code limit} rows. */
  List<SyncRow> list(Account account, Filter filter, @Nullable Cursor after, int limit) {
    return store.in(
        account.scope(),
        tx ->
            tx.query(
                    """
                    select * from (
                      select e.*, d.place, coalesce(nullif(p.name, ''), d.place) as place_name,
                        e.community || '/' || e.device || '/' || e.credential as key,
                        case when not d.online and e.state <> 'CONFIRMED' then 'OFFLINE'
                          else e.state end as shown_state,
                        e.desired is null and (e.sent is not null or e.confirmed is not null)
                          as still_opens
                      from ledger.entry e
                      join ledger.device d on d.community = e.community and d.device = e.device
                      left join site.place p on p.community = d.community and p.id = d.place
                      where (:community::text is null or e.community = :community)
                        and (:device::text is null or e.device = :device)
                        and (:credential::text is null or e.credential = :credential)
                        and (e.desired is not null or e.sent is not null
                          or e.confirmed is not null or :credential::text is not null)) r
                    where (:states::text[] is null or shown_state = any (:states))
                      and (not :stillOpens or still_opens)
                      and (:afterTime::timestamptz is null
                        or (since, key) < (:afterTime, :afterKey))
                    order by since desc, key desc limit :limit
                    """)
                .bind("community", filter.community())
                .bind("device", filter.device())
                .bind("credential", filter.credential())
                .bind(
                    "states",
                    filter.states() == null ? null : filter.states().toArray(String[]::new))
                .bind("stillOpens", filter.stillOpens())
                .bind("afterTime", after == null ? null : after.time())
                .bind("afterKey", after == null ? null : after.id())
                .bind("limit", limit + 1)
                .map((row, context) -> read(row))
                .list());
  }

  /** Where a page that ends with this row ends. */
  static Cursor cursor(SyncRow row) {
    return new Cursor(row.since(), row.community() + "/" + row.device() + "/" + row.credential());
  }

  /** Operations keep terminals running; whose card it is they need not know. */
  SyncRow shown(Account account, SyncRow row) {
    return account.role() != Role.OPERATIONS
        ? row
        : new SyncRow(
            row.community(),
            row.device(),
            row.place(),
            row.placeName(),
            Masks.mask(row.credential()),
            row.type(),
            row.wanted(),
            row.state(),
            row.since(),
            row.stillOpens(),
            row.sentTime(),
            row.provedTime(),
            row.revision(),
            row.attempts(),
            row.lastError(),
            row.drifts());
  }

  List<DeviceSync> summary(Account account, @Nullable String community) {
    return store.in(account.scope(), tx -> summary(tx, community, null));
  }

  /** Asks for a read-back of the whole list, once a key. */
  DeviceSync readBack(
      Account account, @Nullable String community, String device, String key, String address) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return store.in(
        account.scope(),
        tx -> {
          List<DeviceSync> found = summary(tx, community, device);
          if (found.isEmpty()) {
            throw Refusal.notFound();
          }
          if (found.size() > 1) {
            throw Refusal.of(HttpStatus.CONFLICT, "door-ambiguous");
          }
          DeviceSync terminal = found.get(0);
          if (isNew(tx, account, key, terminal, now)) {
            ask(tx, terminal, now);
            audit.append(
                tx,
                new AuditLog.Entry(
                    terminal.community(),
                    account.username(),
                    account.role().name(),
                    address,
                    "credential.read-back",
                    device,
                    "DONE",
                    ""));
          }
          return summary(tx, terminal.community(), device).get(0);
        });
  }

  private static boolean isNew(
      Transaction tx, Account account, String key, DeviceSync terminal, Instant now) {
    boolean isNew =
        tx.update(
                    """
                    insert into ledger.read_request (account, idempotency_key, community, device, at)
                    values (:account, :key, :community, :device, :now)
                    on conflict (account, idempotency_key) do nothing
                    """)
                .bind("account", account.id())
                .bind("key", key)
                .bind("community", terminal.community())
                .bind("device", terminal.device())
                .bind("now", now)
                .execute()
            == 1;
    if (!isNew) {
      Terminal before =
          tx.query(
                  """
                  select community, device from ledger.read_request
                  where account = :account and idempotency_key = :key
                  """)
              .bind("account", account.id())
              .bind("key", key)
              .map(
                  (row, context) ->
                      new Terminal(row.getString("community"), row.getString("device")))
              .one();
      if (!before.equals(new Terminal(terminal.community(), terminal.device()))) {
        throw Refusal.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused");
      }
    }
    return isNew;
  }

  private static void ask(Transaction tx, DeviceSync terminal, Instant now) {
    Ledger.hold(tx, new Ledger.Key(terminal.community(), terminal.device()));
    tx.update(
            """
            update ledger.device set read_due_at = :now,
              reading = case when command is null then coalesce(reading, '') else reading end,
              next_at = case when command is null then :now::timestamptz else next_at end
            where community = :community and device = :device
            """)
        .bind("now", now)
        .bind("community", terminal.community())
        .bind("device", terminal.device())
        .execute();
  }

  private static List<DeviceSync> summary(
      Transaction tx, @Nullable String community, @Nullable String device) {
    return tx.query(
            """
            select d.community, d.device, d.place, coalesce(nullif(p.name, ''), d.place) as place_name,
              d.online, d.revision, d.read_at, d.read_due_at, d.last_error, d.drifts,
              count(e.desired) as desired,
              count(e.desired) filter (where e.state = 'CONFIRMED') as confirmed,
              count(e.credential) filter (where e.state in ('PENDING', 'SENT')) as pending,
              count(e.credential) filter (where e.state = 'DRIFT') as drift,
              count(e.credential) filter (where e.desired is null
                and (e.sent is not null or e.confirmed is not null)) as still_open,
              min(e.since) filter (where e.state <> 'CONFIRMED') as oldest_pending
            from ledger.device d
            left join ledger.entry e on e.community = d.community and e.device = d.device
            left join site.place p on p.community = d.community and p.id = d.place
            where d.listed and (:community::text is null or d.community = :community)
              and (:device::text is null or d.device = :device)
            group by d.community, d.device, p.name
            order by d.community, d.device limit 5000
            """)
        .bind("community", community)
        .bind("device", device)
        .map((row, context) -> terminal(row))
        .list();
  }

  private static DeviceSync terminal(ResultSet row) throws SQLException {
    return new DeviceSync(
        row.getString("community"),
        row.getString("device"),
        row.getString("place"),
        row.getString("place_name"),
        row.getBoolean("online"),
        row.getInt("desired"),
        row.getInt("confirmed"),
        row.getInt("pending"),
        row.getInt("drift"),
        row.getInt("still_open"),
        instant(row, "oldest_pending"),
        row.getLong("revision"),
        instant(row, "read_at"),
        Objects.requireNonNull(instant(row, "read_due_at")),
        row.getString("last_error"),
        row.getLong("drifts"));
  }

  private static SyncRow read(ResultSet row) throws SQLException {
    String desired = row.getString("desired");
    String held = row.getString("confirmed");
    CredentialEntry wanted = desired == null ? null : Ledger.entry(desired);
    CredentialEntry there = held == null ? null : Ledger.entry(held);
    CredentialEntry either = wanted == null ? there : wanted;
    Instant proved = instant(row, "proved_at");
    return new SyncRow(
        row.getString("community"),
        row.getString("device"),
        row.getString("place"),
        row.getString("place_name"),
        row.getString("credential"),
        either == null ? null : either.type(),
        wanted == null
            ? null
            : new SyncRow.Window(wanted.validFrom(), wanted.validTo(), wanted.uses()),
        SyncState.valueOf(row.getString("shown_state")),
        Objects.requireNonNull(instant(row, "since")),
        row.getBoolean("still_opens"),
        instant(row, "sent_at"),
        proved,
        proved == null ? null : row.getLong("proved_revision"),
        row.getInt("attempts"),
        row.getString("last_error"),
        row.getInt("drifts"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
