package gatehouse.api.property;

import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where the registry contradicts itself: the quality of the property's data, not anybody's deeds.
 */
@Component
final class ConsistencyWorklist {

  private static final int MOST = 1_000;

  /** What does not fit. */
  enum Check {
    /** An active credential of a unit whose holder does not belong to it. */
    CREDENTIAL_OUTSIDE_HOUSEHOLD,
    /** An active credential of which nobody knows the holder. */
    CREDENTIAL_WITHOUT_HOLDER,
    /** A vehicle of a unit whose owner does not belong to it. */
    VEHICLE_OUTSIDE_HOUSEHOLD,
    /** A resident who has no active way in but the face. */
    PERSON_WITHOUT_NON_FACE_WAY,
    /** A home in which nobody lives. */
    UNIT_WITHOUT_RESIDENCY
  }

  /** One thing that does not fit. */
  record Row(Check check, String thing, @Nullable String unit, @Nullable String person) {}

  List<Row> list(Transaction tx, String community, Instant now) {
    return tx.query(
            """
            with holds as materialized (
              select kind, thing, detail from site.holding(:now)
              where community = :community
                and kind in ('residency', 'lease', 'credential', 'vehicle')
            ), household as materialized (
              select detail ->> 'unit' as unit, detail ->> 'person' as person
              from holds where kind = 'residency'
              union select detail ->> 'unit', detail ->> 'tenant' from holds where kind = 'lease'
            ), card as materialized (
              select thing, detail ->> 'unit' as unit, detail ->> 'holder' as holder,
                coalesce(detail ->> 'type', 'CARD') as type
              from holds
              where kind = 'credential' and coalesce(detail ->> 'status', 'ACTIVE') = 'ACTIVE'
            ), person as materialized (
              select distinct on (v.person) v.person, v.non_face_way from person.version v
              where v.community = :community order by v.person, v.version desc
            ), unit as materialized (
              select distinct on (u.unit) u.unit, u.purpose from person.unit u
              where u.community = :community order by u.unit, u.version desc
            )
            select 'CREDENTIAL_OUTSIDE_HOUSEHOLD' as finding, c.thing, c.unit, c.holder as person
            from card c
            where c.unit <> '' and c.holder <> ''
              and not exists (
                select from household h where h.unit = c.unit and h.person = c.holder)
            union all
            select 'CREDENTIAL_WITHOUT_HOLDER', c.thing, c.unit, null from card c
            where coalesce(c.holder, '') = ''
            union all
            select 'VEHICLE_OUTSIDE_HOUSEHOLD', v.thing, v.detail ->> 'unit', v.detail ->> 'owner'
            from holds v
            where v.kind = 'vehicle' and v.detail ->> 'unit' <> ''
              and not exists (
                select from household h
                where h.unit = v.detail ->> 'unit'
                  and h.person = coalesce(nullif(v.detail ->> 'owner', ''), h.person))
            union all
            select 'PERSON_WITHOUT_NON_FACE_WAY', p.person, null, p.person from person p
            where p.non_face_way <> 'KEY' and exists (select from household h where h.person = p.person)
              and not exists (
                select from card c where c.holder = p.person and c.type not in ('FACE', 'PLATE'))
            union all
            select 'UNIT_WITHOUT_RESIDENCY', u.unit, u.unit, null from unit u
            where u.purpose = 'HOME' and not exists (select from household h where h.unit = u.unit)
            order by 1, 2 limit :most
            """)
        .bind("community", community)
        .bind("now", now)
        .bind("most", MOST)
        .map(
            (row, context) ->
                new Row(
                    Check.valueOf(row.getString("finding")),
                    row.getString("thing"),
                    row.getString("unit"),
                    row.getString("person")))
        .list();
  }
}
