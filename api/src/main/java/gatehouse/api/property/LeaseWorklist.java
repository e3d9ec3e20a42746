package gatehouse.api.property;

import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Leases that need somebody (租客到期): those that end, and those that ended and still open doors. */
@Component
final class LeaseWorklist {

  private static final Duration SOON = Duration.ofDays(30);
  private static final int MOST = 500;

  /**
   * A lease, or a tenant.
   *
   * @param lease null: the tenant has none
   * @param credentials of the lease, as far as they are still active
   */
  record Row(
      @Nullable String lease,
      String unit,
      String tenant,
      @Nullable Instant validTo,
      List<String> credentials) {}

  /**
   * The list.
   *
   * @param ending leases that end within 30 days
   * @param endedButActive leases that have ended while a credential of theirs still opens doors
   * @param tenantsWithoutLease who lives here as a tenant with no lease that holds
   */
  record View(List<Row> ending, List<Row> endedButActive, List<Row> tenantsWithoutLease) {}

  View list(Transaction tx, String community, Instant now) {
    return new View(
        leases(tx, community, now, now, now.plus(SOON), false),
        leases(tx, community, now, Instant.EPOCH, now, true),
        tenantsWithoutLease(tx, community, now));
  }

  /** Leases that end after one time and not after another, by their newest version. */
  private static List<Row> leases(
      Transaction tx,
      String community,
      Instant now,
      Instant after,
      Instant until,
      boolean activeOnly) {
    return tx.query(
            """
            with active as materialized (
              select thing from site.holding(:now)
              where community = :community and kind = 'credential'
                and coalesce(detail ->> 'status', 'ACTIVE') = 'ACTIVE'
            ), newest as (
              select distinct on (thing) thing, detail, valid_to from site.registry_entry
              where community = :community and kind = 'lease'
              order by thing, recorded_at desc, id desc
            ), shown as (
              select n.*, array(
                select c from json_array_elements_text(
                  coalesce(n.detail -> 'credentials', '[]')) c
                where c in (select thing from active) order by c) as credentials
              from newest n where n.valid_to > :after and n.valid_to <= :until
            )
            select thing, detail ->> 'unit' as unit, detail ->> 'tenant' as tenant, valid_to,
              credentials
            from shown where not :activeOnly or credentials <> '{}'
            order by valid_to, thing limit :most
            """)
        .bind("community", community)
        .bind("now", now)
        .bind("after", after)
        .bind("until", until)
        .bind("activeOnly", activeOnly)
        .bind("most", MOST)
        .map((row, context) -> read(row))
        .list();
  }

  private static List<Row> tenantsWithoutLease(Transaction tx, String community, Instant now) {
    return tx.query(
            """
            with holds as materialized (
              select kind, detail from site.holding(:now)
              where community = :community and kind in ('residency', 'lease')
            )
            select null as thing, r.detail ->> 'unit' as unit, r.detail ->> 'person' as tenant,
              null::timestamptz as valid_to, array[]::text[] as credentials
            from holds r
            where r.kind = 'residency' and r.detail ->> 'role' = 'TENANT'
              and not exists (
                select from holds l
                where l.kind = 'lease' and l.detail ->> 'tenant' = r.detail ->> 'person'
                  and l.detail ->> 'unit' = r.detail ->> 'unit')
            order by unit, tenant limit :most
            """)
        .bind("community", community)
        .bind("now", now)
        .bind("most", MOST)
        .map((row, context) -> read(row))
        .list();
  }

  private static Row read(ResultSet row) throws SQLException {
    Timestamp end = row.getTimestamp("valid_to");
    return new Row(
        row.getString("thing"),
        row.getString("unit"),
        row.getString("tenant"),
        end == null ? null : end.toInstant(),
        Arrays.asList((String[]) row.getArray("credentials").getArray()));
  }
}
