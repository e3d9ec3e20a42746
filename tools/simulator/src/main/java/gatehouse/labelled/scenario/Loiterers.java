package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.event.TrackSighting;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.people.Registration;
import gatehouse.registry.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Somebody stays on the roof, comes back to the fence, or waits in the garage; a technician with a
 * permit, a gardener and a family that loads its car do not loiter.
 */
final class Loiterers implements Scenario {

  private static final String MODEL = "loitering";

  @Override
  public String id() {
    return "S05-loiter";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    String place =
        switch (difficulty) {
          case EASY -> "roof";
          case MEDIUM -> "fence";
          case HARD -> "garage";
        };
    Instant at =
        switch (difficulty) {
          case EASY -> stage.between(0.5, 22);
          case MEDIUM -> stage.between(0.5, 5);
          case HARD -> stage.between(17, 21);
        };
    if (!stage.cast(place + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    Instant known = at.plus(Duration.ofMinutes(5));
    Instant end;
    if (difficulty == Difficulty.MEDIUM) {
      end = at;
      for (int visit = 0; visit < 4; visit++) {
        Instant comes = end.plus(visit == 0 ? Duration.ZERO : stage.dice().seconds(300, 720));
        if (visit == 2) {
          known = comes;
        }
        end = comes.plus(stage.dice().seconds(60, 170));
        dwell(stage, place, comes, end, 0.87);
      }
    } else {
      boolean easy = difficulty == Difficulty.EASY;
      end = at.plus(easy ? stage.dice().seconds(900, 3600) : stage.dice().seconds(480, 960));
      dwell(stage, place, at, end, easy ? 0.92 : 0.8);
    }
    stage.label(id(), difficulty, MODEL).in(place, zone(place)).from(at, known, end);
    return true;
  }

  private static String zone(String place) {
    return place.equals("fence") ? "perimeter" : place;
  }

  @Override
  public boolean decoy(Stage stage) {
    String place = stage.dice().pick(List.of("roof", "fence", "garage"));
    Instant at = stage.between(9, 17);
    if (!stage.cast(place + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    Instant end = at;
    switch (place) {
      case "roof" -> {
        end = at.plus(stage.dice().seconds(900, 3600));
        stage.register(
            new Permit(
                Registration.entry(
                    stage.settlement().id(),
                    "entry-" + stage.take(),
                    at.minus(Duration.ofHours(1)),
                    end.plus(Duration.ofHours(1))),
                "work-" + stage.take(),
                "work",
                List.of(),
                List.of(place)));
        dwell(stage, place, at, end, 0.92);
      }
      case "fence" -> {
        for (int pass = 0; pass < 3; pass++) {
          Instant comes = end.plus(stage.dice().seconds(1500, 2700));
          end = comes.plus(stage.dice().seconds(30, 90));
          dwell(stage, place, comes, end, 0.9);
        }
      }
      default -> {
        end = at.plus(stage.dice().seconds(180, 285));
        dwell(stage, place, at, end, 0.9);
      }
    }
    stage.innocent(id(), MODEL).in(place, zone(place)).from(at, end);
    return true;
  }

  private static void dwell(Stage stage, String place, Instant at, Instant until, double clear) {
    stage.act(
        new Act.Move(
            at,
            stage.settlement().estate().instrument(place + "-cam"),
            stage.take(),
            TrackSighting.Kind.PERSON,
            until,
            1,
            clear,
            Direction.UNKNOWN,
            ""));
  }
}
