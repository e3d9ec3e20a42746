package gatehouse.api.property;

import gatehouse.api.approval.Approval;
import gatehouse.api.approval.Approvals;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.registry.Entry;
import gatehouse.registry.Permit;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Permits (物品放行): one person asks, a manager who is another one approves, and only then the
 * registry, the gates and the models know it.
 */
@RestController
@RequestMapping("/api/v1/permit-requests")
class PermitRoutes {

  private static final Duration LONGEST = Duration.ofDays(92);
  private static final int MOST = 100;

  private final Store store;
  private final Approvals approvals;
  private final Registry registry;
  private final JsonMapper json;
  private final Clock clock;

  PermitRoutes(
      @Qualifier("requests") Store store,
      Approvals approvals,
      Registry registry,
      JsonMapper json,
      Clock clock) {
    this.store = store;
    this.approvals = approvals;
    this.registry = registry;
    this.json = json;
    this.clock = clock;
  }

  /**
   * What is to be permitted.
   *
   * @param kind e.g. item-release, work, moving
   * @param subjects tags, plates or credentials it concerns
   * @param places ids of the places it concerns; none: all
   */
  record Wish(
      @Nullable String community,
      @Nullable String kind,
      @Nullable List<String> subjects,
      @Nullable List<String> places,
      @Nullable Instant validFrom,
      @Nullable Instant validTo,
      @Nullable String reason) {}

  /** The permit, checked, as it waits for its approval. */
  private record Pending(
      String kind,
      List<String> subjects,
      List<String> places,
      Instant validFrom,
      Instant validTo) {}

  /** What whoever decides has to say. */
  record Decision(@Nullable String note) {}

  /** The newest requests of the caller's communities. */
  @GetMapping
  List<Approval> list(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false, defaultValue = "false") boolean open,
      @AuthenticationPrincipal Account account) {
    String in = Inputs.id("community", community);
    return store.in(account.scope(), tx -> approvals.list(tx, Approval.Kind.PERMIT, in, open));
  }

  /** Asks for a permit under an id of the caller's choice, which will be the permit's. */
  @PutMapping("/{id}")
  Approval ask(
      @PathVariable String id,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Desk desk = desk(account, request);
    UUID key = Inputs.uuid(id);
    String community = Desk.community(account, wish.community());
    String reason = Inputs.required("reason", Inputs.text("reason", wish.reason()));
    Pending pending = checked(wish, desk.now());
    return store.in(
        account.scope(),
        tx ->
            approvals.ask(
                tx,
                account,
                new Approvals.Asked(
                    key, community, Approval.Kind.PERMIT, json.valueToTree(pending), reason),
                desk.address(),
                desk.now()));
  }

  /** Approves a permit that another person asked for; it holds from now on. */
  @PostMapping("/{id}/approve")
  Approval approve(
      @PathVariable String id,
      @RequestBody Decision decision,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Desk desk = desk(account, request);
    return store.in(
        account.scope(),
        tx -> {
          Approval approved = decide(tx, desk, Inputs.uuid(id), true, decision);
          Pending pending = json.treeToValue(approved.wish(), Pending.class);
          registry.record(
              tx,
              new Permit(
                  new Entry(
                      UUID.randomUUID().toString(),
                      approved.community(),
                      desk.now(),
                      pending.validFrom(),
                      pending.validTo()),
                  approved.id().toString(),
                  pending.kind(),
                  pending.subjects(),
                  pending.places()),
              account.id().toString());
          return approved;
        });
  }

  /** Rejects a permit that another person asked for. */
  @PostMapping("/{id}/reject")
  Approval reject(
      @PathVariable String id,
      @RequestBody Decision decision,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Desk desk = desk(account, request);
    return store.in(account.scope(), tx -> decide(tx, desk, Inputs.uuid(id), false, decision));
  }

  private Approval decide(Transaction tx, Desk desk, UUID id, boolean approve, Decision decision) {
    String note = Inputs.note(decision.note());
    return approvals.decide(
        tx,
        desk.account(),
        Approval.Kind.PERMIT,
        id,
        approve,
        note == null ? "" : note,
        desk.address(),
        desk.now());
  }

  private static Pending checked(Wish wish, Instant now) {
    Instant from = wish.validFrom() == null ? now : wish.validFrom();
    Instant to = wish.validTo();
    if (to == null
        || !to.isAfter(from)
        || !to.isAfter(now)
        || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw Refusal.badValue("validTo");
    }
    List<String> subjects = texts("subjects", wish.subjects());
    if (subjects.isEmpty()) {
      throw Refusal.badValue("subjects");
    }
    return new Pending(
        Inputs.required("kind", Inputs.id("kind", wish.kind())),
        subjects,
        texts("places", wish.places()),
        from.truncatedTo(ChronoUnit.MICROS),
        to.truncatedTo(ChronoUnit.MICROS));
  }

  private static List<String> texts(String field, @Nullable List<String> texts) {
    if (texts == null) {
      return List.of();
    }
    if (texts.size() > MOST) {
      throw Refusal.badValue(field);
    }
    return texts.stream().map(one -> Inputs.required(field, Inputs.text(field, one))).toList();
  }

  private Desk desk(Account account, HttpServletRequest request) {
    return Desk.of(account, request, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}
