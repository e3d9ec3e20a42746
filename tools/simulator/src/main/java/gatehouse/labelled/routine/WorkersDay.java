package gatehouse.labelled.routine;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.labelled.CitySettings;
import gatehouse.labelled.Dice;
import gatehouse.labelled.Settlement;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.act.Agenda;
import gatehouse.labelled.act.Passages;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.people.Worker;
import gatehouse.registry.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A day of those who work here: shifts, the office, rounds of the plant room. */
final class WorkersDay {

  private static final Duration SHIFT = Duration.ofHours(9);
  private static final Duration AHEAD = Duration.ofDays(7);

  private final Settlement settlement;
  private final Agenda agenda;
  private final Passages passages;
  private final Dice dice;
  private final Deque<Shift> shifts = new ArrayDeque<>();
  private Instant rosteredUntil = Instant.MIN;

  WorkersDay(Settlement settlement, Agenda agenda, Passages passages, Dice dice) {
    this.settlement = settlement;
    this.agenda = agenda;
    this.passages = passages;
    this.dice = dice;
  }

  void plan(Instant midnight) {
    while (!rosteredUntil.isAfter(midnight.plus(AHEAD))) {
      Instant day = rosteredUntil.isBefore(midnight) ? midnight : rosteredUntil;
      roster(day);
      rosteredUntil = day.plus(Duration.ofDays(1));
    }
    while (!shifts.isEmpty()
        && shifts.getFirst().from().isBefore(midnight.plus(Duration.ofDays(1)))) {
      Shift next = shifts.removeFirst();
      work(next.worker(), next.from(), next.from().plus(SHIFT));
    }
  }

  private record Shift(Worker worker, Instant from) {}

  /** Who works on a day is known a week before. */
  private void roster(Instant midnight) {
    boolean weekend = midnight.atZone(CitySettings.ZONE).getDayOfWeek().getValue() > 5;
    for (Worker worker : settlement.population().workers()) {
      boolean works = !weekend || worker.duty() == Worker.Duty.GUARD || dice.chance(0.3);
      Instant from = midnight.plus(Duration.ofHours(worker.night() ? 20 : 8));
      if (works && !agenda.paused(worker.id(), from)) {
        shifts.addLast(new Shift(worker, from));
        agenda.register(
            new Roster(
                new gatehouse.registry.Entry(
                    "roster-" + worker.card() + '-' + from.getEpochSecond() / 3600,
                    settlement.id(),
                    from.minus(AHEAD),
                    from,
                    from.plus(SHIFT)),
                worker.card(),
                worker.night() ? "night" : "day"));
      }
    }
  }

  private void work(Worker worker, Instant from, Instant to) {
    String gate = dice.pick(settlement.estate().footGates());
    Instant come = from.plus(dice.seconds(-900, 300));
    Instant leave = to.plus(dice.seconds(-120, 1200));
    passages.gate(come, gate, Direction.IN, bearer(worker));
    switch (worker.duty()) {
      case OFFICE -> office(worker, come.plus(dice.seconds(90, 200)), leave);
      case PLANT -> rounds(worker, come.plus(dice.seconds(600, 2400)), leave);
      case CLEANING, GUARD -> {}
    }
    passages.gate(leave.plus(dice.seconds(180, 400)), gate, Direction.OUT, bearer(worker));
  }

  /** In, out for lunch, in, out; and now and then for an errand. */
  private void office(Worker worker, Instant from, Instant to) {
    Instrument gate = settlement.estate().instrument("office-gate");
    Instant at = from;
    int breaks = 1 + (dice.chance(0.3) ? 1 : 0);
    for (int i = 0; i < breaks; i++) {
      passages.badge(at, gate, Direction.IN, bearer(worker));
      Instant pause = from.plus(Duration.ofMinutes(150 + 130L * i)).plus(dice.seconds(0, 1800));
      passages.badge(pause, gate, Direction.OUT, bearer(worker));
      at = pause.plus(dice.seconds(1500, 3000));
    }
    passages.badge(at, gate, Direction.IN, bearer(worker));
    passages.badge(to, gate, Direction.OUT, bearer(worker));
  }

  private void rounds(Worker worker, Instant from, Instant to) {
    Instant at = from;
    while (at.isBefore(to.minus(Duration.ofHours(1)))) {
      plantRoom(worker.card(), at, at.plus(dice.seconds(300, 2400)));
      at = at.plus(dice.seconds(2.5 * 3600, 4 * 3600));
    }
  }

  private void plantRoom(String card, Instant in, Instant out) {
    Bearer who = Bearer.of(card, CredentialType.CARD, "staff");
    Instrument door = settlement.estate().instrument("plant-door");
    Instrument counter = settlement.estate().instrument("plant-count");
    passages.badge(in, door, Direction.IN, who);
    passages.walkThrough(in.plus(dice.seconds(1.5, 4)), door, counter, Direction.IN, 1);
    passages.badge(out, door, Direction.OUT, who);
    agenda.add(new Act.Release(out.plusMillis(300), door, DoorEvent.Change.REQUEST_TO_EXIT));
    passages.walkThrough(out.plus(dice.seconds(1, 3)), door, counter, Direction.OUT, 1);
  }

  private static Bearer bearer(Worker worker) {
    return Bearer.of(worker.card(), CredentialType.CARD, "staff");
  }
}
