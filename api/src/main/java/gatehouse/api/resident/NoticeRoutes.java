package gatehouse.api.resident;

import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a resident is told: guests, leases, answers. */
@RestController
@RequestMapping("/api/v1/notices")
class NoticeRoutes {

  private final Store store;
  private final Notices notices;
  private final Clock clock;

  NoticeRoutes(@Qualifier("requests") Store store, Notices notices, Clock clock) {
    this.store = store;
    this.notices = notices;
    this.clock = clock;
  }

  /** The newest first. */
  @GetMapping
  Page<Notices.Notice> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account) {
    int size = Page.size(limit);
    Cursor from = Cursor.parse(cursor);
    String fromId = from == null ? null : Inputs.uuid(from.id()).toString();
    return Page.of(
        store.in(
            account.scope(),
            tx -> notices.own(tx, from == null ? null : from.time(), fromId, size + 1)),
        size,
        notice -> notice,
        notice -> new Cursor(notice.at(), notice.id().toString()));
  }

  /** The caller has read it. */
  @PostMapping("/{id}/read")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void read(@PathVariable String id, @AuthenticationPrincipal Account account) {
    boolean there =
        store.in(
            account.scope(),
            tx ->
                notices.read(tx, Inputs.uuid(id), clock.instant().truncatedTo(ChronoUnit.MICROS)));
    if (!there) {
      throw Refusal.notFound();
    }
  }
}
