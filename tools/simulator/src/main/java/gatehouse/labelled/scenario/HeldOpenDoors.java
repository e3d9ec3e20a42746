package gatehouse.labelled.scenario;

import gatehouse.event.DoorEvent;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A door is kept open; a removal, a fire drill and a pram only look like it. */
final class HeldOpenDoors implements Scenario {

  private static final String MODEL = "door-held-open";
  private static final int PROPPED = 22;

  @Override
  public String id() {
    return "S04-held";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<String> building = stage.today(stage.buildings());
    if (building.isEmpty()) {
      return false;
    }
    Instrument door = stage.settlement().estate().door(building.get());
    switch (difficulty) {
      case EASY -> wedged(stage, difficulty, door, stage.between(0.5, 22), 1200, 3600);
      case MEDIUM -> wedged(stage, difficulty, door, stage.between(7, 21), 110, 300);
      case HARD -> propped(stage, door);
    }
    return true;
  }

  private void wedged(
      Stage stage, Difficulty difficulty, Instrument door, Instant at, double from, double to) {
    Duration length = stage.dice().seconds(from, to);
    exit(stage, door, at);
    stage.passages().open(at.plusSeconds(1), door, length);
    stage
        .label(id(), difficulty, MODEL)
        .in(door.place())
        .from(at, at.plusSeconds(61), at.plus(length));
  }

  /** Let fall shut for a moment before anybody minds, again and again. */
  private void propped(Stage stage, Instrument door) {
    Instant start = stage.between(9, 16);
    Instant at = start;
    Instant enough = start;
    for (int i = 0; i < PROPPED; i++) {
      exit(stage, door, at);
      Duration length = stage.dice().seconds(52, 56);
      stage.passages().open(at.plusSeconds(1), door, length);
      at = at.plus(length).plus(stage.dice().seconds(4, 9));
      if (i == 2) {
        enough = at;
      }
    }
    stage.label(id(), Difficulty.HARD, MODEL).in(door.place()).from(start, enough, at);
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<String> building = stage.today(stage.buildings());
    if (building.isEmpty()) {
      return false;
    }
    Instrument door = stage.settlement().estate().door(building.get());
    Instant at = stage.between(8, 19);
    Instant end =
        switch (stage.dice().weighted(3, 3, 1)) {
          case 0 -> pram(stage, door, at);
          case 1 -> removal(stage, door, at);
          default -> drill(stage, door, at);
        };
    stage.innocent(id(), MODEL, "door-forced").in(door.place()).from(at, end);
    return true;
  }

  private static Instant pram(Stage stage, Instrument door, Instant at) {
    Duration length = stage.dice().seconds(25, 50);
    exit(stage, door, at);
    stage.passages().open(at.plusSeconds(1), door, length);
    return at.plus(length);
  }

  /** The office holds the door open for a removal, by schedule. */
  private static Instant removal(Stage stage, Instrument door, Instant at) {
    Duration length = stage.dice().seconds(1800, 5400);
    stage.act(new Act.Release(at, door, DoorEvent.Change.SCHEDULED_RELEASE));
    unlocked(stage, door, at, length);
    stage.passages().open(at.plusSeconds(40), door, length.minusSeconds(60));
    stage.act(new Act.Release(at.plus(length), door, DoorEvent.Change.SCHEDULED_END));
    return at.plus(length);
  }

  private static Instant drill(Stage stage, Instrument door, Instant at) {
    Duration length = stage.dice().seconds(420, 900);
    stage.act(new Act.Release(at, door, DoorEvent.Change.FIRE_RELEASE));
    unlocked(stage, door, at, length);
    stage.passages().open(at.plusSeconds(15), door, length.minusSeconds(40));
    return at.plus(length);
  }

  /** The bolt is held back all the while. */
  private static void unlocked(Stage stage, Instrument door, Instant at, Duration length) {
    stage.act(new Act.Bolt(at, door, at.plus(length), length, false));
  }

  private static void exit(Stage stage, Instrument door, Instant at) {
    stage.act(new Act.Release(at, door, DoorEvent.Change.REQUEST_TO_EXIT));
  }
}
