package gatehouse.api.statistics;

import gatehouse.api.accesslog.CsvText;
import gatehouse.api.store.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How often doors are forced, held open and tailgated, against how often they are passed. */
@Component
final class DoorReport {

  /**
   * A door; rates are per 1 000 passages.
   *
   * @param passages null: fewer than five
   */
  record Row(
      String community,
      String place,
      String name,
      @Nullable Long passages,
      long forced,
      long heldOpen,
      long tailgating,
      @Nullable Double forcedRate,
      @Nullable Double heldOpenRate,
      @Nullable Double tailgatingRate) {

    static String header() {
      return CsvText.line(
          "community",
          "place",
          "name",
          "passages",
          "forced",
          "held_open",
          "tailgating",
          "forced_rate",
          "held_open_rate",
          "tailgating_rate");
    }

    String line() {
      return CsvText.line(
          community,
          place,
          name,
          passages,
          forced,
          heldOpen,
          tailgating,
          forcedRate,
          heldOpenRate,
          tailgatingRate);
    }
  }

  List<Row> rows(Transaction tx, Period period, @Nullable String community) {
    return tx.query(
            """
            with door as (
              select community, place, min(name) as name from (
                select d.community, d.place, coalesce(nullif(p.name, ''), d.place) as name
                from site.device d
                left join site.place p on p.community = d.community and p.id = d.place
                where d.kind in ('access-terminal', 'door-controller', 'barrier-controller')
                  and (:community::text is null or d.community = :community)) x
              group by community, place
            ), passed as (
              select d.community, d.place, sum(h.reads) as passages
              from event.device_hour h
              join site.device d on d.community = h.community and d.id = h.device
              where h.hour >= date_trunc('hour', :from::timestamptz) and h.hour < :to
                and (:community::text is null or h.community = :community)
              group by d.community, d.place
            ), told as (
              select community, place, count(*) filter (where model = 'door-forced') as forced,
                count(*) filter (where model = 'door-held-open') as held,
                count(*) filter (where model = 'tailgating') as tailgating
              from alert.alert
              where model in ('door-forced', 'door-held-open', 'tailgating')
                and state <> 'RETRACTED' and first_event_time >= :from and first_event_time < :to
                and coalesce(disposition, 'TRUE') = 'TRUE'
                and (:community::text is null or community = :community)
              group by community, place
            )
            select d.*, coalesce(p.passages, 0) as passages, coalesce(t.forced, 0) as forced,
              coalesce(t.held, 0) as held, coalesce(t.tailgating, 0) as tailgating
            from door d
            left join passed p on p.community = d.community and p.place = d.place
            left join told t on t.community = d.community and t.place = d.place
            order by d.community, d.name, d.place limit 20000
            """)
        .bind("community", community)
        .bind("from", period.from())
        .bind("to", period.to())
        .map(
            (row, context) -> {
              long passages = row.getLong("passages");
              long forced = row.getLong("forced");
              long held = row.getLong("held");
              long tailgating = row.getLong("tailgating");
              return new Row(
                  row.getString("community"),
                  row.getString("place"),
                  row.getString("name"),
                  Figures.count(passages),
                  forced,
                  held,
                  tailgating,
                  Figures.perThousand(forced, passages),
                  Figures.perThousand(held, passages),
                  Figures.perThousand(tailgating, passages));
            })
        .list();
  }
}
