package gatehouse.simulator.city;

import gatehouse.event.CredentialType;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import gatehouse.registry.Lease;
import gatehouse.registry.ListMembership;
import gatehouse.registry.Residency;
import gatehouse.registry.Vehicle;
import gatehouse.registry.VisitorPass;
import gatehouse.site.Building;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is registered of a city. */
public final class CityFacts {

  private static final Duration YEAR = Duration.ofDays(365);
  private static final int FLOORS = 6;

  private final List<Neighbourhood> neighbourhoods;
  private final Instant month;
  private final Instant since;
  private final List<Fact> facts = new ArrayList<>();

  /** Of these communities, with dates before the month of {@code now}. */
  public CityFacts(List<Neighbourhood> neighbourhoods, Instant now) {
    this.neighbourhoods = neighbourhoods;
    this.month =
        LocalDate.ofInstant(now, ZoneOffset.UTC)
            .withDayOfMonth(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    this.since = month.minus(YEAR);
  }

  /** All facts, places first. */
  public List<Fact> all() {
    facts.clear();
    neighbourhoods.forEach(this::site);
    neighbourhoods.forEach(this::registry);
    return List.copyOf(facts);
  }

  private void site(Neighbourhood one) {
    facts.add(
        new Community(
            one.id(),
            since,
            one.name(),
            Plan.communityClass(),
            one.district(),
            Plan.timeZone(),
            one.places().get(0).position()));
    for (int b = 1; b <= Plan.BUILDINGS; b++) {
      facts.add(new Building("b" + b, one.id(), since, "Building " + b, FLOORS));
    }
    for (Place place : one.places()) {
      facts.add(new PlaceEntry(one.id(), since, since, place));
    }
    for (SimulatedDevice device : one.devices()) {
      facts.add(
          new Device(
              device.id(),
              one.id(),
              since,
              device.place(),
              device.kind(),
              device.side(),
              device.name(),
              true));
    }
  }

  private void registry(Neighbourhood one) {
    for (Person person : one.people()) {
      facts.add(
          new Residency(
              always(one, "residency-" + person.id()), person.id(), person.unit(), person.role()));
      facts.add(
          card(
              always(one, "card-" + person.card()),
              person.card(),
              person.id(),
              person.unit(),
              places(one, person),
              Credential.Status.ACTIVE,
              null));
      if (person.role() == Residency.Role.TENANT) {
        facts.add(
            new Lease(
                always(one, "lease-" + person.unit()),
                one.id() + '-' + person.unit(),
                person.unit(),
                person.id(),
                List.of(person.card())));
      }
    }
    for (Car car : one.cars()) {
      facts.add(vehicle(one, car));
    }
    for (String pass : one.passes()) {
      facts.add(pass(one, pass));
    }
    specials(one, one.specials());
  }

  private void specials(Neighbourhood one, Specials specials) {
    Instant leaseEnd = month.minus(Duration.ofDays(20));
    String formerTenant = one.id() + "-former";
    facts.add(
        new Lease(
            entry(one, "lease-former", since, leaseEnd),
            one.id() + "-former",
            "b3-0204",
            formerTenant,
            List.of(specials.endedLeaseCard())));
    facts.add(
        card(
            entry(one, "card-former", since, leaseEnd),
            specials.endedLeaseCard(),
            formerTenant,
            "b3-0204",
            List.of(),
            Credential.Status.EXPIRED,
            null));
    Instant replaced = month.minus(Duration.ofDays(9));
    facts.add(
        card(
            entry(one, "card-replaced", since, replaced),
            specials.supersededCard(),
            null,
            null,
            List.of(),
            Credential.Status.SUPERSEDED,
            specials.successorCard()));
    facts.add(
        card(
            entry(one, "card-successor", replaced, null),
            specials.successorCard(),
            null,
            null,
            List.of(),
            Credential.Status.ACTIVE,
            null));
    facts.add(
        card(
            entry(one, "card-lost", since, month.minus(Duration.ofDays(3))),
            specials.lostCard(),
            null,
            null,
            List.of(),
            Credential.Status.LOST,
            null));
    for (Person staff : specials.plantStaff()) {
      facts.add(
          new ListMembership(always(one, "staff-" + staff.card()), Plan.STAFF_LIST, staff.card()));
    }
    facts.add(pass(one, specials.courierPass()));
    facts.add(vehicle(one, specials.clonedCar()));
  }

  private Credential card(
      Entry entry,
      String card,
      @Nullable String holder,
      @Nullable String unit,
      List<String> places,
      Credential.Status status,
      @Nullable String by) {
    return new Credential(entry, card, CredentialType.CARD, holder, unit, places, status, by);
  }

  /** The plant room opens only for who is named: "all places" leaves it out. */
  private static List<String> places(Neighbourhood one, Person person) {
    return one.specials().plantStaff().contains(person)
        ? one.places().stream().map(Place::id).toList()
        : List.of();
  }

  private VisitorPass pass(Neighbourhood one, String pass) {
    Person host = one.people().get(0);
    return new VisitorPass(always(one, "pass-" + pass), pass, host.id(), host.unit(), List.of(), 0);
  }

  private Vehicle vehicle(Neighbourhood one, Car car) {
    return new Vehicle(
        always(one, "vehicle-" + car.plate()),
        car.plate(),
        car.owner().isEmpty() ? null : car.owner(),
        car.unit().isEmpty() ? null : car.unit(),
        car.colour(),
        car.type(),
        car.brand(),
        "resident",
        false);
  }

  private Entry always(Neighbourhood one, String id) {
    return entry(one, id, since, null);
  }

  private Entry entry(Neighbourhood one, String id, Instant from, @Nullable Instant to) {
    return new Entry(id, one.id(), to == null ? from : to, from, to);
  }
}
