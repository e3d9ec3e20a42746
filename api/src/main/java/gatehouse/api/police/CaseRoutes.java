package gatehouse.api.police;

import gatehouse.api.http.Cursor;
import gatehouse.api.http.EntityTag;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.http.Precondition;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.purpose.CaseScope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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

/** Cases: opened by one, approved by a supervisor, worked on by their members. */
@RestController
@RequestMapping("/api/v1/cases")
class CaseRoutes {

  /** A case runs out after this, unless a supervisor gives it more time. */
  private static final Duration LONGEST = Duration.ofDays(90);

  private static final int MOST_AREAS = 200;
  private static final int MOST_MEMBERS = 50;

  private final Store store;
  private final CaseStore cases;
  private final CaseApprovals approvals;
  private final WatchOrderStore orders;
  private final CaseRecord record;
  private final Clock clock;

  CaseRoutes(
      @Qualifier("requests") Store store,
      CaseStore cases,
      CaseApprovals approvals,
      WatchOrderStore orders,
      CaseRecord record,
      Clock clock) {
    this.store = store;
    this.cases = cases;
    this.approvals = approvals;
    this.orders = orders;
    this.record = record;
    this.clock = clock;
  }

  /** A case to be opened; an area without a place is a whole community. */
  record Wish(
      @Nullable String number,
      @Nullable String legalBasis,
      @Nullable String purpose,
      @Nullable List<Area> areas,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Instant expires,
      @Nullable List<String> members) {}

  /** A place of a community, or all of them. */
  record Area(@Nullable String community, @Nullable String place) {}

  /** Until when. */
  record Expiry(@Nullable Instant expires) {}

