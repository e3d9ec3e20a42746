package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;

/**
 * Somebody is shut in a lift that stands, or its door does not close; movers who keep the door open
 * and children who ride up and down only look like it.
 */
final class TrappedInLifts implements Scenario {

  private static final String MODEL = "lift-trapped";
  private static final Duration STANDS = Duration.ofMinutes(2);

  @Override
  public String id() {
    return "S24-trapped";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    String building = stage.dice().pick(stage.buildings());
    Instant at = stage.between(6, 22);
    if (!Lifts.take(stage, building, at, Duration.ofMinutes(75))) {
      return false;
    }
    if (difficulty == Difficulty.MEDIUM && stage.dice().chance(0.3)) {
      jams(stage, building, at);
      return true;
    }
    Instant shut = at.plus(stage.dice().seconds(5, 9));
    Lifts.door(stage, building, at, shut);
    Instant freed =
        shut.plus(
            switch (difficulty) {
              case EASY -> stage.dice().seconds(1200, 3600);
              case MEDIUM -> stage.dice().seconds(480, 1200);
              case HARD -> stage.dice().seconds(240, 420);
            });
    Lifts.door(stage, building, freed, freed.plusSeconds(20));
    Instant out = freed.plus(stage.dice().seconds(3, 9));
    double clear =
        switch (difficulty) {
          case EASY -> 0.92;
          case MEDIUM -> 0.85;
          case HARD -> 0.8;
        };
    seen(stage, building, at.plusSeconds(3), out, clear);
    if (difficulty == Difficulty.MEDIUM) {
      seen(stage, building, at.plusSeconds(4), out.plusSeconds(2), clear);
    }
    stage.label(id(), difficulty, MODEL).in(building + "-lift").from(shut, shut.plus(STANDS), out);
    return true;
  }

  /** The door opens again and again; something is stuck in it. */
  private void jams(Stage stage, String building, Instant start) {
    Instant at = start;
    Instant seventh = start;
    for (int i = 0; i < 12; i++) {
      if (i == 6) {
        seventh = at;
      }
      Instant shut = at.plus(stage.dice().seconds(3, 5));
      Lifts.door(stage, building, at, shut);
      at = shut.plus(stage.dice().seconds(2, 5));
    }
    stage.label(id(), Difficulty.MEDIUM, MODEL).in(building + "-lift").from(start, seventh, at);
  }

  @Override
  public boolean decoy(Stage stage) {
    String building = stage.dice().pick(stage.buildings());
    Instant at = stage.between(8, 20);
    if (!Lifts.take(stage, building, at, Duration.ofMinutes(20))) {
      return false;
    }
    Instant end;
    if (stage.dice().chance(0.5)) {
      Instant shut = at.plus(stage.dice().seconds(240, 600));
      Lifts.door(stage, building, at, shut);
      end = shut.plus(stage.dice().seconds(30, 50));
      Lifts.door(stage, building, end, end.plusSeconds(15));
      seen(stage, building, at.plusSeconds(3), end.plusSeconds(5), 0.9);
    } else {
      end = at;
      for (int i = stage.dice().whole(5, 9); i > 0; i--) {
        Instant shut = end.plus(stage.dice().seconds(5, 9));
        Lifts.door(stage, building, end, shut);
        end = shut.plus(stage.dice().seconds(20, 55));
      }
      Lifts.door(stage, building, end, end.plusSeconds(8));
      seen(stage, building, at.plusSeconds(3), end.plusSeconds(4), 0.9);
    }
    stage.innocent(id(), MODEL).in(building + "-lift").from(at, end);
    return true;
  }

  private static void seen(Stage stage, String building, Instant at, Instant until, double clear) {
    Instrument camera = stage.settlement().estate().instrument(building + "-lift-cam");
    stage.act(
        new Act.Move(
            at,
            camera,
            stage.take() + at,
            TrackSighting.Kind.PERSON,
            until,
            1,
            clear,
            Direction.UNKNOWN,
            ""));
  }
}
