package gatehouse.api.statistics;

import gatehouse.api.accesslog.CsvText;
import gatehouse.api.store.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Share of the hours in which a device said anything. */
@Component
final class DeviceReport {

  /**
   * A device.
   *
   * @param hours of the period, from the first hour that the device was heard
   * @param heard in so many of them there was a message
   * @param uptime heard by hours; null: it was never heard
   */
  record Row(
      String community,
      String device,
      String kind,
      String place,
      long hours,
      long heard,
      @Nullable Double uptime) {

    static String header() {
      return CsvText.line("community", "device", "kind", "place", "hours", "heard", "uptime");
    }

    String line() {
      return CsvText.line(community, device, kind, place, hours, heard, uptime);
    }
  }

  List<Row> rows(Transaction tx, Period period, @Nullable String community) {
    return tx.query(
            """
            with heard as (
              select community, device, min(hour) as first,
                count(*) filter (where hour >= date_trunc('hour', :from::timestamptz)) as hours
              from event.device_hour
              where hour < :to and (:community::text is null or community = :community)
              group by community, device
            )
            select d.community, d.id, d.kind, d.place, coalesce(h.hours, 0) as heard,
              case when h.first is null then 0 else greatest(1, ceil(extract(epoch from
                :to - greatest(h.first, date_trunc('hour', :from::timestamptz))) / 3600))
                end::bigint as hours
            from site.device d
            left join heard h on h.community = d.community and h.device = d.id
            where d.active and (:community::text is null or d.community = :community)
            order by d.community, d.id limit 20000
            """)
        .bind("community", community)
        .bind("from", period.from())
        .bind("to", period.to())
        .map(
            (row, context) -> {
              long hours = row.getLong("hours");
              long heard = row.getLong("heard");
              return new Row(
                  row.getString("community"),
                  row.getString("id"),
                  row.getString("kind"),
                  row.getString("place"),
                  hours,
                  heard,
                  hours == 0 ? null : Math.min(1, Math.round(heard * 10_000.0 / hours) / 10_000.0));
            })
        .list();
  }
}
