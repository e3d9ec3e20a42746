package gatehouse.api.credential;

import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Lock;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.credential.CodeDigest;
import gatehouse.event.CredentialType;
import gatehouse.registry.Lease;
import gatehouse.registry.RegistryFact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Keeps what the ledger wants up to date: whatever was recorded, and whatever begins or ends by
 * itself. Only the credentials that are touched are looked at, and only the terminals whose list
 * changes hear of it. One instance at a time, so that none writes down what another has overtaken.
 */
@Component
final class Desires {

  private static final int AT_ONCE = 200;

  private final Store store;
  private final CredentialCodes codes;
  private final Clock clock;

  Desires(@Qualifier("ledger") Store store, CredentialCodes codes, Clock clock, Chores chores) {
    this.store = store;
    this.codes = codes;
    this.clock = clock;
    chores.every(
        Duration.ofMillis(250),
        "credential-desires",
        () -> {
          while (chores.goOn() && refresh() > 0) {
            // as long as there are any
          }
        });
  }

  private record Touched(String community, String kind, String thing) {}

  private record Wish(String device, String credential, String entry) {}

  /**
   * Looks at what was touched or is due.
   *
   * @return how much there was
   */
  int refresh() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return store.in(
        Scope.NOBODY,
        tx -> {
          if (!tx.tryHold(Lock.CREDENTIAL_DESIRES)) {
            return 0;
          }
          List<Touched> touched = taken(tx, now);
          touched.stream()
              .collect(
                  Collectors.groupingBy(
                      Touched::community, LinkedHashMap::new, Collectors.toList()))
              .forEach((community, ones) -> refresh(tx, community, ones, now));
          return touched.size();
        });
  }

  /** Looks at one credential as it is at this time. */
  void refresh(String community, String credential, Instant at) {
    store.run(
        Scope.NOBODY,
        tx ->
            refresh(tx, community, List.of(new Touched(community, "credential", credential)), at));
  }

  private static List<Touched> taken(Transaction tx, Instant now) {
    List<Touched> touched =
        new ArrayList<>(
            tx.query(
                    """
                    delete from ledger.touched where seq in (
                      select seq from ledger.touched order by seq limit :most for update skip locked)
                    returning community, kind, thing
                    """)
                .bind("most", AT_ONCE)
                .map(
                    (row, context) ->
                        new Touched(
                            row.getString("community"),
                            row.getString("kind"),
                            row.getString("thing")))
                .list());
    touched.addAll(
        tx.query(
                """
                delete from ledger.credential where (community, credential) in (
                  select community, credential from ledger.credential
                  where next_change_at <= :now order by next_change_at limit :most)
                returning community, credential
                """)
            .bind("now", now)
            .bind("most", AT_ONCE)
            .map(
                (row, context) ->
                    new Touched(
                        row.getString("community"), "credential", row.getString("credential")))
            .list());
    return touched;
  }

  private void refresh(Transaction tx, String community, List<Touched> touched, Instant at) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Set<String> moved = things(touched, "device");
    if (!moved.isEmpty()) {
      register(tx, community, moved, now);
    }
    List<Lease> leases = leases(tx, community);
    Set<String> credentials = new LinkedHashSet<>();
    if (moved.isEmpty()) {
      credentials.addAll(things(touched, "credential"));
      credentials.addAll(things(touched, "visitor-pass"));
      Set<String> named = things(touched, "lease");
      leases.stream()
          .filter(lease -> named.contains(lease.lease()))
          .forEach(lease -> credentials.addAll(lease.credentials()));
    } else {
      credentials.addAll(everyCredential(tx, community));
    }
    if (credentials.isEmpty()) {
      return;
    }
    List<RegistryFact> versions = versions(tx, community, credentials);
    versions.addAll(leases);
    DesiredCredentials.Wishes wishes = DesiredCredentials.at(at, versions, devices(tx, community));
    write(tx, community, credentials, wishes(tx, community, wishes), now);
    remember(tx, community, wishes.nextChange());
  }

  private static Set<String> things(List<Touched> touched, String kind) {
    return touched.stream()
        .filter(one -> one.kind().equals(kind))
        .map(Touched::thing)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** A terminal that is new, was moved or was taken away. */
  private static void register(
      Transaction tx, String community, Collection<String> devices, Instant now) {
    Ledger.holdAll(tx, community);
    for (String device : devices) {
      tx.update(
              """
              insert into ledger.device as l
                (community, device, place, listed, salt, next_at, read_due_at)
              select d.community, d.id, d.place, true, :salt, :now, :now from site.device d
              where d.community = :community and d.id = :device and d.active
                and d.kind = any (:kinds)
              on conflict (community, device) do update set place = excluded.place, listed = true,
                next_at = excluded.next_at, read_due_at = excluded.read_due_at
              """)
          .bind("community", community)
          .bind("device", device)
          .bind("salt", CodeDigest.newSalt())
          .bind("kinds", ListDevice.KINDS.toArray(String[]::new))
          .bind("now", now)
          .execute();
      tx.update(
              """
              update ledger.device l set listed = false where community = :community
                and device = :device and not exists (
                  select from site.device d where d.community = l.community and d.id = l.device
                    and d.active and d.kind = any (:kinds))
              """)
          .bind("community", community)
          .bind("device", device)
          .bind("kinds", ListDevice.KINDS.toArray(String[]::new))
          .execute();
    }
  }

  private static List<ListDevice> devices(Transaction tx, String community) {
    return tx.query(
            """
            select d.id, d.place, d.kind, exists (
                select from json_array_elements(p.detail -> 'place' -> 'rules') r
                where coalesce(r ->> 'effect', 'ALLOW') = 'ALLOW') as restricted
            from site.device d
            join ledger.device l on l.community = d.community and l.device = d.id and l.listed
            left join site.place p on p.community = d.community and p.id = d.place
            where d.community = :community
            """)
        .bind("community", community)
        .map(
            (row, context) ->
                new ListDevice(
                    row.getString("id"),
                    row.getString("place"),
                    row.getString("kind"),
                    row.getBoolean("restricted")))
        .list();
  }

  private static List<Lease> leases(Transaction tx, String community) {
    return tx
        .query(
            """
            select detail from site.registry_entry where community = :community and kind = 'lease'
            """)
        .bind("community", community)
        .map((row, context) -> decode(row.getString("detail")))
        .stream()
        .flatMap(Optional::stream)
        .map(Lease.class::cast)
        .toList();
  }

  private static Set<String> everyCredential(Transaction tx, String community) {
    return new LinkedHashSet<>(
        tx.query(
                """
                select distinct thing from site.registry_entry
                where community = :community and kind in ('credential', 'visitor-pass')
                """)
            .bind("community", community)
            .mapTo(String.class)
            .list());
  }

  private static List<RegistryFact> versions(
      Transaction tx, String community, Collection<String> things) {
    return new ArrayList<>(
        tx
            .query(
                """
                select detail from site.registry_entry
                where community = :community and kind in ('credential', 'visitor-pass')
                  and thing = any (:things)
                """)
            .bind("community", community)
            .bind("things", things.toArray(String[]::new))
            .map((row, context) -> decode(row.getString("detail")))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  /** The wishes as they stand on each terminal: with the digests of codes. */
  private List<Wish> wishes(Transaction tx, String community, DesiredCredentials.Wishes wishes) {
    Map<String, String> secrets =
        codes.of(
            tx,
            community,
            wishes.entries().values().stream().flatMap(ones -> ones.keySet().stream()).toList());
    Map<String, String> salts = secrets.isEmpty() ? Map.of() : salts(tx, community);
    List<Wish> all = new ArrayList<>();
    wishes
        .entries()
        .forEach(
            (device, entries) ->
                entries
                    .values()
                    .forEach(
                        entry -> {
                          String code = secrets.get(entry.credential());
                          if (code != null) {
                            entry =
                                entry.withCode(
                                    CodeDigest.of(Objects.requireNonNull(salts.get(device)), code));
                          } else if (entry.type() == CredentialType.PIN) {
                            // To know a PIN's id is not to know the PIN.
                            return;
                          }
                          all.add(new Wish(device, entry.credential(), Ledger.text(entry)));
                        }));
    return all;
  }

  private static Map<String, String> salts(Transaction tx, String community) {
    Map<String, String> salts = new HashMap<>();
    tx.query("select device, salt from ledger.device where community = :community")
        .bind("community", community)
        .map((row, context) -> Map.entry(row.getString("device"), row.getString("salt")))
        .forEach(one -> salts.put(one.getKey(), one.getValue()));
    return salts;
  }

  private static void write(
      Transaction tx,
      String community,
      Collection<String> credentials,
      List<Wish> wishes,
      Instant now) {
    Ledger.holdAll(tx, community);
    tx.update(
            """
            with wish as (
              select * from unnest(:devices::text[], :wished::text[], :entries::text[])
                as w (device, credential, entry)),
            wanted as (
              insert into ledger.entry as e
                (community, device, credential, desired, state, since)
              select :community, device, credential, entry, 'PENDING', :now from wish
              on conflict (community, device, credential) do update set desired = excluded.desired,
                since = excluded.since, attempts = 0, last_error = null,
                state = case when excluded.desired is distinct from e.sent then 'PENDING'
                  when excluded.desired is distinct from e.confirmed then 'SENT'
                  else 'CONFIRMED' end
              where e.desired is distinct from excluded.desired
              returning device),
            unwanted as (
              update ledger.entry e set desired = null, since = :now, attempts = 0,
                last_error = null,
                state = case when e.sent is not null then 'PENDING'
                  when e.confirmed is not null then 'SENT' else 'CONFIRMED' end
              where community = :community and credential = any (:credentials)
                and desired is not null
                and not exists (
                  select from wish w where w.device = e.device and w.credential = e.credential)
              returning device)
            update ledger.device d
            set next_at = case when attempts = 0 then least(next_at, :now::timestamptz) else next_at end
            where community = :community
              and device in (select device from wanted union select device from unwanted)
            """)
        .bind("community", community)
        .bind("devices", wishes.stream().map(Wish::device).toArray(String[]::new))
        .bind("wished", wishes.stream().map(Wish::credential).toArray(String[]::new))
        .bind("entries", wishes.stream().map(Wish::entry).toArray(String[]::new))
        .bind("credentials", credentials.toArray(String[]::new))
        .bind("now", now)
        .execute();
  }

  private static void remember(Transaction tx, String community, Map<String, Instant> nextChange) {
    List<Map.Entry<String, Instant>> changes = List.copyOf(nextChange.entrySet());
    tx.update(
            """
            insert into ledger.credential (community, credential, next_change_at)
            select :community, credential, at
            from unnest(:credentials::text[], :times::timestamptz[]) as n (credential, at)
            on conflict (community, credential) do update set next_change_at = excluded.next_change_at
            """)
        .bind("community", community)
        .bind("credentials", changes.stream().map(Map.Entry::getKey).toArray(String[]::new))
        .bind(
            "times",
            changes.stream().map(change -> change.getValue().toString()).toArray(String[]::new))
        .execute();
  }

  /** What is no fact grants nothing, and must not keep the rest from the terminals. */
  private static Optional<RegistryFact> decode(@Nullable String json) {
    try {
      return Optional.of(
          (RegistryFact) FactCodec.decode(String.valueOf(json).getBytes(StandardCharsets.UTF_8)));
    } catch (WireException e) {
      return Optional.empty();
    }
  }
}
