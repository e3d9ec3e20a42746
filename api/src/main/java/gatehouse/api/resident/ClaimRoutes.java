package gatehouse.api.resident;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.IdempotencyKey;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.identity.LoginGuard;
import gatehouse.api.person.PersonStore;
import gatehouse.api.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** How an account comes to be a person of the registry: the property or the household vouches. */
@RestController
class ClaimRoutes {

  private final Store store;
  private final Claims claims;
  private final PersonStore persons;
  private final LoginGuard guard;
  private final AuditLog audit;
  private final Clock clock;

  ClaimRoutes(
      @Qualifier("requests") Store store,
      Claims claims,
      PersonStore persons,
      LoginGuard guard,
      AuditLog audit,
      Clock clock) {
    this.store = store;
    this.claims = claims;
    this.persons = persons;
    this.guard = guard;
    this.audit = audit;
    this.clock = clock;
  }

  /** The code that was handed over. */
  record Code(@Nullable String code) {

    @Override
    public String toString() {
      return "Code";
    }
  }

  /** The caller is the person of this code. Whoever guesses waits longer and longer. */
  @PostMapping("/api/v1/claims")
  Claims.Claimed take(
      @RequestBody Code code,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String given = Inputs.text("code", code.code());
    if (given == null) {
      throw Refusal.badValue("code");
    }
    String address = request.getRemoteAddr();
    List<LoginGuard.Count> counts = LoginGuard.code(account.id());
    guard.admit(counts);
    Caller caller = new Caller(account, address, now());
    Optional<Claims.Claimed> claimed =
        store.in(
            account.scope(),
            tx -> {
              Optional<Claims.Claimed> taken = claims.take(tx, given, caller.now());
              taken.ifPresent(
                  one ->
                      audit.append(
                          tx,
                          caller.entry(one.community(), "claim.take", "person " + one.person())));
              return taken;
            });
    if (claimed.isEmpty()) {
      guard.failed(counts);
      throw Refusal.notFound();
    }
    guard.succeeded(counts);
    return claimed.get();
  }

  /** The property hands a code to a person whom it knows. */
  @PostMapping("/api/v1/persons/{community}/{person}/claim-code")
  Claims.Code create(
      @PathVariable String community,
      @PathVariable String person,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String wish = IdempotencyKey.require(key);
    account.seen(community);
    account.require(Duty.OPERATOR);
    Caller caller = new Caller(account, request.getRemoteAddr(), now());
    return store.in(
        account.scope(),
        tx -> {
          if (persons.find(tx, community, person).isEmpty()) {
            throw Refusal.notFound();
          }
          audit.append(tx, caller.entry(community, "claim.create", "person " + person));
          return claims.create(tx, caller, community, person, wish);
        });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
