package gatehouse.api.notification;

import gatehouse.alert.Audience;
import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The alert budgets (告警预算) of the caller's audience, and how far they are used today. */
@RestController
@RequestMapping("/api/v1/alert-budgets")
class BudgetRoutes {

  private static final int MOST = 10_000;

  private final Store store;
  private final AuditLog audit;
  private final Clock clock;

  BudgetRoutes(@Qualifier("requests") Store store, AuditLog audit, Clock clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A budget.
   *
   * @param perDay alerts a day of which the audience is told one by one; the most urgent ones
   *     always
   * @param perModel how many of them one model may use
   * @param told how many were told today
   * @param counted how many were only counted today
   */
  record Budget(String community, int perDay, int perModel, int told, int counted) {}

  /** How many alerts a day. */
  record Wish(@Nullable Integer perDay) {}

  private record Day(String community, LocalDate day) {}

  private record Used(int told, int counted) {
    static final Used NOTHING = new Used(0, 0);
  }

  private record Row(String community, String zone, @Nullable Integer perDay) {}

  /** One a community, in the order of their ids. */
  @GetMapping
  List<Budget> list(@AuthenticationPrincipal Account account) {
    Instant now = clock.instant();
    return store.in(
        account.scope(),
        tx -> {
          Map<Day, Used> used = used(tx, null, now);
          return rows(tx).stream().map(row -> budget(account, row, used, now)).toList();
        });
  }

  private static List<Row> rows(Transaction tx) {
    return tx.query(
            """
            select c.id, c.time_zone, b.per_day from site.community c
            left join notification.budget b on b.community = c.id
            order by c.id limit 5000
            """)
        .map(
            (row, context) ->
                new Row(
                    row.getString("id"),
                    row.getString("time_zone"),
                    row.getObject("per_day", Integer.class)))
        .list();
  }

  /** Sets the budget of a community; zero: only the most urgent alerts are told. */
  @PutMapping("/{community}")
  Budget set(
      @PathVariable String community,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    account.requireAtProperty(Duty.MANAGER);
    String id = Inputs.id("community", community);
    Integer perDay = wish.perDay();
    if (perDay == null || perDay < 0 || perDay > MOST) {
      throw Refusal.badValue("perDay");
    }
    if (id == null || !account.sees(id)) {
      throw Refusal.notFound();
    }
    Instant now = clock.instant();
    return store.in(
        account.scope(),
        tx -> {
          String zone =
              tx.query("select time_zone from site.community where id = :id")
                  .bind("id", id)
                  .mapTo(String.class)
                  .findOne()
                  .orElseThrow(Refusal::notFound);
          tx.update(
                  """
                  insert into notification.budget values (:community, :audience, :perDay, :by, :now)
                  on conflict (community, audience) do update set per_day = excluded.per_day,
                    set_by = excluded.set_by, set_at = excluded.set_at
                  """)
              .bind("community", id)
              .bind("audience", account.role().name())
              .bind("perDay", perDay)
              .bind("by", account.displayName())
              .bind("now", now)
              .execute();
          audit.append(
              tx,
              new AuditLog.Entry(
                  id,
                  account.username(),
                  account.role().name(),
                  request.getRemoteAddr(),
                  "alert-budget.set",
                  id,
                  "DONE",
                  Integer.toString(perDay)));
          return budget(account, new Row(id, zone, perDay), used(tx, id, now), now);
        });
  }

  private static Budget budget(Account account, Row row, Map<Day, Used> used, Instant now) {
    int perDay =
        row.perDay() == null
            ? Budgets.USUAL.getOrDefault(Audience.valueOf(account.role().name()), 0)
            : row.perDay();
    Used today =
        used.getOrDefault(new Day(row.community(), Days.of(now, row.zone())), Used.NOTHING);
    return new Budget(
        row.community(), perDay, NotificationPolicy.share(perDay), today.told(), today.counted());
  }

  /** Of one community or of all, on every day that it may be somewhere. */
  private static Map<Day, Used> used(Transaction tx, @Nullable String community, Instant now) {
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Map<Day, Used> used = new HashMap<>();
    tx.query(
            """
            select community, day, count(*) filter (where outcome = 'TOLD') as told,
              count(*) filter (where outcome in ('DIGESTED', 'HELD')) as counted
            from notification.verdict
            where day >= :from and day <= :to
              and (:community::text is null or community = :community)
            group by community, day
            """)
        .bind("from", day.minusDays(1))
        .bind("to", day.plusDays(1))
        .bind("community", community)
        .map(
            (row, context) ->
                Map.entry(
                    new Day(row.getString("community"), row.getObject("day", LocalDate.class)),
                    new Used(row.getInt("told"), row.getInt("counted"))))
        .forEach(one -> used.put(one.getKey(), one.getValue()));
    return used;
  }
}
