package gatehouse.api.notification;

import gatehouse.api.alert.Telling;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.model.ModelTexts;
import gatehouse.api.store.Store;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the caller's audience was not told one by one. */
@RestController
class DigestRoutes {

  private final Store store;
  private final Clock clock;

  DigestRoutes(@Qualifier("requests") Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Alerts of a model that were counted on a day for one reason; {@code /api/v1/alerts?digest=}
   * lists them.
   *
   * @param day the day in the community
   * @param cause id of the silence or alert that held them back; empty if there is none
   */
  record Digest(
      String id,
      String community,
      String model,
      String title,
      Telling.Reason reason,
      String cause,
      LocalDate day,
      int alerts,
      Instant firstAt,
      Instant lastAt) {}

  /** The digests of a week, newest day first, from a day on if one is given. */
  @GetMapping("/api/v1/digests")
  List<Digest> list(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String from,
      @AuthenticationPrincipal Account account,
      Locale locale) {
    ModelTexts texts = ModelTexts.in(locale);
    LocalDate first = day(from);
    String only = Inputs.id("community", community);
    return store.in(
        account.scope(),
        tx ->
            tx.query(
                    """
                    select * from notification.digest
                    where day >= :from and day <= :to
                      and (:community::text is null or community = :community)
                    order by day desc, last_at desc, id limit 1000
                    """)
                .bind("from", first)
                .bind("to", first.plusDays(7))
                .bind("community", only)
                .map(
                    (row, context) ->
                        new Digest(
                            row.getString("id"),
                            row.getString("community"),
                            row.getString("model"),
                            texts.title(row.getString("model")),
                            Telling.Reason.valueOf(row.getString("reason")),
                            row.getString("cause"),
                            row.getObject("day", LocalDate.class),
                            row.getInt("alerts"),
                            row.getTimestamp("first_at").toInstant(),
                            row.getTimestamp("last_at").toInstant()))
                .list());
  }

  private LocalDate day(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(6);
    }
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() < 2000 || day.getYear() > 9999) {
        throw Refusal.badValue("from");
      }
      return day;
    } catch (DateTimeException e) {
      throw Refusal.badValue("from");
    }
  }
}
