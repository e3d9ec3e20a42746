package gatehouse.api.notification;

import gatehouse.alert.Explanation;
import gatehouse.alert.Severity;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.identity.Account;
import gatehouse.api.model.ModelTexts;
import gatehouse.notification.Channel;
import gatehouse.notification.Notification.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the caller was told (通知): as police or property on duty, or as a resident. */
@RestController
@RequestMapping("/api/v1/notifications")
class InboxRoutes {

  private final InboxStore inbox;

  InboxRoutes(InboxStore inbox) {
    this.inbox = inbox;
  }

  /**
   * One notification.
   *
   * @param alert id of the alert; null if it is about several
   * @param text why, in the reader's language; empty if it is about several
   * @param alerts about how many alerts
   * @param taken whether somebody has taken the alert
   */
  record Item(
      String id,
      Kind kind,
      Channel channel,
      @Nullable String alert,
      String model,
      String title,
      String community,
      String placeName,
      Severity severity,
      String text,
      int alerts,
      Instant at,
      boolean taken) {}

  /** Newest first. */
  @GetMapping
  Page<Item> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account,
      Locale locale) {
    int size = Page.size(limit);
    ModelTexts texts = ModelTexts.in(locale);
    return Page.of(
        inbox.list(account, Cursor.parse(cursor), size),
        size,
        row -> item(row, texts),
        row -> new Cursor(row.at(), row.id().toString()));
  }

  /** The caller takes the alert that a notification is about: nobody else is called any more. */
  @PostMapping("/{id}/acknowledge")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void acknowledge(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    inbox.acknowledge(account, Inputs.uuid(id), request.getRemoteAddr());
  }

  private static Item item(InboxStore.Row row, ModelTexts texts) {
    Explanation why = row.explanation();
    return new Item(
        row.id().toString(),
        row.kind(),
        row.channel(),
        row.alert(),
        row.model(),
        row.model().isEmpty() ? "" : texts.title(row.model()),
        row.community(),
        row.placeName(),
        row.severity(),
        why == null ? "" : texts.text(why),
        row.alerts(),
        row.at(),
        row.taken());
  }
}
