package gatehouse.labelled.scenario;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.people.Worker;
import gatehouse.registry.Entry;
import gatehouse.registry.Roster;
import java.time.Duration;
import java.time.Instant;

/** A day shift that a scene fills instead of the routine. */
final class WorkDay {

  private static final Duration SHIFT = Duration.ofHours(9);

  private WorkDay() {}

  /** How a worker is known to a terminal. */
  static Bearer card(Worker worker) {
    return Bearer.of(worker.card(), CredentialType.CARD, "staff");
  }

  /** The worker is rostered, comes through a gate, and goes. */
  static void of(Stage stage, Worker worker, int day, Instant come, Instant go) {
    Instant midnight = stage.at(Duration.ofDays(day));
    Instant from = midnight.plus(Duration.ofHours(8));
    stage.agenda().pause(worker.id(), midnight, midnight.plus(Duration.ofDays(1)));
    stage.register(
        new Roster(
            new Entry(
                "roster-" + worker.card() + '-' + stage.take() + '-' + day,
                stage.settlement().id(),
                from.minus(Duration.ofDays(7)),
                from,
                from.plus(SHIFT)),
            worker.card(),
            "day"));
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    stage.passages().gate(come, gate, Direction.IN, card(worker));
    stage.passages().gate(go, gate, Direction.OUT, card(worker));
  }
}
