package gatehouse.labelled.people;

import gatehouse.event.CredentialType;
import gatehouse.fact.Fact;
import gatehouse.labelled.Dice;
import gatehouse.labelled.estate.Estate;
import gatehouse.registry.CareEnrolment;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import gatehouse.registry.Lease;
import gatehouse.registry.ListMembership;
import gatehouse.registry.PhoneBinding;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.Residency;
import gatehouse.registry.TaggedObject;
import gatehouse.registry.Vehicle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the property company has written down of a population, with the usual errors. */
public final class Registration {

  private static final double WRONG_PLATE = 0.005;
  private static final double LATE_RENEWAL = 0.10;
  private static final Duration LEASE = Duration.ofDays(365);

  private final String community;
  private final Dice dice;
  private final List<Fact> facts = new ArrayList<>();

  private Registration(String community, Dice dice) {
    this.community = community;
    this.dice = dice;
  }

  /**
   * The registry of a population.
   *
   * @param from first simulated moment; leases run out and are renewed around it
   * @param until last simulated moment
   */
  public static List<Fact> of(
      String community, Population population, Instant from, Instant until, Dice dice) {
    Registration registration = new Registration(community, dice);
    population.households().forEach(household -> registration.household(household, from, until));
    population.workers().forEach(registration::worker);
    population
        .elders()
        .forEach(
            elder ->
                registration.add(
                    care(registration.always("care-" + elder.resident().id()), elder, false)));
    return List.copyOf(registration.facts);
  }

  /** An entry that is known from its beginning. */
  public static Entry entry(String community, String id, Instant from, @Nullable Instant to) {
    return new Entry(id, community, from, from, to);
  }

  /** The account with which a home's doors are opened from afar. */
  public static String account(String community, Home home) {
    return "account-" + community + '-' + home.unit();
  }

  /** The account's phone; the how manieth it is. */
  public static String phone(String account, int number) {
    return "phone-" + account + '-' + number;
  }

  /** An elder's enrolment for care. */
  public static CareEnrolment care(Entry entry, Elder elder, boolean away) {
    return new CareEnrolment(
        entry,
        elder.resident().id(),
        elder.resident().home().unit(),
        elder.alone(),
        elder.nightExit(),
        away,
        elder.sensors());
  }

  private void household(Household household, Instant from, Instant until) {
    for (Resident member : household.members()) {
      if (!member.registered()) {
        continue;
      }
      add(
          new Residency(
              always("residency-" + member.id()),
              member.id(),
              member.home().unit(),
              member.role()));
      add(card(always("credential-" + member.card()), member));
    }
    if (household.home().rented()) {
      lease(household, from, until);
    }
    String account = account(community, household.home());
    add(new PhoneBinding(always("phone-" + account), phone(account, 0), account));
    for (Car car : household.cars()) {
      add(vehicle(household, car));
    }
    for (Bike bike : household.bikes()) {
      Resident owner = household.members().get(0);
      add(
          new TaggedObject(
              always("object-" + bike.tag()),
              bike.tag(),
              "e-bike",
              owner.id(),
              household.members().stream().map(Resident::id).toList(),
              false));
    }
  }

  private Credential card(Entry entry, Resident holder) {
    return new Credential(
        entry,
        holder.card(),
        CredentialType.CARD,
        holder.id(),
        holder.home().unit(),
        List.of(),
        Credential.Status.ACTIVE,
        null);
  }

  /** A lease of a year; if it ends within the simulated time it is renewed, sometimes late. */
  private void lease(Household household, Instant from, Instant until) {
    String unit = household.home().unit();
    List<String> cards = household.members().stream().map(Resident::card).toList();
    String tenant = household.members().get(0).id();
    Instant begin = from.minus(Duration.ofDays(dice.whole(0, 364)));
    for (int year = 0; begin.isBefore(until); year++) {
      Instant end = begin.plus(LEASE);
      Instant known =
          year > 0 && dice.chance(LATE_RENEWAL)
              ? begin.plus(dice.duration(Duration.ofDays(1), Duration.ofDays(10)))
              : begin;
      add(
          new Lease(
              new Entry("lease-" + unit + '-' + year, community, known, begin, end),
              community + '-' + unit,
              unit,
              tenant,
              cards));
      begin = end;
    }
  }

  private Vehicle vehicle(Household household, Car car) {
    String plate =
        dice.chance(WRONG_PLATE)
            ? car.plate().substring(0, car.plate().length() - 1) + dice.whole(0, 9)
            : car.plate();
    return new Vehicle(
        always("vehicle-" + car.plate()),
        plate,
        household.members().get(0).id(),
        household.home().unit(),
        car.colour(),
        car.type(),
        car.brand(),
        "resident",
        false);
  }

  private void worker(Worker worker) {
    add(
        new Residency(
            always("residency-" + worker.id()), worker.id(), "office", Residency.Role.STAFF));
    add(
        new Credential(
            always("credential-" + worker.card()),
            worker.card(),
            CredentialType.CARD,
            worker.id(),
            null,
            List.of(),
            Credential.Status.ACTIVE,
            null));
    if (worker.duty() == Worker.Duty.PLANT) {
      add(new ListMembership(always("list-" + worker.card()), Estate.PLANT_STAFF, worker.card()));
    }
  }

  private Entry always(String id) {
    return entry(community, id, Estate.BUILT, null);
  }

  private void add(RegistryFact fact) {
    facts.add(fact);
  }
}
