package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import gatehouse.labelled.act.Act;
import java.time.Duration;
import java.time.Instant;

/**
 * More people than the club room is certified for, for a while; a full room, and two groups at the
 * door at once, are not.
 */
final class CrowdedRooms implements Scenario {

  private static final String MODEL = "crowding";
  private static final String ROOM = "club";
  private static final int CERTIFIED = 40;
  private static final Duration COUNT_EVERY = Duration.ofMinutes(2);
  private static final Duration FILLS = Duration.ofMinutes(20);

  @Override
  public String id() {
    return "S14-crowd";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Instant at = stage.between(9, 19);
    if (!stage.cast(ROOM + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    int people =
        CERTIFIED
            + switch (difficulty) {
              case EASY -> stage.dice().whole(15, 40);
              case MEDIUM -> stage.dice().whole(6, 12);
              case HARD -> stage.dice().whole(2, 4);
            };
    Duration length =
        switch (difficulty) {
          case EASY -> stage.dice().seconds(2400, 5400);
          case MEDIUM -> stage.dice().seconds(1200, 2400);
          case HARD -> stage.dice().seconds(600, 900);
        };
    Instant full = at.plus(FILLS);
    Instant end = full.plus(length);
    gather(stage, at, full, end, people);
    stage.label(id(), difficulty, MODEL).in(ROOM).from(full, full.plusSeconds(60), end);
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    Instant at = stage.between(9, 19);
    if (!stage.cast(ROOM + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    Instant full = at.plus(FILLS);
    Instant end = full.plus(stage.dice().seconds(1800, 4500));
    if (stage.dice().chance(0.5)) {
      gather(stage, at, full, end, stage.dice().whole(36, 39));
    } else {
      gather(stage, at, full, end, stage.dice().whole(24, 32));
      // One group goes as the other comes; the camera tells of every large change.
      Instant both = full.plusSeconds(610);
      count(stage, both, CERTIFIED + stage.dice().whole(4, 12));
      count(stage, both.plus(stage.dice().seconds(20, 45)), stage.dice().whole(24, 32));
    }
    stage.innocent(id(), MODEL).in(ROOM).from(full, end);
    return true;
  }

  /** The room fills, is full, and empties. */
  private static void gather(Stage stage, Instant at, Instant full, Instant end, int people) {
    Instant empty = end.plus(FILLS);
    stage.agenda().pause(ROOM, at, empty);
    for (Instant now = at; now.isBefore(empty); now = now.plus(COUNT_EVERY)) {
      double share = 1;
      if (now.isBefore(full)) {
        share = (double) Duration.between(at, now).toSeconds() / FILLS.toSeconds() * 0.95;
      } else if (!now.isBefore(end)) {
        share = (double) Duration.between(now, empty).toSeconds() / FILLS.toSeconds() * 0.9;
      }
      int present = (int) Math.floor(share * people);
      if (present > 0) {
        count(stage, now, present);
      }
    }
  }

  private static void count(Stage stage, Instant at, int people) {
    stage.act(
        new Act.Move(
            at,
            stage.settlement().estate().instrument(ROOM + "-cam"),
            stage.take(),
            TrackSighting.Kind.PERSON,
            null,
            people,
            0.9,
            Direction.UNKNOWN,
            ""));
  }
}
