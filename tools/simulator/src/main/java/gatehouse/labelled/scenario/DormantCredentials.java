package gatehouse.labelled.scenario;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.registry.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A spare card turns up after months in a drawer; one that is used every other month and one that
 * is new only look like it. Its last use was before the simulated time, at the garage.
 */
final class DormantCredentials implements Scenario {

  private static final String MODEL = "dormant-credential";

  @Override
  public String id() {
    return "S33-dormant";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    int days =
        switch (difficulty) {
          case EASY -> stage.dice().whole(180, 300);
          case MEDIUM -> stage.dice().whole(105, 150);
          case HARD -> stage.dice().whole(92, 97);
        };
    Instant at = difficulty == Difficulty.HARD ? stage.between(1, 4) : stage.between(9, 20);
    Optional<Resident> owner = stage.resident(Resident::registered);
    if (owner.isEmpty()) {
      return false;
    }
    Resident one = owner.get();
    Instant last = at.minus(Duration.ofDays(days));
    Bearer spare = spare(stage, one, last.minus(Duration.ofDays(100)));
    lastUse(stage, last, spare);
    Instant end = visit(stage, at, one, spare);
    stage
        .label(id(), difficulty, MODEL)
        .about(spare.credential(), one.id())
        .in(one.home().building() + "-door")
        .from(at, end);
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Resident> owner = stage.resident(Resident::registered);
    if (owner.isEmpty()) {
      return false;
    }
    Resident one = owner.get();
    Instant at = stage.between(9, 20);
    Bearer spare;
    if (stage.dice().chance(0.7)) {
      Instant last = at.minus(Duration.ofDays(stage.dice().whole(50, 85)));
      spare = spare(stage, one, last.minus(Duration.ofDays(100)));
      lastUse(stage, last, spare);
    } else {
      spare = spare(stage, one, at.minus(Duration.ofDays(1)));
    }
    Instant end = visit(stage, at, one, spare);
    stage
        .innocent(id(), MODEL)
        .about(spare.credential(), one.id())
        .in(one.home().building() + "-door")
        .from(at, end);
    return true;
  }

  private static Bearer spare(Stage stage, Resident owner, Instant issued) {
    String card = "spare-" + stage.take();
    stage.register(
        new Credential(
            Registration.entry(stage.settlement().id(), "credential-" + card, issued, null),
            card,
            CredentialType.CARD,
            owner.id(),
            owner.home().unit(),
            List.of(),
            Credential.Status.ACTIVE,
            null));
    return Bearer.resident(card, owner.id(), owner.home().unit());
  }

  private static void lastUse(Stage stage, Instant at, Bearer who) {
    stage
        .passages()
        .badge(at, stage.settlement().estate().instrument("garage-door"), Direction.IN, who);
  }

  /** A relative comes with the spare card and leaves with it. */
  private static Instant visit(Stage stage, Instant at, Resident host, Bearer who) {
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    String building = host.home().building();
    stage.passages().gate(at, gate, Direction.IN, who);
    stage.passages().enter(at.plus(stage.dice().seconds(60, 120)), building, who, 0);
    Instant leave = at.plus(stage.dice().seconds(1200, 5400));
    stage.passages().leave(leave, building, 1);
    stage.passages().gate(leave.plusSeconds(80), gate, Direction.OUT, who);
    return leave.plusSeconds(80);
  }
}
