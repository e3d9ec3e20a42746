package gatehouse.api.property;

import gatehouse.api.site.Masks;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Vehicles that are inside by the last read of their plate, and since when. */
@Component
final class ParkingWorklist {

  /**
   * As long as the overstay model lets an unregistered vehicle stay, unless it is told otherwise.
   */
  static final Duration VISIT = Duration.ofHours(24);

  private static final Duration REMEMBERED = Duration.ofDays(31);
  private static final int MOST = 1_000;

  /**
   * A vehicle; the plate is masked. Device, id and time name the read for the access log's reveal.
   *
   * @param minutes how long it has been inside
   * @param registered whether it belongs to a household or a firm here
   * @param allowedUntil null: it may stay
   */
  record Row(
      String plate,
      String place,
      String device,
      String id,
      Instant since,
      long minutes,
      boolean registered,
      @Nullable Instant allowedUntil,
      boolean overstay) {}

  /** The longest inside first. */
  List<Row> list(Transaction tx, String community, Instant now) {
    return tx.query(
            """
            with last as materialized (
              select distinct on (subject) subject, place, device, id, time, direction
              from event.log
              where passage and community = :community and subject_type = 'plate'
                and subject <> '' and outcome <> 'DENIED' and time > :since and time <= :now
              order by subject, time desc, id desc
            ), inside as (
              select * from last where direction = 'IN'
            ), registered as materialized (
              select thing from site.holding(:now)
              where community = :community and kind = 'vehicle' and detail ->> 'unit' <> ''
            ), permitted as materialized (
              select s.subject, max(p.valid_to) as until
              from (
                select distinct on (thing) thing, detail, valid_from, valid_to
                from site.registry_entry
                where community = :community and kind = 'permit'
                order by thing, recorded_at desc, id desc) p
              cross join lateral json_array_elements_text(
                coalesce(p.detail -> 'subjects', '[]')) as s (subject)
              group by s.subject
            )
            select i.*, r.thing is not null as registered,
              case when r.thing is not null then null
                else greatest(i.time + :visit * interval '1 second',
                  nullif(p.until, timestamptz 'infinity')) end as allowed_until
            from inside i
            left join registered r on r.thing = i.subject
            left join permitted p on p.subject = i.subject
            order by i.time, i.subject limit :most
            """)
        .bind("community", community)
        .bind("since", now.minus(REMEMBERED))
        .bind("now", now)
        .bind("visit", VISIT.toSeconds())
        .bind("most", MOST)
        .map((row, context) -> read(row, now))
        .list();
  }

  private static Row read(ResultSet row, Instant now) throws SQLException {
    Instant since = row.getTimestamp("time").toInstant();
    Timestamp until = row.getTimestamp("allowed_until");
    Instant allowed = until == null ? null : until.toInstant();
    return new Row(
        Masks.mask(row.getString("subject")),
        row.getString("place"),
        row.getString("device"),
        row.getString("id"),
        since,
        Duration.between(since, now).toMinutes(),
        row.getBoolean("registered"),
        allowed,
        allowed != null && allowed.isBefore(now));
  }
}
