package gatehouse.api.resident;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Refusal;
import gatehouse.api.person.Person;
import gatehouse.api.person.PersonStore;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Transaction;
import gatehouse.registry.Entry;
import gatehouse.registry.Residency;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Who lives in a home. */
@Component
final class Household {

  private final Homes homes;
  private final Registry registry;
  private final PersonStore persons;
  private final AuditLog audit;

  Household(Homes homes, Registry registry, PersonStore persons, AuditLog audit) {
    this.homes = homes;
    this.registry = registry;
    this.persons = persons;
    this.audit = audit;
  }

  /**
   * Somebody who lives in a home or works there.
   *
   * @param name null: not for the caller to know
   * @param until null: open end
   */
  record Member(
      String person,
      @Nullable String name,
      Residency.Role role,
      Instant since,
      @Nullable Instant until) {

    @Override
    public String toString() {
      return "Member[" + person + "]";
    }
  }

  List<Member> members(Transaction tx, Caller caller, String community, String unit) {
    homes.require(tx, community, unit, Homes.HOUSEHOLD, caller.now());
    return registry.holding(tx, Residency.class, community, "unit", unit, caller.now()).stream()
        .map(residency -> member(tx, residency))
        .toList();
  }

  /** Brings somebody in; the same id again changes nothing. */
  Member add(
      Transaction tx,
      Caller caller,
      String community,
      String unit,
      UUID id,
      Residency.Role role,
      NewPerson wish) {
    Home home = homes.require(tx, community, unit, Homes.KEEPERS, caller.now());
    String person = id.toString();
    persons.hold(tx, community, person);
    Optional<Residency> known =
        registry.newest(tx, Residency.class, community, person + ":" + unit);
    if (known.isPresent()) {
      return member(tx, known.get());
    }
    if (role != Residency.Role.FAMILY && role != Residency.Role.CARER) {
      throw Refusal.badValue("role");
    }
    persons.add(tx, wish.person(home, person, caller.now()), caller.id());
    Residency residency =
        new Residency(entry(community, caller.now(), caller.now(), null), person, unit, role);
    registry.record(tx, residency, caller.id());
    audit.append(tx, caller.entry(community, "household.add", "unit " + unit + " " + person));
    return member(tx, residency);
  }

  /** Ends that somebody lives here; owners and tenants are not the household's to end. */
  void remove(Transaction tx, Caller caller, String community, String unit, String person) {
    homes.require(tx, community, unit, Homes.KEEPERS, caller.now());
    registry.hold(tx, Residency.class, community, person + ":" + unit);
    Residency residency =
        registry
            .newest(tx, Residency.class, community, person + ":" + unit)
            .orElseThrow(Refusal::notFound);
    if (residency.role() != Residency.Role.FAMILY && residency.role() != Residency.Role.CARER) {
      throw Refusal.of(HttpStatus.CONFLICT, "not-the-households");
    }
    Instant end = residency.entry().validTo();
    if (end != null && !end.isAfter(caller.now())) {
      return;
    }
    registry.record(
        tx,
        new Residency(
            entry(community, caller.now(), residency.entry().validFrom(), caller.now()),
            person,
            unit,
            residency.role()),
        caller.id());
    audit.append(tx, caller.entry(community, "household.remove", "unit " + unit + " " + person));
  }

  /**
   * Somebody who lives in a home and whom its household made known: only for them it may vouch.
   *
   * @throws Refusal if there is no such person, or the property made the person known
   */
  void requireIntroduced(
      Transaction tx, Caller caller, String community, String unit, String person) {
    homes.require(tx, community, unit, Homes.KEEPERS, caller.now());
    boolean livesThere =
        registry.holding(tx, Residency.class, community, "unit", unit, caller.now()).stream()
            .anyMatch(residency -> residency.person().equals(person));
    if (!livesThere) {
      throw Refusal.notFound();
    }
    if (persons.find(tx, community, person).filter(one -> one.home().equals(unit)).isEmpty()) {
      throw Refusal.of(HttpStatus.CONFLICT, "not-the-households");
    }
  }

  static Entry entry(String community, Instant recorded, Instant from, @Nullable Instant to) {
    return new Entry(UUID.randomUUID().toString(), community, recorded, from, to);
  }

  private Member member(Transaction tx, Residency residency) {
    return new Member(
        residency.person(),
        persons.find(tx, residency.community(), residency.person()).map(Person::name).orElse(null),
        residency.role(),
        residency.entry().validFrom(),
        residency.entry().validTo());
  }
}
