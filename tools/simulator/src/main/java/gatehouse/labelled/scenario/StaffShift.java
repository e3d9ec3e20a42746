package gatehouse.labelled.scenario;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.people.Worker;
import gatehouse.registry.Entry;
import gatehouse.registry.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Words for scenes with those who work here. */
final class StaffShift {

  private StaffShift() {}

  /** Casts a worker who is like this, for the stage's first day. */
  static Optional<Worker> worker(Stage stage, Predicate<Worker> like) {
    Instant from = stage.at(Duration.ZERO);
    Instant to = stage.at(Duration.ofDays(1));
    List<Worker> free =
        stage.settlement().population().workers().stream()
            .filter(like)
            .filter(worker -> stage.free(today(stage, worker)))
            .filter(worker -> !stage.agenda().paused(worker.id(), from, to))
            .toList();
    if (free.isEmpty()) {
      return Optional.empty();
    }
    Worker chosen = stage.dice().pick(free);
    stage.cast(today(stage, chosen));
    return Optional.of(chosen);
  }

  private static String today(Stage stage, Worker worker) {
    return worker.id() + '@' + stage.at(Duration.ZERO);
  }

  /** Keeps a worker from the stage's first day. */
  static void dayOff(Stage stage, Worker worker) {
    stage.agenda().pause(worker.id(), stage.at(Duration.ZERO), stage.at(Duration.ofDays(1)));
  }

  /** A shift becomes known at some time. */
  static void roster(
      Stage stage, Worker worker, Instant known, Instant from, Instant to, String mark) {
    stage.register(
        new Roster(
            new Entry("roster-" + stage.take() + mark, stage.settlement().id(), known, from, to),
            worker.card(),
            "day"));
  }

  /** A worker comes for a day's shift instead of the usual one; what they do there is staged. */
  static void comeAndGo(Stage stage, Worker worker, Instant from, Instant to) {
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    stage.passages().gate(from, gate, Direction.IN, bearer(worker));
    stage.passages().gate(to, gate, Direction.OUT, bearer(worker));
  }

  static Bearer bearer(Worker worker) {
    return Bearer.of(worker.card(), CredentialType.CARD, "staff");
  }
}
