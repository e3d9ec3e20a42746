package gatehouse.simulator.life;

import static gatehouse.simulator.life.Happening.denied;
import static gatehouse.simulator.life.Happening.door;
import static gatehouse.simulator.life.Happening.duress;
import static gatehouse.simulator.life.Happening.plate;

import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Origin;
import gatehouse.simulator.city.Car;
import gatehouse.simulator.city.Neighbourhood;
import gatehouse.simulator.city.Person;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong. Right after the start each kind happens once, the quickest first, so that
 * whoever looks sees something; after that one now and then, anywhere.
 */
public final class Incidents {

  private static final Logger log = LoggerFactory.getLogger(Incidents.class);

  /** Between the incidents of the opening. */
  private static final Duration STEP = Duration.ofSeconds(9);

  /** Between two vehicles with one plate. */
  private static final Duration TURN = Duration.ofSeconds(24);

  private static final List<Kind> KINDS = List.of(Kind.values());

  private final List<Neighbourhood> city;
  private final Agenda agenda;
  private final Random random;
  private final Contacts contacts;
  private final Passages passages;
  private final Duration every;

  /** What can go wrong. */
  enum Kind {
    DOOR_FORCED,
    DURESS,
    DENIALS,
    DOOR_PROPPED,
    ENDED_LEASE,
    COURIER_IN_PLANT_ROOM,
    SHARED_CARD,
    CLONED_PLATE,
    SUPERSEDED_CARD,
    LOST_CARD
  }

  /**
   * Incidents of a city.
   *
   * @param contacts of the doors, the same for all that happens
   * @param every how long from one to the next, on average, after the opening
   */
  public Incidents(
      List<Neighbourhood> city, Agenda agenda, Contacts contacts, Random random, Duration every) {
    this.contacts = contacts;
    this.city = city;
    this.agenda = agenda;
    this.random = random;
    this.passages = new Passages(agenda, contacts, random);
    this.every = every;
  }

  /** Begins, and does not end before the agenda does. */
  public void begin() {
    Duration at = Duration.ofSeconds(3);
    for (int i = 0; i < KINDS.size(); i++) {
      Kind kind = KINDS.get(i);
      Neighbourhood where = city.get(i % city.size());
      agenda.after(at, () -> stage(kind, where));
      at = at.plus(STEP);
    }
    agenda.after(at, this::next);
  }

  private void next() {
    double wait = -Math.log(1 - random.nextDouble()) * every.toMillis();
    agenda.after(
        Duration.ofMillis(Math.round(wait)),
        () -> {
          stage(KINDS.get(random.nextInt(KINDS.size())), city.get(random.nextInt(city.size())));
          next();
        });
  }

  private void stage(Kind kind, Neighbourhood where) {
    log.info("Staged in {}: {}", where.id(), kind);
    switch (kind) {
      case DOOR_FORCED -> doorForced(where);
      case DURESS ->
          agenda.report(
              Duration.ZERO,
              where.id(),
              "b2-door",
              duress(where.people().get(random.nextInt(where.people().size())).card()));
      case DENIALS -> denials(where);
      case DOOR_PROPPED -> doorPropped(where);
      case ENDED_LEASE -> use(where, "b3-door", where.specials().endedLeaseCard());
      case COURIER_IN_PLANT_ROOM ->
          passages.enter(
              Duration.ZERO, where.id(), "plant-room", where.specials().courierPass(), "courier");
      case SHARED_CARD -> sharedCard(where);
      case CLONED_PLATE -> clonedPlate(where);
      case SUPERSEDED_CARD -> supersededCard(where);
      case LOST_CARD -> use(where, "b1-door", where.specials().lostCard());
    }
  }

  /** Opened with nothing that would allow it, where few people go. */
  private void doorForced(Neighbourhood where) {
    contacts.hold(Duration.ZERO, where.id(), "plant-room", Duration.ofSeconds(6));
  }

  /** A card nobody knows, again and again. */
  private void denials(Neighbourhood where) {
    String card = "C-%06X".formatted(random.nextInt(1 << 24));
    Duration at = Duration.ZERO;
    for (int i = 0; i < 7; i++) {
      agenda.report(at, where.id(), "b2-door", denied(card, DenialReason.UNKNOWN_CREDENTIAL));
      at = at.plusMillis(3_000 + random.nextInt(3_000));
    }
  }

  /** Somebody leaves and puts a shoe into the door. */
  private void doorPropped(Neighbourhood where) {
    agenda.report(Duration.ZERO, where.id(), "b1-door", door(DoorEvent.Change.REQUEST_TO_EXIT));
    contacts.hold(Duration.ofSeconds(1), where.id(), "b1-door", Duration.ofMinutes(4));
  }

  /** The new card is in its holder's hand, the old one in somebody else's. */
  private void supersededCard(Neighbourhood where) {
    use(where, "b2-door", where.specials().successorCard());
    agenda.after(
        Duration.ofSeconds(50), () -> use(where, "b4-door", where.specials().supersededCard()));
  }

  private void use(Neighbourhood where, String device, String card) {
    passages.enter(Duration.ZERO, where.id(), device, card, "resident");
  }

  /** One card goes into the plant room twice, and never came out between. */
  private void sharedCard(Neighbourhood where) {
    List<Person> staff = where.specials().plantStaff();
    String card = staff.get(staff.size() - 1).card();
    passages.enter(Duration.ZERO, where.id(), "plant-room", card, "staff");
    passages.enter(Duration.ofSeconds(40), where.id(), "plant-room", card, "staff");
    passages.through(Duration.ofMinutes(3), where.id(), "plant-room", card, "staff", Direction.OUT);
  }

  /**
   * Two vehicles with one plate: the registered one and another take turns at one gate, and while
   * the one comes in the other is read kilometres away.
   */
  private void clonedPlate(Neighbourhood where) {
    Neighbourhood elsewhere = city.get((city.indexOf(where) + 1) % city.size());
    Car real = where.specials().clonedCar();
    String colour = real.colour().equals("red") ? "white" : "red";
    Car copy = new Car(real.plate(), real.plateColour(), colour, "truck", "Dongfeng", "", "");
    Duration at = Duration.ZERO;
    for (int i = 0; i < 3; i++) {
      inAndOut(at, where, real);
      inAndOut(at.plus(TURN), where, copy);
      at = at.plus(TURN).plus(TURN);
    }
    agenda.report(at, where.id(), "gate-south-in", read(real, Direction.IN));
    agenda.report(at.plusSeconds(11), elsewhere.id(), "gate-north-in", read(copy, Direction.IN));
  }

  private void inAndOut(Duration at, Neighbourhood where, Car car) {
    agenda.report(at, where.id(), "gate-south-in", read(car, Direction.IN));
    agenda.report(at.plusSeconds(12), where.id(), "gate-south-out", read(car, Direction.OUT));
  }

  private static Function<Origin, DeviceEvent> read(Car car, Direction direction) {
    return plate(car, car.colour(), car.type(), car.brand(), 0.98, direction);
  }
}
