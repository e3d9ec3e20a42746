package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import gatehouse.labelled.act.Act;
import java.time.Duration;
import java.time.Instant;

/** A vehicle stands in the fire lane; taxis in a row and shadows only look like it. */
final class BlockedLanes implements Scenario {

  private static final String MODEL = "fire-lane-blocked";
  private static final Duration STANDS = Duration.ofMinutes(3);
  private static final String LANE = "lane";

  @Override
  public String id() {
    return "S23-lane";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Instant at = difficulty == Difficulty.HARD ? stage.between(19, 22) : stage.between(1, 21);
    if (!stage.cast(LANE + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    Instant until =
        at.plus(
            switch (difficulty) {
              case EASY -> stage.dice().seconds(2400, 5 * 3600);
              case MEDIUM -> stage.dice().seconds(1200, 2400);
              case HARD -> stage.dice().seconds(780, 1020);
            });
    double clear =
        switch (difficulty) {
          case EASY -> 0.93;
          case MEDIUM -> 0.86;
          case HARD -> 0.8;
        };
    stand(stage, at, until, TrackSighting.Kind.VEHICLE, clear);
    stage.label(id(), difficulty, MODEL).in(LANE, "fire-lane").from(at, at.plus(STANDS), until);
    return true;
  }

  /** One taxi after the other, with some minutes in between; or the shadow of a tree. */
  @Override
  public boolean decoy(Stage stage) {
    Instant at = stage.between(7, 20);
    if (!stage.cast(LANE + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    Instant end = at;
    if (stage.dice().chance(0.6)) {
      for (int i = stage.dice().whole(5, 9); i > 0; i--) {
        Instant leaves = end.plus(stage.dice().seconds(40, 140));
        stand(stage, end, leaves, TrackSighting.Kind.VEHICLE, 0.92);
        end = leaves.plusSeconds(10 + Math.round(stage.dice().exponential(300)));
      }
    } else {
      end = at.plus(stage.dice().seconds(1800, 4800));
      stand(stage, at, end, TrackSighting.Kind.OBJECT, 0.45);
    }
    stage.innocent(id(), MODEL).in(LANE, "fire-lane").from(at, end);
    return true;
  }

  private static void stand(
      Stage stage, Instant at, Instant until, TrackSighting.Kind kind, double clear) {
    stage.act(
        new Act.Move(
            at,
            stage.settlement().estate().instrument(LANE + "-cam"),
            stage.take() + at,
            kind,
            until,
            1,
            clear,
            Direction.UNKNOWN,
            ""));
  }
}
