package gatehouse.labelled.scenario;

import gatehouse.event.DeviceStatus;
import gatehouse.event.PoleAlarm;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.people.Registration;
import gatehouse.registry.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A lamp post is hit, leaks current in the rain, or somebody opens its door; an electrician at work
 * and a flicker of the mains only look like it.
 */
final class PoleFaults implements Scenario {

  private static final String MODEL = "pole-fault";

  @Override
  public String id() {
    return "S31-pole";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Instrument pole = Poles.any(stage);
    Instant at = difficulty == Difficulty.HARD ? stage.between(1, 4.5) : stage.between(5, 20);
    if (!stage.cast(pole.id() + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    Instant end =
        switch (difficulty) {
          case EASY -> alarm(stage, pole, PoleAlarm.Kind.TILT, at, Duration.ofHours(3));
          case MEDIUM -> rain(stage, pole, at);
          case HARD ->
              alarm(stage, pole, PoleAlarm.Kind.DOOR_OPEN, at, stage.dice().seconds(60, 240));
        };
    stage.label(id(), difficulty, MODEL).in(pole.place(), pole.id()).from(at, end);
    return true;
  }

  /** Leaks while it rains hard, and not in between. */
  private static Instant rain(Stage stage, Instrument pole, Instant from) {
    Instant at = from;
    for (int i = stage.dice().whole(2, 4); i > 0; i--) {
      at = alarm(stage, pole, PoleAlarm.Kind.LEAKAGE_CURRENT, at, stage.dice().seconds(90, 600));
      at = at.plus(stage.dice().seconds(60, 300));
    }
    return at;
  }

  private static Instant alarm(
      Stage stage, Instrument pole, PoleAlarm.Kind kind, Instant at, Duration length) {
    stage.act(new Act.Press(at, pole, kind, true));
    stage.act(new Act.Press(at.plus(length), pole, kind, false));
    return at.plus(length);
  }

  @Override
  public boolean decoy(Stage stage) {
    Instrument pole = Poles.any(stage);
    Instant at = stage.between(8, 17);
    if (!stage.cast(pole.id() + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    Instant end;
    if (stage.dice().chance(0.5)) {
      end = alarm(stage, pole, PoleAlarm.Kind.POWER_LOST, at, stage.dice().seconds(0.5, 3));
    } else {
      stage.register(
          new Permit(
              Registration.entry(
                  stage.settlement().id(),
                  "entry-" + stage.take(),
                  at.minus(Duration.ofHours(3)),
                  at.plus(Duration.ofHours(3))),
              "work-" + stage.take(),
              "maintenance",
              List.of(),
              List.of(pole.place())));
      stage.act(new Act.Report(at, pole, DeviceStatus.State.MAINTENANCE, List.of(), null));
      end =
          alarm(
              stage,
              pole,
              PoleAlarm.Kind.DOOR_OPEN,
              at.plusSeconds(90),
              stage.dice().seconds(600, 2400));
      stage.act(
          new Act.Report(end.plusSeconds(60), pole, DeviceStatus.State.ONLINE, List.of(), null));
    }
    stage.innocent(id(), MODEL).in(pole.place(), pole.id()).from(at, end);
    return true;
  }
}
