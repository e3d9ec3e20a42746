package gatehouse.api.statistics;

import gatehouse.api.accesslog.CsvText;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How long alerts wait until somebody takes them, and until they are closed. */
@Component
final class ResponseReport {

  /**
   * Alerts of one severity in one community, with times in seconds. A time that rests on fewer than
   * five alerts is null: it would be one person's.
   *
   * @param alerts null: fewer than five
   */
  record Row(
      String community,
      String severity,
      @Nullable Long alerts,
      @Nullable Double acknowledgeMedian,
      @Nullable Double acknowledgeP90,
      @Nullable Double closeMedian,
      @Nullable Double closeP90) {

    static String header() {
      return CsvText.line(
          "community",
          "severity",
          "alerts",
          "acknowledge_median_s",
          "acknowledge_p90_s",
          "close_median_s",
          "close_p90_s");
    }

    String line() {
      return CsvText.line(
          community, severity, alerts, acknowledgeMedian, acknowledgeP90, closeMedian, closeP90);
    }
  }

  List<Row> rows(Transaction tx, Period period, @Nullable String community) {
    return tx.query(
            """
            with answered as (
              select a.community, a.severity,
                extract(epoch from a.acknowledged_at - a.received_at)::double precision as taken,
                extract(epoch from (
                  select min(h.at) from alert.history h
                  where h.alert = a.id and h.what like 'RESOLVED%') - a.received_at)
                  ::double precision as closed
              from alert.alert a
              where a.received_at >= :from and a.received_at < :to and a.attention = 'NOTIFY'
                and (:community::text is null or a.community = :community)
            )
            select community, severity, count(*) as alerts,
              case when count(taken) >= :fewest
                then percentile_cont(0.5) within group (order by taken) end as taken_median,
              case when count(taken) >= :fewest
                then percentile_cont(0.9) within group (order by taken) end as taken_p90,
              case when count(closed) >= :fewest
                then percentile_cont(0.5) within group (order by closed) end as closed_median,
              case when count(closed) >= :fewest
                then percentile_cont(0.9) within group (order by closed) end as closed_p90
            from answered group by community, severity
            order by community, severity desc
            """)
        .bind("community", community)
        .bind("from", period.from())
        .bind("to", period.to())
        .bind("fewest", Figures.FEWEST)
        .map((row, context) -> read(row))
        .list();
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString("community"),
        row.getString("severity"),
        Figures.count(row.getLong("alerts")),
        row.getObject("taken_median", Double.class),
        row.getObject("taken_p90", Double.class),
        row.getObject("closed_median", Double.class),
        row.getObject("closed_p90", Double.class));
  }
}
