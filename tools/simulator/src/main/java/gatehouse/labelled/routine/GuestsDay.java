package gatehouse.labelled.routine;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.labelled.Dice;
import gatehouse.labelled.Settlement;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.act.Agenda;
import gatehouse.labelled.act.Passages;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.people.Car;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A day of those who do not live here: visitors with a pass, couriers, visitors' cars. */
final class GuestsDay {

  private static final double VISITORS_PER_HOME = 0.06;
  private static final double VISITORS_WITH_CAR = 0.3;
  private static final double COURIERS_PER_HOME = 0.12;
  private static final double LET_IN_FROM_AFAR = 0.2;

  private final Settlement settlement;
  private final Agenda agenda;
  private final Passages passages;
  private final Dice dice;
  private final RemoteOpens remoteOpens;
  private long number;

  GuestsDay(Settlement settlement, Agenda agenda, Passages passages, Dice dice) {
    this.settlement = settlement;
    this.agenda = agenda;
    this.passages = passages;
    this.dice = dice;
    this.remoteOpens = new RemoteOpens(settlement, agenda, passages, dice);
  }

  void plan(Instant midnight, Weather weather) {
    remoteOpens.replacePhones(midnight);
    List<Resident> residents = settlement.population().residents();
    int homes = settlement.population().households().size();
    for (int i = dice.poisson(homes * VISITORS_PER_HOME); i > 0; i--) {
      Duration at = dice.seconds(9 * 3600, 20.5 * 3600);
      if (dice.chance(Math.min(1, 0.7 * weather.mood(at)))) {
        visit(dice.pick(residents), midnight.plus(at));
      }
    }
    for (int i = dice.poisson(homes * COURIERS_PER_HOME); i > 0; i--) {
      Duration at =
          dice.chance(0.6)
              ? Duration.ofSeconds(Math.round(dice.normal(12 * 3600, 2400)))
              : Duration.ofSeconds(Math.round(dice.normal(17.8 * 3600, 3600)));
      courier(dice.pick(residents), midnight.plus(at));
    }
  }

  private void visit(Resident host, Instant at) {
    String pass = "pass-" + settlement.id() + '-' + number++ + '-' + at.getEpochSecond() / 86400;
    Instant leaving = at.plus(dice.seconds(1800, 4 * 3600));
    agenda.register(
        new VisitorPass(
            Registration.entry(
                settlement.id(),
                "entry-" + pass,
                at.minus(Duration.ofMinutes(40)),
                leaving.plus(Duration.ofHours(2))),
            pass,
            host.id(),
            host.home().unit(),
            List.of(),
            0));
    Bearer visitor = Bearer.of(pass, CredentialType.QR, "visitor");
    String stranger = "visit-" + pass;
    String building = host.home().building();
    if (dice.chance(VISITORS_WITH_CAR)) {
      Car car = settlement.plates().car();
      String gate = dice.pick(settlement.estate().vehicleGates());
      agenda.add(
          new Act.Drive(
              at,
              settlement.estate().instrument(gate + "-in"),
              car,
              Direction.IN,
              List.of(stranger)));
      agenda.add(
          new Act.Drive(
              leaving.plus(dice.seconds(90, 300)),
              settlement.estate().instrument(gate + "-out"),
              car,
              Direction.OUT,
              List.of(stranger)));
    } else {
      throughGate(at, Direction.IN, visitor, stranger);
      throughGate(leaving.plus(dice.seconds(60, 120)), Direction.OUT, visitor, stranger);
    }
    Instant atDoor = at.plus(dice.seconds(90, 200));
    int companions = dice.chance(0.25) ? 1 : 0;
    if (!dice.chance(LET_IN_FROM_AFAR) || !remoteOpens.letIn(atDoor, host.home(), 1 + companions)) {
      passages.enter(atDoor, building, visitor, companions);
    }
    passages.leave(leaving, building, 1);
  }

  private void courier(Resident to, Instant at) {
    String badge = "courier-" + dice.whole(1, 12);
    Bearer courier = Bearer.of(badge, CredentialType.APP, "courier");
    throughGate(at, Direction.IN, courier, badge);
    Instant atDoor = at.plus(dice.seconds(50, 120));
    if (!dice.chance(LET_IN_FROM_AFAR) || !remoteOpens.letIn(atDoor, to.home(), 1)) {
      passages.enter(atDoor, to.home().building(), courier, 0);
    }
    Instant leaving = at.plus(dice.seconds(200, 700));
    passages.leave(leaving, to.home().building(), 1);
    throughGate(leaving.plus(dice.seconds(50, 120)), Direction.OUT, courier, badge);
  }

  private void throughGate(Instant at, Direction direction, Bearer who, String stranger) {
    String gate = dice.pick(settlement.estate().footGates());
    passages.gate(at, gate, direction, who);
    if (dice.chance(0.5)) {
      agenda.add(
          new Act.Show(
              at.plus(dice.seconds(-1.5, 1.5)),
              settlement.estate().instrument(gate + "-face"),
              null,
              stranger,
              direction));
    }
  }
}
