package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;

/** An e-bike rides in a lift; prams, wheelchairs and bicycles may. */
final class BikesInLifts implements Scenario {

  private static final String MODEL = "ebike-in-lift";

  @Override
  public String id() {
    return "S22-ebike";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    String building = stage.dice().pick(stage.buildings());
    Instant at = stage.between(6, 23);
    if (!Lifts.take(stage, building, at, Duration.ofMinutes(2))) {
      return false;
    }
    Instant boards = at.plusSeconds(2);
    Instant end = Lifts.ride(stage, building, at, stage.dice().seconds(25, 45));
    switch (difficulty) {
      case EASY -> seen(stage, building, boards, end, TrackSighting.Kind.E_BIKE, 0.92);
      case MEDIUM -> seen(stage, building, boards, end, TrackSighting.Kind.E_BIKE, 0.86);
      case HARD -> {
        // Against the light of the open door first, then beside another passenger.
        Instant shut = boards.plusSeconds(6);
        seen(stage, building, boards, shut, TrackSighting.Kind.E_BIKE, 0.7);
        seen(stage, building, shut.minusSeconds(4), end, TrackSighting.Kind.PERSON, 0.9);
        seen(stage, building, shut, end, TrackSighting.Kind.E_BIKE, 0.83);
      }
    }
    seen(stage, building, boards, end, TrackSighting.Kind.PERSON, 0.9);
    stage
        .label(id(), difficulty, MODEL)
        .in(building + "-lift")
        .from(boards, boards.plusSeconds(difficulty == Difficulty.HARD ? 8 : 2), end);
    return true;
  }

  /** A pram, a wheelchair or a bicycle rides; or an e-bike is pushed past the open door. */
  @Override
  public boolean decoy(Stage stage) {
    String building = stage.dice().pick(stage.buildings());
    Instant at = stage.between(6, 23);
    if (!Lifts.take(stage, building, at, Duration.ofMinutes(2))) {
      return false;
    }
    Instant boards = at.plusSeconds(2);
    Instant end = Lifts.ride(stage, building, at, stage.dice().seconds(25, 45));
    switch (stage.dice().whole(0, 3)) {
      case 0 -> seen(stage, building, boards, end, TrackSighting.Kind.PRAM, 0.9);
      case 1 -> seen(stage, building, boards, end, TrackSighting.Kind.WHEELCHAIR, 0.9);
      case 2 -> seen(stage, building, boards, end, TrackSighting.Kind.BICYCLE, 0.85);
      default ->
          seen(
              stage,
              building,
              at,
              at.plus(stage.dice().seconds(0.3, 0.5)),
              TrackSighting.Kind.E_BIKE,
              0.82);
    }
    seen(stage, building, boards, end, TrackSighting.Kind.PERSON, 0.9);
    stage.innocent(id(), MODEL).in(building + "-lift").from(boards, end);
    return true;
  }

  private static void seen(
      Stage stage,
      String building,
      Instant at,
      Instant until,
      TrackSighting.Kind kind,
      double clear) {
    Instrument camera = stage.settlement().estate().instrument(building + "-lift-cam");
    stage.act(
        new Act.Move(
            at, camera, stage.take() + kind + at, kind, until, 1, clear, Direction.UNKNOWN, ""));
  }
}
