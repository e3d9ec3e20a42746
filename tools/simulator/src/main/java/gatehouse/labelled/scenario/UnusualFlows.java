package gatehouse.labelled.scenario;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Many more people than usual pass a gate for hours, or it is half blocked; a party of a few guests
 * is nothing.
 */
final class UnusualFlows implements Scenario {

  private static final String MODEL = "flow-anomaly";

  /** Passages one way, a resident and hour of the day, over both pedestrian gates. */
  private static final double USUAL = 0.11;

  @Override
  public String id() {
    return "S20-flow";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    Instant at = stage.between(9, 14);
    if (!stage.cast("flow-" + gate + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    boolean blocked = difficulty == Difficulty.HARD && stage.dice().chance(0.5);
    double hours =
        switch (difficulty) {
          case EASY -> 2;
          case MEDIUM -> 3;
          case HARD -> 6;
        };
    double more =
        switch (difficulty) {
          case EASY -> 2;
          case MEDIUM -> 0.6;
          case HARD -> 0.35;
        };
    Instant end = at.plus(Duration.ofMinutes(Math.round(hours * 60)));
    Instant found = at.plus(Duration.ofMinutes(30));
    Stage.Billing label =
        stage.label(id(), difficulty, MODEL).in(gate, gate + "-in", gate + "-out");
    if (blocked) {
      stage.agenda().pause(gate, at, end);
    } else {
      double usual = USUAL * stage.settlement().population().residents().size() / 2;
      Resident host = stage.dice().pick(stage.settlement().population().residents());
      Instant gone = guests(stage, host, gate, at, end, stage.dice().poisson(more * usual * hours));
      // They pass the host's door as well, and all of them leave again.
      String door = host.home().building() + "-door";
      label.in(door);
      stage
          .label(id() + "-leaving", difficulty)
          .tolerating(MODEL)
          .in(gate, door)
          .from(at, found, gone);
    }
    label.from(at, found, end.plus(Duration.ofMinutes(30)));
    return true;
  }

  /** Guests of one household, one after the other; gives when the last has left. */
  private static Instant guests(
      Stage stage, Resident host, String gate, Instant from, Instant to, int many) {
    Instant last = to;
    for (int i = 0; i < many; i++) {
      Instant comes = from.plus(stage.dice().duration(Duration.ZERO, Duration.between(from, to)));
      Instant goes = comes.plus(stage.dice().seconds(3600, 4 * 3600));
      last = goes.isAfter(last) ? goes : last;
      String pass = "pass-" + stage.take() + '-' + i;
      stage.register(
          new VisitorPass(
              Registration.entry(
                  stage.settlement().id(),
                  "entry-" + pass,
                  from.minus(Duration.ofHours(20)),
                  goes.plus(Duration.ofHours(2))),
              pass,
              host.id(),
              host.home().unit(),
              List.of(),
              0));
      Bearer guest = Bearer.of(pass, CredentialType.QR, "visitor");
      stage.passages().gate(comes, gate, Direction.IN, guest);
      stage.passages().enter(comes.plusSeconds(130), host.home().building(), guest, 0);
      stage.passages().leave(goes, host.home().building(), 1);
      stage.passages().gate(goes.plusSeconds(130), gate, Direction.OUT, guest);
    }
    return last.plusSeconds(130);
  }

  @Override
  public boolean decoy(Stage stage) {
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    Instant at = stage.between(9, 19);
    if (!stage.cast("flow-" + gate + '@' + at.getEpochSecond() / 86400)) {
      return false;
    }
    Instant end = at.plus(Duration.ofMinutes(40));
    Resident host = stage.dice().pick(stage.settlement().population().residents());
    guests(stage, host, gate, at, end, stage.dice().whole(2, 4));
    stage.innocent(id(), MODEL).in(gate, gate + "-in", gate + "-out").from(at, end);
    return true;
  }
}
