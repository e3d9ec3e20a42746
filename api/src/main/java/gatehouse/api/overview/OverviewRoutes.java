package gatehouse.api.overview;

import gatehouse.alert.Severity;
import gatehouse.api.door.DoorCounts;
import gatehouse.api.http.Inputs;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The counts of the console's header. */
@RestController
class OverviewRoutes {

  private final Store store;
  private final DoorCounts doors;

  OverviewRoutes(@Qualifier("requests") Store store, DoorCounts doors) {
    this.store = store;
    this.doors = doors;
  }

  /** What is going on in one community, or in all of the caller's. */
  record Overview(
      Map<Severity, Integer> openAlerts,
      int doorsOnline,
      int doorsOffline,
      long eventsLastMinute) {}

  @GetMapping("/api/v1/overview")
  Overview overview(
      @RequestParam(required = false) @Nullable String community,
      @AuthenticationPrincipal Account account) {
    String only = Inputs.id("community", community);
    return store.in(
        account.scope(),
        tx -> {
          DoorCounts.Counts counts = doors.of(tx, account, only);
          return new Overview(
              openAlerts(tx, only), counts.online(), counts.offline(), eventsLastMinute(tx, only));
        });
  }

  private static Map<Severity, Integer> openAlerts(Transaction tx, @Nullable String community) {
    Map<Severity, Integer> open = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      open.put(severity, 0);
    }
    tx.query(
            """
            select severity, count(*) as alerts from alert.alert
            where state = 'OPEN' and handling <> 'RESOLVED'
              and (:community::text is null or community = :community)
            group by severity
            """)
        .bind("community", community)
        .map(
            (row, context) ->
                Map.entry(Severity.valueOf(row.getString("severity")), row.getInt("alerts")))
        .forEach(count -> open.put(count.getKey(), count.getValue()));
    return open;
  }

  private static long eventsLastMinute(Transaction tx, @Nullable String community) {
    return tx.query(
            """
            select coalesce(sum(events), 0) from event.rate
            where bucket > now() - interval '1 minute'
              and (:community::text is null or community = :community)
            """)
        .bind("community", community)
        .mapTo(Long.class)
        .one();
  }
}
