package gatehouse.api.alert;

import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.LiveStreams;
import gatehouse.api.http.Page;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.StillSignedIn;
import gatehouse.api.site.SiteNames;
import gatehouse.api.store.Notifications;
import gatehouse.api.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The alert queue: list, stream, detail, acknowledge, resolve. */
@RestController
@RequestMapping("/api/v1/alerts")
class AlertRoutes {

  private static final int AT_ONCE = 200;

  private final AlertStore alerts;
  private final Store store;
  private final SiteNames names;
  private final LiveStreams streams;
  private final StillSignedIn stillSignedIn;

  AlertRoutes(
      AlertStore alerts,
      @Qualifier("requests") Store store,
      SiteNames names,
      LiveStreams streams,
      StillSignedIn stillSignedIn) {
    this.alerts = alerts;
    this.store = store;
    this.names = names;
    this.streams = streams;
    this.stillSignedIn = stillSignedIn;
  }

  /** A note to go with an acknowledgement. */
  record Acknowledgement(@Nullable String note) {}

  /** What an alert turned out to be. */
  record Resolution(@Nullable Disposition disposition, @Nullable String note) {}

  /** Alerts routed to the caller's role in the caller's communities, newest first. */
  @GetMapping
  Page<AlertViews.Item> list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String severity,
      @RequestParam(required = false) @Nullable String handling,
      @RequestParam(required = false) @Nullable String model,
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String digest,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account,
      Locale locale) {
    AlertFilter filter =
        AlertFilter.of(state, severity, handling, model, community, digest, q, from, to);
    int size = Page.size(limit);
    return Page.of(
        alerts.list(account, filter, Cursor.parse(cursor), size),
        size,
        AlertViews.of(account, locale)::item,
        row -> new Cursor(row.receivedAt(), row.id().toString()));
  }

  /** All that is known of an alert. */
  @GetMapping("/{id}")
  AlertViews.Detail detail(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      Locale locale,
      HttpServletRequest request) {
    return view(account, Inputs.uuid(id), locale, request);
  }

  /**
   * Alerts as they come and change. An event's id is a cursor: a reader that comes back with it as
   * Last-Event-ID misses nothing.
   */
  @GetMapping(
      path = "/stream",
      produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
  SseEmitter stream(
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
      @AuthenticationPrincipal Account account,
      Locale locale,
      HttpServletRequest request) {
    AlertViews views = AlertViews.of(account, locale);
    long begin = cursor(last, account);
    return streams.open(
        account.username(),
        Notifications.Channel.ALERT,
        text -> true,
        stillSignedIn.check(request, account),
        new LiveStreams.Source() {
          private long seen = begin;

          @Override
          public boolean send(SseEmitter to) throws IOException {
            List<AlertRow> rows;
            do {
              rows = alerts.changes(account, seen, AT_ONCE);
              for (AlertRow row : rows) {
                to.send(
                    SseEmitter.event()
                        .name("alert")
                        .id(Long.toString(row.change()))
                        .data(views.item(row), MediaType.APPLICATION_JSON));
                seen = row.change();
              }
            } while (rows.size() == AT_ONCE);
            return true;
          }
        });
  }

  /** The caller takes the alert (签收). */
  @PostMapping("/{id}/acknowledge")
  AlertViews.Detail acknowledge(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable Acknowledgement acknowledgement,
      @AuthenticationPrincipal Account account,
      Locale locale,
      HttpServletRequest request) {
    UUID alert = Inputs.uuid(id);
    String note = acknowledgement == null ? null : acknowledgement.note();
    alerts.acknowledge(account, alert, Inputs.note(note), request.getRemoteAddr());
    return view(account, alert, locale, request);
  }

  /** The caller closes the alert (处置). */
  @PostMapping("/{id}/resolve")
  AlertViews.Detail resolve(
      @PathVariable String id,
      @RequestBody Resolution resolution,
      @AuthenticationPrincipal Account account,
      Locale locale,
      HttpServletRequest request) {
    UUID alert = Inputs.uuid(id);
    if (resolution.disposition() == null) {
      throw Refusal.badValue("disposition");
    }
    alerts.resolve(
        account,
        alert,
        resolution.disposition(),
        Inputs.note(resolution.note()),
        request.getRemoteAddr());
    return view(account, alert, locale, request);
  }

  private AlertViews.Detail view(
      Account account, UUID id, Locale locale, HttpServletRequest request) {
    AlertRow row = alerts.read(account, id, request.getRemoteAddr()).orElseThrow(Refusal::notFound);
    List<String> keys =
        row.alert().evidence().stream()
            .map(evidence -> row.alert().community() + '/' + evidence.place())
            .toList();
    Map<String, String> places = store.in(account.scope(), tx -> names.places(tx, keys));
    return AlertViews.of(account, locale)
        .detail(row, places, alerts.history(account, id), alerts.escalation(account, id));
  }

  private long cursor(@Nullable String last, Account account) {
    if (last == null || last.isEmpty()) {
      return alerts.newestChange(account);
    }
    if (!last.matches("\\d{1,18}")) {
      throw Refusal.badValue("Last-Event-ID");
    }
    return Long.parseLong(last);
  }
}
