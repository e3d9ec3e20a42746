package gatehouse.api.webhook;

import gatehouse.api.http.Cursor;
import gatehouse.api.http.IdempotencyKey;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.ItemList;
import gatehouse.api.http.Page;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.webhook.Webhooks.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Webhooks of managers of the property and of operations, for their communities. */
@RestController
@RequestMapping("/api/v1/webhooks")
class WebhookRoutes {

  private static final int MOST_VALUES = 100;

  private final Webhooks webhooks;
  private final Outlet outlet;
  private final Clock clock;

  WebhookRoutes(Webhooks webhooks, Outlet outlet, Clock clock) {
    this.webhooks = webhooks;
    this.outlet = outlet;
    this.clock = clock;
  }

  /**
   * What is wanted.
   *
   * @param types e.g. alert.told, alert.withdrawn
   * @param models ids of models; all if none are given
   * @param url https, on port 443 or 8443
   */
  record Wish(
      @Nullable List<String> communities,
      @Nullable List<String> types,
      @Nullable List<String> models,
      @Nullable String url) {}

  /** The caller's webhooks, and those of others of the same role and communities. */
  @GetMapping
  ItemList<WebhookView> list(@AuthenticationPrincipal Account account) {
    return new ItemList<>(
        webhooks.list(account).stream().map(one -> WebhookView.of(one, null)).toList());
  }

  /** A webhook. */
  @GetMapping("/{id}")
  ResponseEntity<WebhookView> show(
      @PathVariable String id, @AuthenticationPrincipal Account account) {
    return answer(new Webhooks.Made(webhooks.find(account, Inputs.uuid(id)), null));
  }

  /** Makes a webhook under an id of the caller's choice, or changes it. */
  @PutMapping("/{id}")
  ResponseEntity<WebhookView> put(
      @PathVariable String id,
      @RequestBody Wish wish,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return answer(webhooks.put(caller(account, request), Inputs.uuid(id), checked(wish), ifMatch));
  }

  /** Deletes a webhook with its log. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    webhooks.delete(caller(account, request), Inputs.uuid(id));
  }

  /** Makes a new secret; for a day both sign. */
  @PostMapping("/{id}/rotate")
  ResponseEntity<WebhookView> rotate(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return answer(webhooks.rotate(caller(account, request), Inputs.uuid(id)));
  }

  /** Uses a webhook again that was disabled. */
  @PostMapping("/{id}/enable")
  ResponseEntity<WebhookView> enable(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return answer(
        new Webhooks.Made(webhooks.enable(caller(account, request), Inputs.uuid(id)), null));
  }

  /** Sends a test. */
  @PostMapping("/{id}/test")
  @ResponseStatus(HttpStatus.ACCEPTED)
  DeliveryView test(
      @PathVariable String id,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return DeliveryView.of(
        webhooks.test(caller(account, request), Inputs.uuid(id), IdempotencyKey.require(key)));
  }

  /** What was sent and is to be sent, the newest first. */
  @GetMapping("/{id}/deliveries")
  Page<DeliveryView> deliveries(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account) {
    int size = Page.size(limit);
    Cursor from = Cursor.parse(cursor);
    UUID fromId = from == null ? null : Inputs.uuid(from.id());
    return Page.of(
        webhooks.deliveries(
            account, Inputs.uuid(id), from == null ? null : from.time(), fromId, size + 1),
        size,
        DeliveryView::of,
        one -> new Cursor(one.createdAt(), one.id().toString()));
  }

  /** Sends a delivery again. */
  @PostMapping("/{id}/deliveries/{delivery}/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  DeliveryView replay(
      @PathVariable String id,
      @PathVariable String delivery,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return DeliveryView.of(
        webhooks.replay(caller(account, request), Inputs.uuid(id), Inputs.uuid(delivery)));
  }

  private static ResponseEntity<WebhookView> answer(Webhooks.Made made) {
    return ResponseEntity.ok()
        .header(HttpHeaders.ETAG, made.subscription().etag())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(WebhookView.of(made.subscription(), made.secret()));
  }

  private Webhooks.Wish checked(Wish wish) {
    List<String> communities = values("communities", wish.communities());
    List<String> types = values("types", wish.types());
    List<String> models =
        wish.models() == null || wish.models().isEmpty()
            ? List.of()
            : values("models", wish.models());
    for (String type : types) {
      if (EventType.of(type).isEmpty()) {
        throw Refusal.badValue("types");
      }
    }
    String url = wish.url();
    if (url == null || url.isBlank()) {
      throw Refusal.badValue("url");
    }
    try {
      outlet.check(url);
    } catch (IOException e) {
      // A name that is not known yet is refused, too: nobody could tell it from a wrong one.
      throw Refusal.of(HttpStatus.BAD_REQUEST, "webhook-address");
    }
    return new Webhooks.Wish(communities, types, models, url);
  }

  private static List<String> values(String field, @Nullable List<String> values) {
    if (values == null || values.isEmpty() || values.size() > MOST_VALUES) {
      throw Refusal.badValue(field);
    }
    for (String value : values) {
      if (Inputs.id(field, value) == null) {
        throw Refusal.badValue(field);
      }
    }
    return values.stream().distinct().sorted().toList();
  }

  private Caller caller(Account account, HttpServletRequest request) {
    return new Caller(
        account, request.getRemoteAddr(), clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}
