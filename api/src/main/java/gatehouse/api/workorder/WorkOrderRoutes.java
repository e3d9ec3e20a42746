package gatehouse.api.workorder;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Precondition;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Work orders. Operators make and assign them; guards work on their own and on those that are
 * assigned to nobody.
 */
@RestController
@RequestMapping("/api/v1/work-orders")
class WorkOrderRoutes {

  private final Store store;
  private final WorkOrderStore orders;
  private final AuditLog audit;
  private final Clock clock;

  WorkOrderRoutes(
      @Qualifier("requests") Store store, WorkOrderStore orders, AuditLog audit, Clock clock) {
    this.store = store;
    this.orders = orders;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What is to be done.
   *
   * @param assignee user name; none: whoever is on duty
   * @param silence id of a maintenance window that ends with the work
   */
  record Wish(
      @Nullable String community,
      WorkOrder.@Nullable Kind kind,
      @Nullable String title,
      @Nullable String place,
      @Nullable String device,
      @Nullable UUID alert,
      @Nullable String assignee,
      @Nullable Instant due,
      @Nullable UUID silence) {}

  /** How the work goes on. */
  record Progress(WorkOrder.@Nullable State state, @Nullable String note) {}

  /** An order with its history. */
  record Detail(WorkOrder order, List<WorkOrderStore.Step> history) {}

  /** The orders that the caller may work on, the next to be due first. */
  @GetMapping
  List<WorkOrder> list(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String assignee,
      @AuthenticationPrincipal Account account) {
    WorkOrderStore.Filter filter =
        new WorkOrderStore.Filter(
            Inputs.id("community", community),
            Inputs.constants("state", WorkOrder.State.class, state),
            Inputs.text("assignee", assignee),
            account.may(Duty.OPERATOR) ? null : account.username());
    return store.in(account.scope(), tx -> orders.list(tx, filter));
  }

  /** One order. */
  @GetMapping("/{id}")
  ResponseEntity<Detail> get(@PathVariable String id, @AuthenticationPrincipal Account account) {
    UUID key = Inputs.uuid(id);
    Detail detail =
        store.in(
            account.scope(), tx -> new Detail(require(tx, account, key), orders.history(tx, key)));
    return ResponseEntity.ok().eTag(detail.order().etag()).body(detail);
  }

  /** Makes an order under an id of the caller's choice, or changes it; a change needs If-Match. */
  @PutMapping("/{id}")
  ResponseEntity<WorkOrder> put(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    if (!account.may(Duty.OPERATOR)) {
      throw Refusal.notAllowed();
    }
    UUID key = Inputs.uuid(id);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return store.in(
        account.scope(),
        tx -> {
          Optional<WorkOrder> before = orders.find(tx, key);
          WorkOrder next = checked(tx, account, key, wish, before.orElse(null), now);
          Precondition.ifMatch(ifMatch).check(before.map(WorkOrder::etag).orElse(null));
          if (before.isPresent() ? !orders.change(tx, next) : !orders.add(tx, next)) {
            throw Refusal.of(HttpStatus.CONFLICT, "work-order-id-used");
          }
          orders.addStep(tx, next, account.displayName(), "");
          record(tx, account, request, next, "work-order.record");
          return ResponseEntity.status(before.isPresent() ? HttpStatus.OK : HttpStatus.CREATED)
              .eTag(next.etag())
              .body(next);
        });
  }

  /** Says how the work goes on; needs If-Match. The end of the work ends its maintenance window. */
  @PostMapping("/{id}/steps")
  ResponseEntity<WorkOrder> step(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody Progress progress,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    String note = Inputs.note(progress.note());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return store.in(
        account.scope(),
        tx -> {
          WorkOrder before = require(tx, account, key);
          WorkOrder.State state = progress.state() == null ? before.state() : progress.state();
          if (progress.state() == null && note == null) {
            throw Refusal.badValue("state");
          }
          Precondition.ifMatch(ifMatch).check(before.etag());
          if (!before.state().next().contains(state)) {
            throw Refusal.of(HttpStatus.CONFLICT, "work-order-over");
          }
          WorkOrder next = inState(before, state, now);
          if (!orders.change(tx, next)) {
            throw Refusal.of(HttpStatus.PRECONDITION_FAILED, "changed-meanwhile");
          }
          orders.addStep(tx, next, account.displayName(), note == null ? "" : note);
          record(tx, account, request, next, "work-order.step");
          UUID silence = next.silence();
          if (state.isFinal()
              && silence != null
              && orders.endMaintenance(tx, silence, account.displayName(), now)) {
            record(tx, account, request, next, "silence.end");
          }
          return ResponseEntity.ok().eTag(next.etag()).body(next);
        });
  }

  /** An order that the caller may work on. */
  private WorkOrder require(Transaction tx, Account account, UUID id) {
    return orders
        .find(tx, id)
        .filter(
            order ->
                account.may(Duty.OPERATOR)
                    || order.assignee() == null
                    || order.assignee().equals(account.username()))
        .orElseThrow(Refusal::notFound);
  }

  private WorkOrder checked(
      Transaction tx,
      Account account,
      UUID id,
      Wish wish,
      @Nullable WorkOrder before,
      Instant now) {
    String community = Inputs.id("community", wish.community());
    String title = Inputs.text("title", wish.title());
    if (community == null || title == null) {
      throw Refusal.badValue(community == null ? "community" : "title");
    }
    if (!account.sees(community) || (before != null && !before.community().equals(community))) {
      throw Refusal.notFound();
    }
    if (before != null && before.state().isFinal()) {
      throw Refusal.of(HttpStatus.CONFLICT, "work-order-over");
    }
    String assignee = Inputs.text("assignee", wish.assignee());
    if (assignee != null && !orders.isStaff(tx, community, assignee)) {
      throw Refusal.badValue("assignee");
    }
    // Where an order comes from does not change.
    UUID alert = before == null ? wish.alert() : before.alert();
    if (before == null && alert != null && !orders.isAlert(tx, community, alert)) {
      throw Refusal.badValue("alert");
    }
    if (wish.silence() != null && !orders.isMaintenance(tx, community, wish.silence())) {
      throw Refusal.badValue("silence");
    }
    return new WorkOrder(
        id,
        community,
        before == null ? 1 : before.version() + 1,
        wish.kind() == null ? WorkOrder.Kind.OTHER : wish.kind(),
        before == null ? WorkOrder.State.OPEN : before.state(),
        title,
        Inputs.text("place", wish.place()),
        Inputs.text("device", wish.device()),
        alert,
        assignee,
        wish.due() == null ? null : wish.due().truncatedTo(ChronoUnit.MICROS),
        wish.silence(),
        before == null ? account.displayName() : before.createdBy(),
        before == null ? now : before.createdAt(),
        now);
  }

  private static WorkOrder inState(WorkOrder order, WorkOrder.State state, Instant now) {
    return new WorkOrder(
        order.id(),
        order.community(),
        order.version() + 1,
        order.kind(),
        state,
        order.title(),
        order.place(),
        order.device(),
        order.alert(),
        order.assignee(),
        order.due(),
        order.silence(),
        order.createdBy(),
        order.createdAt(),
        now);
  }

  private void record(
      Transaction tx, Account account, HttpServletRequest request, WorkOrder order, String action) {
    audit.append(
        tx,
        new AuditLog.Entry(
            order.community(),
            account.username(),
            account.role().name(),
            request.getRemoteAddr(),
            action,
            "work-order " + order.id(),
            order.state().name(),
            ""));
  }
}
