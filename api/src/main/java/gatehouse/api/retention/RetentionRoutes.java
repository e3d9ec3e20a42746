package gatehouse.api.retention;

import gatehouse.api.ApiSettings;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How long things are kept, and what was deleted when. */
@RestController
@RequestMapping("/api/v1/retention")
class RetentionRoutes {

  private static final int MOST_RUNS = 200;

  private final Store store;
  private final ApiSettings settings;

  RetentionRoutes(@Qualifier("requests") Store store, ApiSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /**
   * A rule.
   *
   * @param keep ISO 8601
   */
  record Rule(DataClass type, Duration keep) {}

  /**
   * What was done about a class of data.
   *
   * @param cutOff what was older than this was deleted
   * @param rows how many rows that was
   * @param kept how many were old enough, and are still named by something that is not
   */
  record Run(DataClass type, Instant cutOff, long rows, long kept, Instant at) {}

  /** The rules, and the newest runs. */
  record Report(List<Rule> rules, List<Run> runs) {}

  /** The rules and the newest 200 runs, the newest first. */
  @GetMapping
  Report report(@AuthenticationPrincipal Account account) {
    List<Rule> rules =
        Arrays.stream(DataClass.values())
            .map(type -> new Rule(type, type.period(settings)))
            .toList();
    return new Report(rules, store.in(account.scope(), RetentionRoutes::runs));
  }

  private static List<Run> runs(Transaction tx) {
    return tx.query("select * from retention.run order by at desc, id desc limit :most")
        .bind("most", MOST_RUNS)
        .map(
            (row, context) ->
                new Run(
                    DataClass.valueOf(row.getString("class")),
                    row.getTimestamp("cut_off").toInstant(),
                    row.getLong("rows"),
                    row.getLong("kept"),
                    row.getTimestamp("at").toInstant()))
        .list();
  }
}
