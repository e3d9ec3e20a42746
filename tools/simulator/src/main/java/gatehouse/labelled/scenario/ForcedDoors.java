package gatehouse.labelled.scenario;

import gatehouse.event.DoorEvent;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A door opens that nobody released; a slow exit button only looks like it. */
final class ForcedDoors implements Scenario {

  private static final String MODEL = "door-forced";

  @Override
  public String id() {
    return "S04-forced";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<String> building = stage.today(stage.buildings());
    if (building.isEmpty()) {
      return false;
    }
    Instrument door = stage.settlement().estate().door(building.get());
    Instant at =
        switch (difficulty) {
          case EASY -> stage.between(1.5, 4);
          case MEDIUM -> stage.between(10, 16);
          case HARD -> stage.between(18, 20);
        };
    stage.act(new Act.Breach(at, door, stage.dice().seconds(4, 12)));
    stage
        .label(id(), difficulty, MODEL)
        .in(door.place())
        .from(at, at.plusSeconds(3), at.plusSeconds(20));
    return true;
  }

  /** The exit button's report comes after the contact's. */
  @Override
  public boolean decoy(Stage stage) {
    Instrument door = stage.settlement().estate().door(stage.dice().pick(stage.buildings()));
    Instant at = stage.between(6, 22);
    stage.act(
        new Act.Release(
            at.plus(stage.dice().seconds(0.3, 2)), door, DoorEvent.Change.REQUEST_TO_EXIT));
    stage.passages().open(at, door, Duration.ofSeconds(6));
    stage.innocent(id(), MODEL).in(door.place()).from(at, at.plusSeconds(10));
    return true;
  }
}
