package gatehouse.api.resident;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Refusal;
import gatehouse.api.person.PersonStore;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Transaction;
import gatehouse.event.CredentialType;
import gatehouse.registry.Credential;
import gatehouse.registry.Lease;
import gatehouse.registry.Residency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Leases that owners grant (租客授权管理). With the lease come that the tenant lives there and an app
 * credential for the doors; all of it ends with the lease.
 */
@Component
final class Leases {

  private static final Duration LONGEST = Duration.ofDays(366 * 5);

  private final Homes homes;
  private final Registry registry;
  private final PersonStore persons;
  private final AuditLog audit;

  Leases(Homes homes, Registry registry, PersonStore persons, AuditLog audit) {
    this.homes = homes;
    this.registry = registry;
    this.persons = persons;
    this.audit = audit;
  }

  /** A lease as owner and tenant see it; its version is its ETag. */
  record View(
      String lease,
      String community,
      String unit,
      String tenant,
      Instant validFrom,
      @Nullable Instant validTo,
      String version) {

    static View of(Lease lease) {
      return new View(
          lease.lease(),
          lease.community(),
          lease.unit(),
          lease.tenant(),
          lease.entry().validFrom(),
          lease.entry().validTo(),
          lease.id());
    }
  }

  /** What an owner grants. */
  record Grant(NewPerson tenant, Instant validFrom, Instant validTo, List<String> places) {}

  /** Those of a unit that hold or are to come. */
  List<View> of(Transaction tx, Caller caller, String community, String unit) {
    homes.require(tx, community, unit, Homes.KEEPERS, caller.now());
    return registry.holding(tx, Lease.class, community, "unit", unit, caller.now()).stream()
        .map(View::of)
        .toList();
  }

  /** Grants a lease under an id of the owner's choice; the same id again changes nothing. */
  View grant(Transaction tx, Caller caller, String community, String unit, UUID id, Grant grant) {
    Home home = homes.require(tx, community, unit, Homes.OWNERS, caller.now());
    registry.hold(tx, Lease.class, community, id.toString());
    Optional<Lease> known = registry.newest(tx, Lease.class, community, id.toString());
    if (known.isPresent()) {
      return View.of(known.get());
    }
    checkTimes(grant.validFrom(), grant.validTo(), caller.now());
    String tenant = UUID.randomUUID().toString();
    persons.add(tx, grant.tenant().person(home, tenant, caller.now()), caller.id());
    Credential app =
        new Credential(
            Household.entry(community, caller.now(), grant.validFrom(), grant.validTo()),
            "app-" + tenant,
            CredentialType.APP,
            tenant,
            unit,
            grant.places(),
            Credential.Status.ACTIVE,
            null);
    Lease lease =
        new Lease(
            Household.entry(community, caller.now(), grant.validFrom(), grant.validTo()),
            id.toString(),
            unit,
            tenant,
            List.of(app.credential()));
    record(tx, caller, lease, List.of(app));
    audit.append(tx, caller.entry(community, "lease.grant", "lease " + id + " unit " + unit));
    return View.of(lease);
  }

  /**
   * Renews a lease or ends it earlier.
   *
   * @param version the newest one that the caller knows
   */
  View change(
      Transaction tx,
      Caller caller,
      String community,
      String unit,
      String id,
      Instant validTo,
      @Nullable String version) {
    homes.require(tx, community, unit, Homes.OWNERS, caller.now());
    registry.hold(tx, Lease.class, community, id);
    Lease lease =
        registry
            .newest(tx, Lease.class, community, id)
            .filter(one -> one.unit().equals(unit))
            .orElseThrow(Refusal::notFound);
    if (version != null && !version.equals(lease.id())) {
      throw Refusal.of(HttpStatus.PRECONDITION_FAILED, "changed-meanwhile");
    }
    Instant from = lease.entry().validFrom();
    Instant end = validTo.isBefore(from) ? from : validTo;
    if (end.equals(lease.entry().validTo())) {
      return View.of(lease);
    }
    if (Duration.between(from, end).compareTo(LONGEST) > 0) {
      throw Refusal.badValue("validTo");
    }
    Lease changed =
        new Lease(
            Household.entry(community, caller.now(), from, end),
            id,
            unit,
            lease.tenant(),
            lease.credentials());
    List<Credential> credentials = new ArrayList<>();
    for (String credential : lease.credentials()) {
      registry
          .newest(tx, Credential.class, community, credential)
          .ifPresent(one -> credentials.add(until(one, caller.now(), end)));
    }
    record(tx, caller, changed, credentials);
    audit.append(
        tx,
        caller.entry(
            community,
            end.isAfter(caller.now()) ? "lease.change" : "lease.end",
            "lease " + id + " unit " + unit));
    return View.of(changed);
  }

  private void record(Transaction tx, Caller caller, Lease lease, List<Credential> credentials) {
    registry.record(tx, lease, caller.id());
    registry.record(
        tx,
        new Residency(
            Household.entry(
                lease.community(),
                caller.now(),
                lease.entry().validFrom(),
                lease.entry().validTo()),
            lease.tenant(),
            lease.unit(),
            Residency.Role.TENANT),
        caller.id());
    credentials.forEach(one -> registry.record(tx, one, caller.id()));
  }

  private static Credential until(Credential credential, Instant now, Instant end) {
    return new Credential(
        Household.entry(credential.community(), now, credential.entry().validFrom(), end),
        credential.credential(),
        credential.type(),
        credential.holder(),
        credential.unit(),
        credential.places(),
        credential.status(),
        credential.supersededBy());
  }

  private static void checkTimes(Instant from, Instant to, Instant now) {
    if (!to.isAfter(from) || !to.isAfter(now)) {
      throw Refusal.badValue("validTo");
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw Refusal.badValue("validTo");
    }
  }
}
