package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.TrackSighting;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.people.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stranger slips into the plant room behind somebody; two colleagues with a card each and one who
 * turns back only look like it.
 */
final class Tailgates implements Scenario {

  private static final String MODEL = "tailgating";

  @Override
  public String id() {
    return "S05";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    List<Worker> staff = onShift(stage, difficulty == Difficulty.EASY ? 1 : 2);
    if (staff.isEmpty()) {
      return false;
    }
    Instant at = stage.between(9, 15);
    switch (difficulty) {
      case EASY -> enter(stage, at, staff, List.of(0.0, 1.0), 0.95);
      case MEDIUM -> {
        enter(stage, at.minusSeconds(45), staff.subList(1, 2), List.of(0.0), 0.93);
        enter(stage, at, staff.subList(0, 1), List.of(0.0, stage.dice().between(2.2, 3.8)), 0.9);
      }
      case HARD -> enter(stage, at, staff, List.of(0.0, 1.3, stage.dice().between(1.8, 2.3)), 0.86);
    }
    Instrument door = door(stage);
    exit(stage, at.plusSeconds(380), 1);
    stage
        .label(id(), difficulty, MODEL)
        .tolerating("anti-passback")
        .about(staff.get(0).card())
        .in(door.place())
        .from(at, at.plusSeconds(5), at.plusSeconds(30));
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    boolean two = stage.dice().chance(0.5);
    List<Worker> staff = onShift(stage, two ? 2 : 1);
    if (staff.isEmpty()) {
      return false;
    }
    Instant at = stage.between(9, 15);
    if (two) {
      enter(stage, at, staff, List.of(0.0, 1.6), 0.95);
    } else {
      enter(stage, at, staff, List.of(0.0, 4.5), 0.95);
      track(stage, at.plusSeconds(5), Direction.OUT, 0.95);
    }
    stage
        .innocent(id(), MODEL)
        .about(staff.get(0).card())
        .in(door(stage).place())
        .from(at, at.plusSeconds(30));
    return true;
  }

  /** Workers of the plant room, at work for the day; empty if there are not enough. */
  private static List<Worker> onShift(Stage stage, int count) {
    List<Worker> staff = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<Worker> worker =
          StaffShift.worker(stage, one -> one.duty() == Worker.Duty.PLANT && !one.night());
      if (worker.isEmpty()) {
        return List.of();
      }
      staff.add(worker.get());
    }
    Instant from = stage.at(Duration.ofHours(8));
    Instant to = stage.at(Duration.ofHours(17));
    for (int i = 0; i < count; i++) {
      Worker worker = staff.get(i);
      StaffShift.dayOff(stage, worker);
      StaffShift.roster(stage, worker, from.minus(Duration.ofDays(7)), from, to, "-" + i);
      StaffShift.comeAndGo(stage, worker, from.plusSeconds(40L * i - 300), to.plusSeconds(90L * i));
    }
    return List.copyOf(staff);
  }

  /** Staff present a card each; people pass so many seconds after the first of them. */
  private static void enter(
      Stage stage, Instant at, List<Worker> staff, List<Double> passing, double confidence) {
    Instrument door = door(stage);
    Instant badge = at;
    for (Worker worker : staff) {
      stage.passages().badge(badge, door, Direction.IN, StaffShift.bearer(worker));
      badge = badge.plusMillis(1400);
    }
    Instant opens = badge.plus(stage.dice().seconds(0.6, 1.5));
    double last = 0;
    for (double after : passing) {
      track(stage, opens.plusMillis(Math.round(1000 * (0.9 + after))), Direction.IN, confidence);
      last = after;
    }
    stage.passages().open(opens, door, Duration.ofMillis(Math.round(1000 * (last + 4))));
    Instant leave = at.plus(stage.dice().seconds(700, 1500));
    for (Worker worker : staff) {
      stage.passages().badge(leave, door, Direction.OUT, StaffShift.bearer(worker));
      exit(stage, leave.plusMillis(300), 1);
      leave = leave.plusSeconds(40);
    }
  }

  private static void exit(Stage stage, Instant at, int persons) {
    Instrument door = door(stage);
    stage.act(new Act.Release(at, door, DoorEvent.Change.REQUEST_TO_EXIT));
    Instrument counter = stage.settlement().estate().instrument("plant-count");
    stage.passages().walkThrough(at.plusSeconds(1), door, counter, Direction.OUT, persons);
  }

  private static void track(Stage stage, Instant at, Direction way, double confidence) {
    Instrument counter = stage.settlement().estate().instrument("plant-count");
    stage.passages().track(at, counter, TrackSighting.Kind.PERSON, way, confidence);
  }

  private static Instrument door(Stage stage) {
    return stage.settlement().estate().instrument("plant-door");
  }
}
