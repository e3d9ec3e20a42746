package gatehouse.labelled.scenario;

import gatehouse.event.DoorEvent;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A bolt does not go in; a slow bolt and a door left unlocked on purpose only look like it. */
final class UnlockedDoors implements Scenario {

  private static final String MODEL = "door-not-relocked";
  private static final Duration NEVER = Duration.ofDays(1);

  @Override
  public String id() {
    return "S04-unlocked";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<String> building = stage.today(stage.buildings());
    if (building.isEmpty()) {
      return false;
    }
    Instrument door = stage.settlement().estate().door(building.get());
    switch (difficulty) {
      case EASY -> jam(stage, difficulty, building.get(), door, stage.between(8, 19), 7200, true);
      case MEDIUM -> jam(stage, difficulty, building.get(), door, stage.between(7, 21), 240, true);
      case HARD -> jam(stage, difficulty, building.get(), door, stage.between(9, 20), 5400, false);
    }
    return true;
  }

  /** The lock says that it is not in, or says nothing any more. */
  private void jam(
      Stage stage,
      Difficulty difficulty,
      String building,
      Instrument door,
      Instant at,
      double seconds,
      boolean reported) {
    Instant end = at.plus(stage.dice().seconds(seconds, 1.4 * seconds));
    stage.act(new Act.Bolt(at, door, end, NEVER, reported));
    stage.passages().leave(at.plusSeconds(5), building, 1);
    stage.label(id(), difficulty, MODEL).in(door.place()).from(at, at.plusSeconds(20), end);
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<String> cast = stage.today(stage.buildings());
    if (cast.isEmpty()) {
      return false;
    }
    String building = cast.get();
    Instrument door = stage.settlement().estate().door(building);
    Instant at = stage.between(8, 19);
    Instant end = at.plus(stage.dice().seconds(1800, 5400));
    if (stage.dice().chance(0.5)) {
      stage.act(
          new Act.Bolt(at, door, end, stage.dice().seconds(2.5, 7), stage.dice().chance(0.5)));
    } else {
      stage.act(new Act.Release(at, door, DoorEvent.Change.SCHEDULED_RELEASE));
      stage.act(new Act.Bolt(at, door, end, NEVER, true));
      stage.act(new Act.Release(end, door, DoorEvent.Change.SCHEDULED_END));
    }
    stage.passages().leave(at.plusSeconds(5), building, 1);
    stage.innocent(id(), MODEL).in(door.place()).from(at, end);
    return true;
  }
}
