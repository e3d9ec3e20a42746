package gatehouse.api.notification;

import gatehouse.api.schedule.Chores;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Tells each audience after the end of a day what was only counted in it. */
@Component
final class DailyDigests {

  private final Store store;

  DailyDigests(@Qualifier("consumers") Store store, Clock clock, Chores chores) {
    this.store = store;
    chores.every(Duration.ofMinutes(1), "daily-digests", () -> sum(clock.instant()));
  }

  private record Day(String community, String audience, LocalDate day, String zone) {}

  /** Sums up the days that have ended where they were. */
  void sum(Instant now) {
    List<Day> days =
        store.in(
            Scope.NOBODY,
            tx ->
                tx.query(
                        """
                        select distinct d.community, d.audience, d.day,
                          coalesce(c.time_zone, '') as zone
                        from notification.digest d
                        left join site.community c on c.id = d.community
                        where d.summed_at is null and d.day <= :newest
                        """)
                    .bind("newest", LocalDate.ofInstant(now, ZoneOffset.UTC))
                    .map(
                        (row, context) ->
                            new Day(
                                row.getString("community"),
                                row.getString("audience"),
                                row.getObject("day", LocalDate.class),
                                row.getString("zone")))
                    .list());
    for (Day day : days) {
      if (day.day().isBefore(Days.of(now, day.zone()))) {
        sum(day, now);
      }
    }
  }

  private void sum(Day day, Instant now) {
    store.run(
        Scope.NOBODY,
        tx ->
            tx.update(
                    """
                    with summed as (
                      update notification.digest set summed_at = :now
                      where community = :community and audience = :audience and day = :day
                        and summed_at is null
                      returning alerts)
                    insert into notification.message
                      (kind, channel, community, audience, severity, alerts, at)
                    select 'DIGEST', 'APP', :community, :audience, 'P4', sum(alerts), :now
                    from summed having count(*) > 0
                    """)
                .bind("now", now)
                .bind("community", day.community())
                .bind("audience", day.audience())
                .bind("day", day.day())
                .execute());
  }
}
