package gatehouse.api.resident;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.registry.CareEnrolment;
import gatehouse.registry.Entry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Care for elders (老年人爱心关注): only with consent, for somebody of the own home, and it ends whenever
 * the elder or the household wants.
 */
@RestController
@RequestMapping("/api/v1/homes/{community}/{unit}/care")
class CareRoutes {

  private final Store store;
  private final Homes homes;
  private final Registry registry;
  private final AuditLog audit;
  private final Clock clock;

  CareRoutes(
      @Qualifier("requests") Store store,
      Homes homes,
      Registry registry,
      AuditLog audit,
      Clock clock) {
    this.store = store;
    this.homes = homes;
    this.registry = registry;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What care is asked for.
   *
   * @param consent that the elder agreed, must be true
   * @param contacts person ids of those to be asked, the first one first
   * @param away whether the elder is away: nobody worries meanwhile
   */
  record Wish(
      @Nullable Boolean consent,
      @Nullable Boolean livesAlone,
      @Nullable Boolean nightExit,
      @Nullable Boolean away,
      @Nullable List<String> sensors,
      @Nullable List<String> contacts) {}

  /** A care enrolment. */
  record Care(
      String person,
      String unit,
      boolean livesAlone,
      boolean nightExit,
      boolean away,
      List<String> sensors,
      List<String> contacts,
      Instant since) {

    static Care of(CareEnrolment one) {
      return new Care(
          one.person(),
          one.unit(),
          one.livesAlone(),
          one.nightExit(),
          one.away(),
          one.sensors(),
          one.contacts(),
          one.entry().validFrom());
    }
  }

  /** Who of the home is enrolled. */
  @GetMapping
  List<Care> list(
      @PathVariable String community,
      @PathVariable String unit,
      @AuthenticationPrincipal Account account) {
    Instant now = now();
    return store.in(
        account.scope(),
        tx -> {
          homes.require(tx, community, unit, Homes.HOUSEHOLD, now);
          return registry.holding(tx, CareEnrolment.class, community, "unit", unit, now).stream()
              .map(Care::of)
              .toList();
        });
  }

  /** Enrols somebody of the home, or changes the enrolment. */
  @PutMapping("/{person}")
  Care enrol(
      @PathVariable String community,
      @PathVariable String unit,
      @PathVariable String person,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    if (!Boolean.TRUE.equals(wish.consent())) {
      throw Refusal.of(HttpStatus.BAD_REQUEST, "consent-missing");
    }
    List<String> contacts = wish.contacts() == null ? List.of() : wish.contacts();
    if (contacts.isEmpty() || contacts.size() > 10) {
      throw Refusal.badValue("contacts");
    }
    contacts.forEach(one -> Inputs.text("contacts", one));
    List<String> sensors = wish.sensors() == null ? List.of() : wish.sensors();
    sensors.forEach(one -> Inputs.text("sensors", one));
    Caller caller = new Caller(account, request.getRemoteAddr(), now());
    return store.in(
        account.scope(),
        tx -> {
          requireMember(tx, caller, community, unit, person);
          registry.hold(tx, CareEnrolment.class, community, person);
          CareEnrolment care =
              new CareEnrolment(
                  entry(community, caller.now(), null),
                  person,
                  unit,
                  Boolean.TRUE.equals(wish.livesAlone()),
                  Boolean.TRUE.equals(wish.nightExit()),
                  Boolean.TRUE.equals(wish.away()),
                  sensors,
                  contacts);
          registry.record(tx, care, caller.id());
          audit.append(tx, caller.entry(community, "care.enrol", "person " + person));
          return Care.of(care);
        });
  }

  /** Ends the care of somebody. */
  @DeleteMapping("/{person}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(
      @PathVariable String community,
      @PathVariable String unit,
      @PathVariable String person,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Caller caller = new Caller(account, request.getRemoteAddr(), now());
    store.run(
        account.scope(),
        tx -> {
          homes.require(tx, community, unit, Homes.HOUSEHOLD, caller.now());
          registry.hold(tx, CareEnrolment.class, community, person);
          Optional<CareEnrolment> newest =
              registry
                  .newest(tx, CareEnrolment.class, community, person)
                  .filter(one -> one.unit().equals(unit));
          if (newest.isEmpty()) {
            throw Refusal.notFound();
          }
          CareEnrolment one = newest.get();
          if (one.entry().validTo() != null) {
            return;
          }
          registry.record(
              tx,
              new CareEnrolment(
                  new Entry(
                      UUID.randomUUID().toString(),
                      community,
                      caller.now(),
                      one.entry().validFrom(),
                      caller.now()),
                  person,
                  unit,
                  one.livesAlone(),
                  one.nightExit(),
                  one.away(),
                  one.sensors(),
                  one.contacts()),
              caller.id());
          audit.append(tx, caller.entry(community, "care.end", "person " + person));
        });
  }

  private void requireMember(
      Transaction tx, Caller caller, String community, String unit, String person) {
    homes.require(tx, community, unit, Homes.HOUSEHOLD, caller.now());
    boolean lives =
        registry
            .holding(tx, gatehouse.registry.Residency.class, community, "unit", unit, caller.now())
            .stream()
            .anyMatch(one -> one.person().equals(person));
    if (!lives) {
      throw Refusal.notFound();
    }
  }

  private static Entry entry(String community, Instant now, @Nullable Instant to) {
    return new Entry(UUID.randomUUID().toString(), community, now, now, to);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
