package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.people.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A work card is used when its holder is not at work; overtime, a swapped shift and one that was
 * entered too late only look like it.
 */
final class OffShiftVisits implements Scenario {

  private static final String MODEL = "off-shift-access";

  @Override
  public String id() {
    return "S34-off-shift";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<Worker> cast = StaffShift.worker(stage, worker -> !worker.night());
    if (cast.isEmpty()) {
      return false;
    }
    Worker worker = cast.get();
    Instant at =
        switch (difficulty) {
          case EASY -> stage.between(1, 4);
          case MEDIUM -> stage.between(10, 16);
          // Shifts end at five; the card comes back within the hour or two.
          case HARD -> stage.between(18.2, 19);
        };
    if (difficulty == Difficulty.MEDIUM) {
      StaffShift.dayOff(stage, worker);
    }
    Instant end = visit(stage, at, worker);
    stage
        .label(id(), difficulty, MODEL)
        .tolerating("restricted-entry")
        .about(worker.card(), worker.id())
        .from(at, end);
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Worker> cast = StaffShift.worker(stage, worker -> !worker.night());
    if (cast.isEmpty()) {
      return false;
    }
    Worker worker = cast.get();
    StaffShift.dayOff(stage, worker);
    Instant from;
    Instant to;
    Instant known;
    Instant leave;
    switch (stage.dice().whole(0, 2)) {
      case 0 -> {
        from = stage.at(Duration.ofHours(8));
        to = stage.at(Duration.ofHours(17));
        known = from.minus(Duration.ofDays(7));
        leave = to.plus(stage.dice().seconds(900, 1650));
      }
      case 1 -> {
        from = stage.at(Duration.ofHours(13));
        to = stage.at(Duration.ofHours(22));
        known = from.minus(Duration.ofDays(1));
        leave = to.plusSeconds(200);
      }
      default -> {
        from = stage.at(Duration.ofHours(11));
        to = stage.at(Duration.ofHours(15));
        known = to.plus(Duration.ofHours(2));
        leave = to.plusSeconds(100);
      }
    }
    StaffShift.roster(stage, worker, known, from, to, "");
    StaffShift.comeAndGo(stage, worker, from.plus(stage.dice().seconds(-600, 200)), leave);
    stage
        .innocent(id(), MODEL)
        .about(worker.card(), worker.id())
        .from(from.minusSeconds(600), leave);
    return true;
  }

  /** Through the gate, to the office or a building, and out again. */
  private static Instant visit(Stage stage, Instant at, Worker worker) {
    Bearer who = StaffShift.bearer(worker);
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    Instant leave = at.plus(stage.dice().seconds(600, 1800));
    stage.passages().gate(at, gate, Direction.IN, who);
    if (worker.duty() == Worker.Duty.OFFICE) {
      Instrument office = stage.settlement().estate().instrument("office-gate");
      stage.passages().badge(at.plusSeconds(120), office, Direction.IN, who);
      stage.passages().badge(leave, office, Direction.OUT, who);
    } else {
      String building = stage.dice().pick(stage.buildings());
      stage.passages().enter(at.plusSeconds(120), building, who, 0);
      stage.passages().leave(leave, building, 1);
    }
    stage.passages().gate(leave.plusSeconds(150), gate, Direction.OUT, who);
    return leave.plusSeconds(150);
  }
}
