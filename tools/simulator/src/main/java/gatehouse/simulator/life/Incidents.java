package gatehouse.simulator.life;

import static gatehouse.simulator.life.Happening.denied;
import static gatehouse.simulator.life.Happening.door;
import static gatehouse.simulator.life.Happening.duress;
import static gatehouse.simulator.life.Happening.plate;

import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.simulator.city.Car;
import gatehouse.simulator.city.Neighbourhood;
import gatehouse.simulator.city.Person;
import java.time.Duration;
import java.util.List;
import java.util.Random;
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

  private static final List<Kind> KINDS = List.of(Kind.values());

  private final List<Neighbourhood> city;
  private final Agenda agenda;
  private final Random random;
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
   * @param every how long from one to the next, on average, after the opening
   */
  public Incidents(List<Neighbourhood> city, Agenda agenda, Random random, Duration every) {
    this.city = city;
    this.agenda = agenda;
    this.random = random;
    this.passages = new Passages(agenda, random);
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
      case SUPERSEDED_CARD -> use(where, "b4-door", where.specials().supersededCard());
      case LOST_CARD -> use(where, "b1-door", where.specials().lostCard());
    }
  }

  /** Opened with nothing that would allow it. */
  private void doorForced(Neighbourhood where) {
    agenda.report(Duration.ZERO, where.id(), "b4-door", door(DoorEvent.Change.OPENED));
    agenda.report(Duration.ofSeconds(6), where.id(), "b4-door", door(DoorEvent.Change.CLOSED));
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
    agenda.report(Duration.ofSeconds(1), where.id(), "b1-door", door(DoorEvent.Change.OPENED));
    agenda.report(Duration.ofMinutes(4), where.id(), "b1-door", door(DoorEvent.Change.CLOSED));
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

  /** Two vehicles with one plate: the registered one here, another one kilometres away. */
  private void clonedPlate(Neighbourhood where) {
    Neighbourhood elsewhere = city.get((city.indexOf(where) + 1) % city.size());
    Car car = where.specials().clonedCar();
    boolean black = car.colour().equals("black");
    Duration at = Duration.ZERO;
    for (int i = 0; i < 4; i++) {
      Direction direction = i % 2 == 0 ? Direction.IN : Direction.OUT;
      String lane = i % 2 == 0 ? "-in" : "-out";
      agenda.report(
          at,
          where.id(),
          "gate-south" + lane,
          plate(car, car.colour(), car.type(), car.brand(), 0.98, direction));
      agenda.report(
          at.plusSeconds(11),
          elsewhere.id(),
          "gate-north" + lane,
          plate(car, black ? "white" : "black", "truck", "Dongfeng", 0.985, direction));
      at = at.plusSeconds(26);
    }
  }
}
