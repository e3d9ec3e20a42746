package gatehouse.labelled.scenario;

import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.observe.Faults.Fault;
import gatehouse.labelled.observe.Faults.Kind;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.registry.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Somebody is made to open and enters the code that says so; a mistyped code is not one. */
final class DuressCodes implements Scenario {

  private static final String MODEL = "duress";

  @Override
  public String id() {
    return "S30-duress";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<Resident> resident = stage.resident(Resident::registered);
    if (resident.isEmpty()) {
      return false;
    }
    Resident one = resident.get();
    Instrument door = stage.settlement().estate().door(one.home().building());
    Instant at = comesHome(stage, one);
    boolean opens = difficulty != Difficulty.MEDIUM;
    if (difficulty == Difficulty.HARD) {
      // The terminal keeps what it saw until its connection is back.
      stage
          .faults()
          .add(
              door.name(),
              new Fault(Kind.DISCONNECTED, at.minusSeconds(400), at.plusSeconds(900), 1));
    }
    code(stage, at, door, one, opens ? Outcome.GRANTED : Outcome.DENIED, DenialReason.NONE, true);
    if (opens) {
      in(stage, at, one, 2);
    }
    stage
        .label(id(), difficulty, MODEL)
        .about(one.id(), pin(one))
        .in(door.place())
        .from(at, at.plusSeconds(10));
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Resident> resident = stage.resident(Resident::registered);
    if (resident.isEmpty()) {
      return false;
    }
    Resident one = resident.get();
    Instrument door = stage.settlement().estate().door(one.home().building());
    Instant start = comesHome(stage, one);
    Instant at = start;
    for (int i = stage.dice().whole(1, 2); i > 0; i--) {
      code(stage, at, door, one, Outcome.DENIED, DenialReason.WRONG_PIN, false);
      at = at.plus(stage.dice().seconds(4, 9));
    }
    code(stage, at, door, one, Outcome.GRANTED, DenialReason.NONE, false);
    in(stage, at, one, 1);
    stage.innocent(id(), MODEL).about(one.id(), pin(one)).in(door.place()).from(start, at);
    return true;
  }

  /** Out in the morning, back at some time; gives when they stand at the door. */
  private static Instant comesHome(Stage stage, Resident who) {
    stage.agenda().pause(who.id(), stage.at(Duration.ZERO), stage.at(Duration.ofDays(2)));
    stage.register(
        new Credential(
            Registration.entry(
                stage.settlement().id(),
                "credential-" + pin(who),
                stage.at(Duration.ofDays(-200)),
                null),
            pin(who),
            CredentialType.PIN,
            who.id(),
            who.home().unit(),
            List.of(),
            Credential.Status.ACTIVE,
            null));
    Bearer card = Bearer.resident(who.card(), who.id(), who.home().unit());
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    Instant out = stage.between(8, 10);
    Instant back = stage.between(12, 22.5);
    stage.passages().leave(out, who.home().building(), 1);
    stage.passages().gate(out.plusSeconds(90), gate, Direction.OUT, card);
    stage.passages().gate(back, gate, Direction.IN, card);
    return back.plus(stage.dice().seconds(60, 120));
  }

  private static String pin(Resident who) {
    return "pin-" + who.id();
  }

  private static void code(
      Stage stage,
      Instant at,
      Instrument door,
      Resident who,
      Outcome outcome,
      DenialReason reason,
      boolean duress) {
    stage.act(
        new Act.Badge(
            at,
            door,
            pin(who),
            CredentialType.PIN,
            "resident",
            who.id(),
            who.home().unit(),
            Direction.IN,
            outcome,
            outcome == Outcome.DENIED && reason == DenialReason.NONE ? DenialReason.OTHER : reason,
            duress,
            null));
  }

  private static void in(Stage stage, Instant at, Resident who, int persons) {
    String building = who.home().building();
    stage
        .passages()
        .walkThrough(
            at.plusSeconds(2),
            stage.settlement().estate().door(building),
            stage.settlement().estate().instrument(building + "-count"),
            Direction.IN,
            persons);
  }
}
