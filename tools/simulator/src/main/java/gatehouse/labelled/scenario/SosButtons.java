package gatehouse.labelled.scenario;

import gatehouse.event.PoleAlarm;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import java.time.Instant;

/** Somebody presses the button for help of a lamp post; a post that reports "over" did not. */
final class SosButtons implements Scenario {

  private static final String MODEL = "sos";

  @Override
  public String id() {
    return "S30-sos";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Instrument pole = Poles.any(stage);
    Instant at = stage.between(difficulty == Difficulty.HARD ? 1 : 7, 22);
    if (!stage.cast(pole.id() + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    Instant over =
        at.plus(
            switch (difficulty) {
              case EASY -> stage.dice().seconds(180, 900);
              case MEDIUM -> stage.dice().seconds(20, 60);
              case HARD -> stage.dice().seconds(0.4, 1.2);
            });
    stage.act(new Act.Press(at, pole, PoleAlarm.Kind.SOS, true));
    stage.act(new Act.Press(over, pole, PoleAlarm.Kind.SOS, false));
    if (difficulty == Difficulty.MEDIUM) {
      Instant again = over.plus(stage.dice().seconds(5, 20));
      stage.act(new Act.Press(again, pole, PoleAlarm.Kind.SOS, true));
      over = again.plus(stage.dice().seconds(60, 300));
      stage.act(new Act.Press(over, pole, PoleAlarm.Kind.SOS, false));
    }
    stage.label(id(), difficulty, MODEL).in(pole.place(), pole.id()).from(at, over);
    return true;
  }

  /** After a restart the post says that its button is not pressed. */
  @Override
  public boolean decoy(Stage stage) {
    Instrument pole = Poles.any(stage);
    Instant at = stage.between(0, 23);
    stage.act(new Act.Press(at, pole, PoleAlarm.Kind.SOS, false));
    stage.innocent(id(), MODEL).in(pole.place(), pole.id()).from(at, at);
    return true;
  }
}
