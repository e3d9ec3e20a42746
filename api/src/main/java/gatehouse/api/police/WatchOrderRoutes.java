package gatehouse.api.police;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.EntityTag;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.http.Precondition;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.purpose.CaseGate;
import gatehouse.api.purpose.CaseScope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.event.Plates;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
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
import org.springframework.web.bind.annotation.RestController;

/** Watch orders: asked for in a case, in force when two others approve. */
@RestController
@RequestMapping("/api/v1/watch-orders")
class WatchOrderRoutes {

  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int MOST_COMMUNITIES = 16;

  /** One plate, whole or without its province; a pattern of several is none. */
  private static final Pattern PLATE = Pattern.compile("[\\p{IsHan}A-Z0-9]{5,9}");

  private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9:._-]{4,64}");

  private final Store store;
  private final CaseGate gate;
  private final CaseStore cases;
  private final WatchOrderStore orders;
  private final CaseApprovals approvals;
  private final CaseRecord record;
  private final Clock clock;

  WatchOrderRoutes(
      @Qualifier("requests") Store store,
      CaseGate gate,
      CaseStore cases,
      WatchOrderStore orders,
      CaseApprovals approvals,
      CaseRecord record,
      Clock clock) {
    this.store = store;
    this.gate = gate;
    this.cases = cases;
    this.orders = orders;
    this.approvals = approvals;
    this.record = record;
    this.clock = clock;
  }

  /** What is looked out for: one plate or one credential, never a class of people. */
  record Wish(
      @Nullable String caseId,
      @Nullable String subjectType,
      @Nullable String subject,
      @Nullable String legalBasis,
      @Nullable List<String> communities,
      @Nullable Instant expires) {}

  /** Orders of the cases that the caller sees, the newest first. */
  @GetMapping
  Page<WatchOrderView> list(
      @RequestParam(name = "case", required = false) @Nullable String caseFile,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account) {
    UUID ofCase = caseFile == null || caseFile.isEmpty() ? null : Inputs.uuid(caseFile);
    Cursor after = Cursor.parse(cursor);
    int size = Page.size(limit);
    List<WatchOrderStore.Row> found =
        store.in(account.scope(), tx -> orders.list(tx, ofCase, after, size));
    return Page.of(
        found,
        size,
        WatchOrderStore.Row::view,
        row -> new Cursor(row.view().askedAt(), row.view().id()));
  }

  @GetMapping("/{id}")
  ResponseEntity<WatchOrderView> find(
      @PathVariable String id, @AuthenticationPrincipal Account account) {
    UUID key = Inputs.uuid(id);
    return tagged(
        store.in(account.scope(), tx -> orders.find(tx, key).orElseThrow(Refusal::notFound)));
  }

  /** Asks for an order under an id of the caller's choice; asking again changes nothing. */
  @PutMapping("/{id}")
  ResponseEntity<WatchOrderView> ask(
      @PathVariable String id,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    Instant now = now();
    CaseGate.Use use =
        new CaseGate.Use(
            Inputs.required("caseId", wish.caseId()), "watch-order.ask", request.getRemoteAddr());
    return tagged(
        gate.in(
            account,
            use,
            (tx, scope) -> {
              WatchOrderStore.New asked =
                  check(key, wish, scope, cases.find(tx, scope.id()).orElseThrow(), now);
              boolean first = orders.ask(tx, asked, account, now);
              WatchOrderStore.Row found =
                  orders
                      .find(tx, key)
                      .orElseThrow(() -> Refusal.of(HttpStatus.CONFLICT, "id-used"));
              if (first) {
                append(tx, account, found, "watch-order.ask", now, request);
              }
              return found;
            }));
  }

  /** Approves an order; it holds once two others have, one of them a supervisor. */
  @PostMapping("/{id}/approve")
  ResponseEntity<WatchOrderView> approve(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    Instant now = now();
    return tagged(
        store.in(
            account.scope(),
            tx -> {
              WatchOrderStore.Row found = orders.hold(tx, key);
              WatchOrderView.State state = found.view().state();
              boolean inForce =
                  cases.find(tx, found.caseFile()).map(CaseView::inForce).orElse(false);
              if (!inForce
                  || state == WatchOrderView.State.EXPIRED
                  || state == WatchOrderView.State.WITHDRAWN) {
                throw Refusal.of(HttpStatus.CONFLICT, "order-ended");
              }
              if (!approvals.give(
                  tx,
                  CaseApprovals.Deed.WATCH_ORDER,
                  key,
                  found.caseFile(),
                  found.askedBy(),
                  account,
                  now)) {
                return found;
              }
              orders.approved(tx, key);
              append(tx, account, found, "watch-order.approve", now, request);
              if (state == WatchOrderView.State.REQUESTED && orders.enough(tx, key)) {
                orders.takeEffect(
                    tx, orders.find(tx, key).orElseThrow(Refusal::notFound), account, now);
                append(tx, account, found, "watch-order.in-force", now, request);
              }
              return orders.find(tx, key).orElseThrow(Refusal::notFound);
            }));
  }

  /** Withdraws an order (撤控); one that has ended stays as it is. */
  @DeleteMapping("/{id}")
  ResponseEntity<WatchOrderView> withdraw(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    Instant now = now();
    return tagged(
        store.in(
            account.scope(),
            tx -> {
              WatchOrderStore.Row found = orders.hold(tx, key);
              WatchOrderView.State state = found.view().state();
              if (state == WatchOrderView.State.EXPIRED
                  || state == WatchOrderView.State.WITHDRAWN) {
                return found;
              }
              Precondition.exactly(ifMatch).check(EntityTag.of(found.view().version()));
              orders.withdraw(tx, found, account, now);
              append(tx, account, found, "watch-order.withdraw", now, request);
              return orders.find(tx, key).orElseThrow(Refusal::notFound);
            }));
  }

  private void append(
      Transaction tx,
      Account account,
      WatchOrderStore.Row order,
      String action,
      Instant now,
      HttpServletRequest request) {
    WatchOrderView view = order.view();
    record.append(
        tx,
        account,
        new CaseRecord.Deed(
            order.caseFile(),
            view.caseNumber(),
            // In no community's chain: only the police and the auditors know of it.
            AuditLog.ORGANISATION,
            action,
            view.subject(),
            "DONE",
            "order=" + view.id()),
        now,
        request.getRemoteAddr());
  }

  private static WatchOrderStore.New check(
      UUID id, Wish wish, CaseScope scope, CaseView found, Instant now) {
    String type = Inputs.required("subjectType", wish.subjectType());
    String subject =
        switch (type) {
          case "plate" ->
              Plates.canonical(Inputs.required("subject", Inputs.text("subject", wish.subject())));
          case "credential" -> Inputs.required("subject", Inputs.text("subject", wish.subject()));
          default -> throw Refusal.badValue("subjectType");
        };
    if (!(type.equals("plate") ? PLATE : CREDENTIAL).matcher(subject).matches()) {
      throw Refusal.badValue("subject");
    }
    List<String> communities =
        Objects.requireNonNullElse(wish.communities(), List.<String>of()).stream()
            .map(one -> Inputs.required("communities", Inputs.id("communities", one)))
            .distinct()
            .sorted()
            .toList();
    if (communities.isEmpty() || communities.size() > MOST_COMMUNITIES) {
      throw Refusal.badValue("communities");
    }
    communities.forEach(one -> scope.check(one, null, null, null));
    Instant expires = Inputs.required("expires", wish.expires()).truncatedTo(ChronoUnit.MICROS);
    if (!expires.isAfter(now)
        || expires.isAfter(now.plus(LONGEST))
        || expires.isAfter(found.expires())) {
      throw Refusal.badValue("expires");
    }
    return new WatchOrderStore.New(
        id,
        scope.id(),
        type,
        subject,
        Inputs.required("legalBasis", Inputs.text("legalBasis", wish.legalBasis())),
        communities,
        expires);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static ResponseEntity<WatchOrderView> tagged(WatchOrderStore.Row found) {
    return ResponseEntity.ok().eTag(EntityTag.of(found.view().version())).body(found.view());
  }
}
