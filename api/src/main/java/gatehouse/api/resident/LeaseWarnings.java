package gatehouse.api.resident;

import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Tells tenant and owner that a lease ends: seven days before, one day before, and when it has. */
@Component
final class LeaseWarnings {

  private final Store store;

  LeaseWarnings(@Qualifier("consumers") Store store, Clock clock, Chores chores) {
    this.store = store;
    chores.every(Duration.ofMinutes(1), "lease-warnings", () -> warn(clock.instant()));
  }

  /**
   * Tells whoever was not told yet. A renewed lease ends at another time, of which is told anew.
   *
   * @return how many notices
   */
  int warn(Instant now) {
    return store.in(
        Scope.NOBODY,
        tx ->
            tx.update(
                    """
                    with newest as (
                      select distinct on (community, thing) * from site.registry_entry
                      where kind = 'lease' and valid_from <= :now
                      order by community, thing, recorded_at desc, id desc),
                    ending as (
                      select community, thing, valid_to, detail, case
                          when valid_to <= :now then 'LEASE_ENDED'
                          when valid_to <= :now::timestamptz + interval '1 day'
                            then 'LEASE_ENDS_TOMORROW'
                          else 'LEASE_ENDS_IN_A_WEEK' end as kind
                      from newest
                      where valid_to > :now::timestamptz - interval '1 day'
                        and valid_to <= :now::timestamptz + interval '7 days'),
                    told as (
                      select community, detail ->> 'tenant' as person, kind, thing, valid_to
                      from ending
                      union all
                      select e.community, r.detail ->> 'person', e.kind, e.thing, e.valid_to
                      from ending e join site.holding(:now) r
                        on r.community = e.community and r.kind = 'residency'
                          and r.detail ->> 'unit' = e.detail ->> 'unit'
                          and coalesce(r.detail ->> 'role', 'OWNER') = 'OWNER')
                    insert into resident.notice (community, person, kind, about, at)
                    select community, person, kind,
                      thing || '@' || to_char(valid_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), :now
                    from told where person is not null
                    on conflict do nothing
                    """)
                .bind("now", now)
                .execute());
  }
}