  /** Cases that the caller works on or supervises, the newest first. */
  @GetMapping
  Page<CaseView> list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account) {
    List<String> states = Inputs.constants("state", CaseState.class, state);
    Cursor after = Cursor.parse(cursor);
    int size = Page.size(limit);
    List<CaseView> found = store.in(account.scope(), tx -> cases.list(tx, states, after, size));
    return Page.of(found, size, one -> one, one -> new Cursor(one.openedAt(), one.id()));
  }

  @GetMapping("/{id}")
  ResponseEntity<CaseView> find(@PathVariable String id, @AuthenticationPrincipal Account account) {
    UUID key = Inputs.uuid(id);
    return tagged(
        store.in(account.scope(), tx -> cases.find(tx, key).orElseThrow(Refusal::notFound)));
  }

  /**
   * Opens a case under an id of the caller's choice. It takes effect when a supervisor who did not
   * open it approves; opening it again changes nothing.
   */
  @PutMapping("/{id}")
  ResponseEntity<CaseView> open(
      @PathVariable String id,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Instant now = now();
    CaseStore.New opened = check(Inputs.uuid(id), wish, account, now);
    return tagged(
        store.in(
            account.scope(),
            tx -> {
              boolean first = cases.open(tx, opened, account, now);
              CaseView found =
                  cases
                      .find(tx, opened.id())
                      .orElseThrow(() -> Refusal.of(HttpStatus.CONFLICT, "case-number-used"));
              if (first) {
                append(tx, account, found, "case.open", found.legalBasis(), now, request);
              }
              return found;
            }));
  }

  /** Puts a case into force; for a supervisor of its district who did not open it. */
  @PostMapping("/{id}/approve")
  ResponseEntity<CaseView> approve(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    Instant now = now();
    return tagged(
        store.in(
            account.scope(),
            tx -> {
              CaseView found = cases.hold(tx, key);
              supervisor(account);
              CaseStore.refuseClosed(found);
              UUID opener = cases.opener(tx, key);
              if (approvals.give(tx, CaseApprovals.Deed.CASE, key, key, opener, account, now)) {
                cases.changed(tx, key);
                append(tx, account, found, "case.approve", "", now, request);
              }
              return cases.find(tx, key).orElseThrow(Refusal::notFound);
            }));
  }

  /** Ends a case for good; its watch orders are withdrawn with it. */
  @PostMapping("/{id}/close")
  ResponseEntity<CaseView> close(
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
              CaseView found = cases.hold(tx, key);
              if (found.state() == CaseState.CLOSED) {
                return found;
              }
              Precondition.exactly(ifMatch).check(EntityTag.of(found.version()));
              for (WatchOrderStore.Row order : orders.ofCase(tx, key)) {
                orders.withdraw(tx, order, account, now);
              }
              append(tx, account, found, "case.close", "", now, request);
              cases.close(tx, key, account, now);
              return cases.find(tx, key).orElseThrow(Refusal::notFound);
            }));
  }

  /** Gives a case more time, at most 90 days from now; for a supervisor. */
  @PutMapping("/{id}/expiry")
  ResponseEntity<CaseView> extend(
      @PathVariable String id,
      @RequestBody Expiry wish,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    Instant now = now();
    return tagged(
        store.in(
            account.scope(),
            tx -> {
              CaseView found = cases.hold(tx, key);
              supervisor(account);
              Instant expires = expiry(wish.expires(), now);
              CaseStore.refuseClosed(found);
              Precondition.exactly(ifMatch).check(EntityTag.of(found.version()));
              cases.extend(tx, key, expires);
              append(tx, account, found, "case.extend", "until=" + expires, now, request);
              return cases.find(tx, key).orElseThrow(Refusal::notFound);
            }));
  }

  /** Has somebody work on a case; for a supervisor. */
  @PutMapping("/{id}/members/{username}")
  ResponseEntity<CaseView> addMember(
      @PathVariable String id,
      @PathVariable String username,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return member(id, username, true, account, request);
  }

  /** Has somebody work on a case no longer; for a supervisor. */
  @DeleteMapping("/{id}/members/{username}")
  ResponseEntity<CaseView> removeMember(
      @PathVariable String id,
      @PathVariable String username,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return member(id, username, false, account, request);
  }

  private ResponseEntity<CaseView> member(
      String id, String username, boolean joins, Account account, HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    Instant now = now();
    return tagged(
        store.in(
            account.scope(),
            tx -> {
              CaseView found = cases.hold(tx, key);
              supervisor(account);
              CaseStore.refuseClosed(found);
              String name = Inputs.required("username", Inputs.text("username", username));
              if (joins) {
                cases.addMember(tx, key, name, now);
              } else {
                cases.removeMember(tx, key, name);
              }
              cases.changed(tx, key);
              append(
                  tx,
                  account,
                  found,
                  joins ? "case.member.add" : "case.member.remove",
                  "member=" + name,
                  now,
                  request);
              return cases.find(tx, key).orElseThrow(Refusal::notFound);
            }));
  }

  /** Attaches an alert. */
  @PutMapping("/{id}/alerts/{alert}")
  ResponseEntity<CaseView> attach(
      @PathVariable String id,
      @PathVariable String alert,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    Instant now = now();
    return tagged(
        store.in(
            account.scope(),
            tx -> {
              CaseView found = cases.hold(tx, key);
              CaseStore.refuseClosed(found);
              UUID attached = Inputs.uuid(alert);
              if (cases.attach(tx, key, attached, account, now)) {
                cases.changed(tx, key);
                append(tx, account, found, "case.attach", "alert=" + attached, now, request);
              }
              return cases.find(tx, key).orElseThrow(Refusal::notFound);
            }));
  }

  private void append(
      Transaction tx,
      Account account,
      CaseView found,
      String action,
      String detail,
      Instant now,
      HttpServletRequest request) {
    record.append(
        tx,
        account,
        new CaseRecord.Deed(
            UUID.fromString(found.id()),
            found.number(),
            CaseRecord.chain(found),
            action,
            found.id(),
            "DONE",
            detail),
        now,
        request.getRemoteAddr());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static void supervisor(Account account) {
    if (!account.may(Duty.SUPERVISOR)) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "supervisor-required");
    }
  }

  private static ResponseEntity<CaseView> tagged(CaseView found) {
    return ResponseEntity.ok().eTag(EntityTag.of(found.version())).body(found);
  }

  private static CaseStore.New check(UUID id, Wish wish, Account account, Instant now) {
    List<CaseScope.Area> areas =
        Objects.requireNonNullElse(wish.areas(), List.<Area>of()).stream()
            .map(area -> area(area, account))
            .toList();
    if (areas.isEmpty() || areas.size() > MOST_AREAS) {
      throw Refusal.badValue("areas");
    }
    Instant from = Inputs.required("from", wish.from());
    Instant to = Inputs.required("to", wish.to());
    if (!from.isBefore(to)) {
      throw Refusal.badValue("to");
    }
    List<String> members = Objects.requireNonNullElse(wish.members(), List.of());
    if (members.size() > MOST_MEMBERS) {
      throw Refusal.badValue("members");
    }
    String number = Inputs.required("number", Inputs.text("number", wish.number()));
    if (number.length() > 64) {
      throw Refusal.badValue("number");
    }
    return new CaseStore.New(
        id,
        number,
        Inputs.required("legalBasis", Inputs.text("legalBasis", wish.legalBasis())),
        Inputs.required("purpose", Inputs.text("purpose", wish.purpose())),
        areas,
        from,
        to,
        expiry(wish.expires(), now),
        members.stream()
            .map(member -> Inputs.required("members", Inputs.text("members", member)))
            .toList());
  }

  private static CaseScope.Area area(@Nullable Area area, Account account) {
    String community = area == null ? null : Inputs.id("areas", area.community());
    if (area == null || community == null) {
      throw Refusal.badValue("areas");
    }
    if (!account.sees(community)) {
      throw Refusal.notFound();
    }
    String place = Inputs.text("areas", area.place());
    return new CaseScope.Area(community, place == null ? "" : place);
  }

  private static Instant expiry(@Nullable Instant wished, Instant now) {
    Instant expires = Inputs.required("expires", wished).truncatedTo(ChronoUnit.MICROS);
    if (!expires.isAfter(now) || expires.isAfter(now.plus(LONGEST))) {
      throw Refusal.badValue("expires");
    }
    return expires;
  }
}
