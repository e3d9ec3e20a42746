package gatehouse.labelled.scenario;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.people.Elder;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.labelled.routine.Outings;
import gatehouse.registry.Residency;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An elder leaves alone at night; one who goes with a visitor, or only carries the rubbish down, is
 * not lost.
 */
final class NightWalks implements Scenario {

  private static final String MODEL = "elder-night-exit";

  @Override
  public String id() {
    return "S17-night";
  }

  @Override
  public int days() {
    return 2;
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<Elder> chosen = FallenElders.elder(stage, Elder::nightExit);
    if (chosen.isEmpty()) {
      return false;
    }
    Resident elder = chosen.get().resident();
    Instant out =
        switch (difficulty) {
          case EASY -> stage.between(1, 4);
          case MEDIUM -> stage.between(23, 24);
          case HARD -> stage.between(4.7, 5.25);
        };
    Instant back = out.plus(stage.dice().seconds(1800, 5400));
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    Instant atGate = out.plus(stage.dice().seconds(60, 200));
    keep(stage, elder, out, back);
    stage.passages().leave(out, elder.home().building(), 1);
    stage.passages().gate(atGate, gate, Direction.OUT, Outings.bearer(elder));
    stage.passages().gate(back, gate, Direction.IN, Outings.bearer(elder));
    stage
        .passages()
        .enter(back.plusSeconds(150), elder.home().building(), Outings.bearer(elder), 1);
    stage.label(id(), difficulty, MODEL).about(elder.id()).from(out, atGate, back);
    return true;
  }

  private static void keep(Stage stage, Resident elder, Instant out, Instant back) {
    stage
        .agenda()
        .pause(elder.id(), out.minus(Duration.ofMinutes(20)), back.plus(Duration.ofMinutes(20)));
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Elder> chosen = FallenElders.elder(stage, Elder::nightExit);
    if (chosen.isEmpty()) {
      return false;
    }
    Resident elder = chosen.get().resident();
    Instant out = stage.between(22.6, 23.8);
    String building = elder.home().building();
    Instant back;
    if (stage.dice().chance(0.5)) {
      back = out.plus(stage.dice().seconds(180, 480));
      keep(stage, elder, out, back);
      stage.passages().leave(out, building, 1);
      stage.passages().enter(back, building, Outings.bearer(elder), 0);
    } else {
      back = out.plus(stage.dice().seconds(2400, 5400));
      keep(stage, elder, out, back);
      accompanied(stage, elder, out, back);
    }
    stage.innocent(id(), MODEL).about(elder.id()).from(out, back);
    return true;
  }

  private static Bearer daughter(Stage stage, Resident elder, Instant came) {
    String person = "family-" + stage.take();
    String unit = elder.home().unit();
    stage.register(
        new Residency(
            Registration.entry(
                stage.settlement().id(), "entry-" + person, came.minus(Duration.ofDays(5)), null),
            person,
            unit,
            Residency.Role.FAMILY));
    return Bearer.resident("card-" + person, person, unit);
  }

  /** With a visitor who came earlier: a daughter who has a card, or somebody with a pass. */
  private static void accompanied(Stage stage, Resident elder, Instant out, Instant back) {
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    String pass = "pass-" + stage.take();
    Instant came = out.minus(Duration.ofHours(3));
    stage.register(
        new VisitorPass(
            Registration.entry(
                stage.settlement().id(),
                "entry-" + pass,
                came.minus(Duration.ofHours(1)),
                back.plus(Duration.ofHours(2))),
            pass,
            elder.id(),
            elder.home().unit(),
            List.of(),
            0));
    Bearer visitor =
        stage.dice().chance(0.6)
            ? daughter(stage, elder, came)
            : Bearer.of(pass, CredentialType.QR, "visitor");
    stage.passages().gate(came, gate, Direction.IN, visitor);
    stage.passages().enter(came.plusSeconds(120), elder.home().building(), visitor, 0);
    stage.passages().leave(out, elder.home().building(), 2);
    Instant atGate = out.plusSeconds(120);
    stage.passages().gate(atGate, gate, Direction.OUT, visitor);
    stage
        .passages()
        .gate(atGate.plus(stage.dice().seconds(2, 8)), gate, Direction.OUT, Outings.bearer(elder));
    stage.passages().gate(back, gate, Direction.IN, visitor);
    stage
        .passages()
        .gate(back.plus(stage.dice().seconds(2, 8)), gate, Direction.IN, Outings.bearer(elder));
    stage
        .passages()
        .enter(back.plusSeconds(150), elder.home().building(), Outings.bearer(elder), 1);
    stage.passages().leave(back.plusSeconds(700), elder.home().building(), 1);
    stage.passages().gate(back.plusSeconds(820), gate, Direction.OUT, visitor);
  }
}
