package gatehouse.labelled.scenario;

import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import java.time.Duration;
import java.time.Instant;

/** Rides of lifts in scenes. */
final class Lifts {

  private Lifts() {}

  /** Keeps a building's lift from others for so long; false if another scene has it that day. */
  static boolean take(Stage stage, String building, Instant at, Duration length) {
    String lift = building + "-lift";
    if (!stage.cast(lift + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    stage.agenda().pause(lift, at.minus(Duration.ofMinutes(2)), at.plus(length));
    return true;
  }

  /** The door opens and closes, the lift travels for so long, the door opens again. */
  static Instant ride(Stage stage, String building, Instant at, Duration travels) {
    Instant shut = at.plus(stage.dice().seconds(7, 9));
    door(stage, building, at, shut);
    Instant arrives = shut.plus(travels);
    door(stage, building, arrives, arrives.plus(stage.dice().seconds(5, 10)));
    return arrives.plusSeconds(3);
  }

  /** The door is open. */
  static void door(Stage stage, String building, Instant at, Instant until) {
    Instrument car = stage.settlement().estate().instrument(building + "-lift");
    stage.act(new Act.Opening(at, car, until));
  }
}
