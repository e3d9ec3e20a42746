package gatehouse.labelled.routine;

import gatehouse.event.Direction;
import gatehouse.labelled.Dice;
import gatehouse.labelled.Settlement;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.act.Agenda;
import gatehouse.labelled.act.Passages;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.people.Bike;
import gatehouse.labelled.people.Car;
import gatehouse.labelled.people.Household;
import gatehouse.labelled.people.Resident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How residents leave and come back: on foot, by car, by e-bike, alone or together. */
public final class Outings {

  private static final double FACE_SHOWN = 0.35;
  private static final double PASSENGER_SEEN = 0.8;

  /** Some walk down the ramp of the garage, where there is no reader. */
  private static final double BY_THE_RAMP = 0.15;

  /** Riders seldom get out their card while somebody else holds the gate open. */
  private static final double FOLLOWS_ANOTHER = 0.6;

  private static final Duration HELD_OPEN = Duration.ofSeconds(12);

  /** Otherwise the guard lets them through now and then; a gate opens for nobody else. */
  private static final double LET_THROUGH = 0.015;

  private final Settlement settlement;
  private final Agenda agenda;
  private final Passages passages;
  private final Dice dice;

  /** Outings of a community. */
  public Outings(Settlement settlement, Agenda agenda, Passages passages, Dice dice) {
    this.settlement = settlement;
    this.agenda = agenda;
    this.passages = passages;
    this.dice = dice;
  }

  /** On foot, out and back. Who goes stands first; who comes along follows. */
  public void onFoot(List<Resident> party, Instant out, Instant back) {
    String building = party.get(0).home().building();
    String gate = footGate(out);
    passages.leave(out, building, party.size());
    throughGate(out.plus(walk()), gate, Direction.OUT, party);
    String returning = dice.chance(0.8) && !agenda.paused(gate, back) ? gate : footGate(back);
    Instant home = back.plus(walk());
    throughGate(back, returning, Direction.IN, party);
    passages.enter(home, building, bearer(party.get(0)), party.size() - 1);
  }

  /** By car, out and back. */
  public void byCar(List<Resident> party, Car car, Instant out, Instant back) {
    String building = party.get(0).home().building();
    passages.leave(out, building, party.size());
    String gate = dice.pick(settlement.estate().vehicleGates());
    Instant atGarage = out.plus(walk());
    if (!dice.chance(BY_THE_RAMP)) {
      passages.fetchCar(atGarage, bearer(party.get(0)));
    }
    Instant atGate = atGarage.plus(dice.seconds(60, 150));
    drive(atGate, gate, Direction.OUT, car, party);
    Instant home = back.plus(walk()).plus(dice.seconds(60, 150));
    drive(
        back,
        dice.chance(0.75) ? gate : dice.pick(settlement.estate().vehicleGates()),
        Direction.IN,
        car,
        party);
    passages.enter(home, building, bearer(party.get(0)), party.size() - 1);
  }

  /** By e-bike, out and back; the tag is read where the rider presents the card. */
  public void byBike(Resident rider, Bike bike, Instant out, Instant back) {
    String building = rider.home().building();
    String gate = footGate(out);
    passages.leave(out, building, 1);
    ride(out.plus(walk()), gate, Direction.OUT, rider, bike);
    ride(back, gate, Direction.IN, rider, bike);
    passages.enter(back.plus(walk()), building, bearer(rider), 0);
  }

  /** A vehicle passes a gate. */
  public void drive(Instant at, String gate, Direction direction, Car car, List<Resident> party) {
    agenda.add(
        new Act.Drive(
            at,
            settlement.estate().instrument(gate + (direction == Direction.IN ? "-in" : "-out")),
            car,
            direction,
            party.stream()
                .map(Resident::id)
                .filter(person -> dice.chance(PASSENGER_SEEN))
                .toList()));
  }

  /** A rider and a tagged bike pass a pedestrian gate; most riders present their card. */
  public void ride(Instant at, String gate, Direction direction, Resident rider, Bike bike) {
    Instrument terminal =
        settlement.estate().instrument(gate + (direction == Direction.IN ? "-in" : "-out"));
    boolean held = agenda.happens(terminal, at.minus(HELD_OPEN), at);
    if (!dice.chance(held ? FOLLOWS_ANOTHER : LET_THROUGH)) {
      passages.gate(at, gate, direction, bearer(rider));
    }
    if (dice.chance(FACE_SHOWN)) {
      agenda.add(
          new Act.Show(
              at.plus(dice.seconds(-1.5, 1.5)),
              settlement.estate().instrument(gate + "-face"),
              rider.id(),
              rider.id(),
              direction));
    }
    agenda.add(
        new Act.Carry(
            at.plus(dice.seconds(-2, 6)),
            settlement.estate().instrument(gate + "-tags"),
            bike.tag(),
            "e-bike",
            direction));
  }

  /** How a resident is known to a terminal. */
  public static Bearer bearer(Resident resident) {
    return Bearer.resident(resident.card(), resident.id(), resident.home().unit());
  }

  /** The household's members who come along. */
  public List<Resident> party(Household household, Resident first, double accompany, Instant at) {
    List<Resident> party = new java.util.ArrayList<>(List.of(first));
    for (Resident other : household.members()) {
      if (!other.equals(first)
          && party.size() < 4
          && dice.chance(accompany)
          && !agenda.paused(other.id(), at)) {
        party.add(other);
      }
    }
    return List.copyOf(party);
  }

  private void throughGate(Instant at, String gate, Direction direction, List<Resident> party) {
    Instant next = at;
    for (Resident person : party) {
      passages.gate(next, gate, direction, bearer(person));
      if (dice.chance(FACE_SHOWN)) {
        agenda.add(
            new Act.Show(
                next.plus(dice.seconds(-1.5, 1.5)),
                settlement.estate().instrument(gate + "-face"),
                person.id(),
                person.id(),
                direction));
      }
      next = next.plus(dice.seconds(1.8, 3.5));
    }
  }

  /** People avoid a gate where something is in the way; half of them notice. */
  private String footGate(Instant at) {
    List<String> gates = settlement.estate().footGates();
    String gate = dice.pick(gates);
    if (!agenda.paused(gate, at) || dice.chance(0.5)) {
      return gate;
    }
    return dice.pick(gates.stream().filter(other -> !agenda.paused(other, at)).toList());
  }

  private Duration walk() {
    return dice.seconds(50, 130);
  }
}
