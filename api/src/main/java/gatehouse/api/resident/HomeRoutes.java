package gatehouse.api.resident;

import gatehouse.api.http.EntityTag;
import gatehouse.api.http.IdempotencyKey;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import gatehouse.registry.Residency;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A resident's homes: who lives there, and who rents. */
@RestController
@RequestMapping("/api/v1/homes")
class HomeRoutes {

  private final Store store;
  private final Homes homes;
  private final Household household;
  private final Leases leases;
  private final Claims claims;
  private final Clock clock;

  HomeRoutes(
      @Qualifier("requests") Store store,
      Homes homes,
      Household household,
      Leases leases,
      Claims claims,
      Clock clock) {
    this.store = store;
    this.homes = homes;
    this.household = household;
    this.leases = leases;
    this.claims = claims;
    this.clock = clock;
  }

  /** Somebody who comes to live in a home. */
  record NewMember(Residency.@Nullable Role role, @Nullable NewPerson person) {}

  /** A lease to be granted. */
  record NewLease(
      @Nullable NewPerson tenant,
      @Nullable Instant validFrom,
      @Nullable Instant validTo,
      @Nullable List<String> places) {}

  /** When a lease is to end. */
  record End(@Nullable Instant validTo) {}

  /** The homes of the caller. */
  @GetMapping
  List<Home> list(@AuthenticationPrincipal Account account) {
    return store.in(account.scope(), tx -> homes.all(tx, now()));
  }

  /** Who lives in a home. */
  @GetMapping("/{community}/{unit}/members")
  List<Household.Member> members(
      @PathVariable String community,
      @PathVariable String unit,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Caller caller = caller(account, request);
    return store.in(account.scope(), tx -> household.members(tx, caller, community, unit));
  }

  /** Brings somebody into the home, under an id of the caller's choice. */
  @PutMapping("/{community}/{unit}/members/{id}")
  Household.Member add(
      @PathVariable String community,
      @PathVariable String unit,
      @PathVariable String id,
      @RequestBody NewMember wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Residency.Role role = wish.role();
    NewPerson person = wish.person();
    if (role == null) {
      throw Refusal.badValue("role");
    }
    if (person == null) {
      throw Refusal.badValue("person");
    }
    Caller caller = caller(account, request);
    return store.in(
        account.scope(),
        tx -> household.add(tx, caller, community, unit, Inputs.uuid(id), role, person));
  }

  /** Somebody of the household leaves. */
  @DeleteMapping("/{community}/{unit}/members/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(
      @PathVariable String community,
      @PathVariable String unit,
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Caller caller = caller(account, request);
    store.run(account.scope(), tx -> household.remove(tx, caller, community, unit, id));
  }

  /** A code by which a member's own account comes to be that member. */
  @PostMapping("/{community}/{unit}/members/{id}/claim-code")
  Claims.Code claimCode(
      @PathVariable String community,
      @PathVariable String unit,
      @PathVariable String id,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String wish = IdempotencyKey.require(key);
    Caller caller = caller(account, request);
    return store.in(
        account.scope(),
        tx -> {
          household.requireIntroduced(tx, caller, community, unit, id);
          return claims.create(tx, caller, community, id, wish);
        });
  }

  /** The leases of a home. */
  @GetMapping("/{community}/{unit}/leases")
  List<Leases.View> leases(
      @PathVariable String community,
      @PathVariable String unit,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Caller caller = caller(account, request);
    return store.in(account.scope(), tx -> leases.of(tx, caller, community, unit));
  }

  /** The owner lets the home, under an id of the owner's choice. */
  @PutMapping("/{community}/{unit}/leases/{id}")
  ResponseEntity<Leases.View> grant(
      @PathVariable String community,
      @PathVariable String unit,
      @PathVariable String id,
      @RequestBody NewLease wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Caller caller = caller(account, request);
    NewPerson tenant = wish.tenant();
    Instant to = wish.validTo();
    if (tenant == null) {
      throw Refusal.badValue("tenant");
    }
    if (to == null) {
      throw Refusal.badValue("validTo");
    }
    Instant from = wish.validFrom() == null ? caller.now() : micros(wish.validFrom());
    List<String> places = wish.places() == null ? List.of() : wish.places();
    places.forEach(place -> Inputs.text("places", place));
    Leases.Grant grant = new Leases.Grant(tenant, from, micros(to), places);
    return answer(
        store.in(
            account.scope(),
            tx -> leases.grant(tx, caller, community, unit, Inputs.uuid(id), grant)));
  }

  /** The owner renews a lease, or ends it earlier; If-Match keeps from doing it twice. */
  @PutMapping("/{community}/{unit}/leases/{id}/end")
  ResponseEntity<Leases.View> change(
      @PathVariable String community,
      @PathVariable String unit,
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody End end,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Instant to = end.validTo();
    if (to == null) {
      throw Refusal.badValue("validTo");
    }
    String version = ifMatch == null || ifMatch.equals("*") ? null : ifMatch.replace("\"", "");
    Caller caller = caller(account, request);
    return answer(
        store.in(
            account.scope(),
            tx -> leases.change(tx, caller, community, unit, id, micros(to), version)));
  }

  private static ResponseEntity<Leases.View> answer(Leases.View lease) {
    return ResponseEntity.ok().eTag(EntityTag.of(lease.version())).body(lease);
  }

  private Caller caller(Account account, HttpServletRequest request) {
    return new Caller(account, request.getRemoteAddr(), now());
  }

  private Instant now() {
    return micros(clock.instant());
  }

  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
