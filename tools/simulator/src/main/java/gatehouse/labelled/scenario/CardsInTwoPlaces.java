package gatehouse.labelled.scenario;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.people.Resident;
import gatehouse.labelled.routine.Outings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A copy of a resident's card, or a face like theirs, is used elsewhere before they can be there;
 * residents who really go there only look like it. Gates of all communities know the city's
 * residents.
 */
final class CardsInTwoPlaces implements Scenario {

  private static final String MODEL = "impossible-travel";

  /** Roads are longer than the line of sight by this. */
  private static final double DETOUR = 1.3;

  /** Nobody gets through the city faster, in metres a second (100 km/h). */
  private static final double FASTEST = 27.8;

  /** A taxi through the city, in metres a second (45 km/h). */
  private static final double BRISK = 12.5;

  @Override
  public String id() {
    return "S03-travel";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<Stage.Elsewhere> there = stage.elsewhere(10_000);
    Optional<Resident> victim =
        there.isEmpty() ? Optional.empty() : stage.resident(Resident::registered);
    if (victim.isEmpty()) {
      return false;
    }
    Resident one = victim.get();
    Instant out = stage.between(9, 17);
    double least = stage.metresTo(there.get()) * DETOUR / FASTEST;
    Instant copy;
    if (difficulty == Difficulty.HARD) {
      // At the far end of the grounds, sooner than anybody rides there; some clocks err by more.
      copy = out.plus(stage.dice().seconds(2, 20));
      walkOut(stage, one, "walk-1", out);
      stage.passages().gate(copy, "walk-2", Direction.IN, Outings.bearer(one));
    } else {
      boolean easy = difficulty == Difficulty.EASY;
      copy =
          out.plus(stage.dice().seconds((easy ? 0.05 : 0.3) * least, (easy ? 0.3 : 0.6) * least));
      walkOut(stage, one, stage.dice().pick(stage.settlement().estate().footGates()), out);
      appear(there.get(), one, copy, !easy && stage.dice().chance(0.5));
    }
    walkIn(stage, one, out.plus(stage.dice().seconds(3 * 3600, 5 * 3600)));
    stage
        .label(id(), difficulty, MODEL)
        .tolerating("anti-passback")
        .about(one.card(), one.id())
        .from(out, copy, copy.plusSeconds(600));
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Stage.Elsewhere> there = stage.elsewhere(0);
    Optional<Resident> guest =
        there.isEmpty() ? Optional.empty() : stage.resident(Resident::registered);
    if (guest.isEmpty()) {
      return false;
    }
    Resident one = guest.get();
    Instant out = stage.between(9, 15);
    Duration ride =
        Duration.ofSeconds(120 + Math.round(stage.metresTo(there.get()) * DETOUR / BRISK));
    Instant arrives = out.plus(ride);
    Instant leaves = arrives.plus(stage.dice().seconds(1800, 7200));
    Instant back = leaves.plus(ride);
    walkOut(stage, one, stage.dice().pick(stage.settlement().estate().footGates()), out);
    appear(there.get(), one, arrives, true);
    there.get().passages().gate(leaves, "walk-1", Direction.OUT, known(one));
    walkIn(stage, one, back);
    stage.innocent(id(), MODEL).about(one.card(), one.id()).from(out, back);
    return true;
  }

  /** Shows the card, or only the face, at a gate elsewhere. */
  private static void appear(Stage.Elsewhere there, Resident one, Instant at, boolean face) {
    if (face) {
      there
          .agenda()
          .add(
              new Act.Show(
                  at,
                  there.settlement().estate().instrument("walk-1-face"),
                  one.id(),
                  one.id(),
                  Direction.IN));
    } else {
      there.passages().gate(at, "walk-1", Direction.IN, known(one));
    }
  }

  /** Where they do not live, a terminal knows the person, but no unit of theirs. */
  private static Bearer known(Resident one) {
    return new Bearer(one.card(), CredentialType.CARD, "resident", one.id(), null);
  }

  private static void walkOut(Stage stage, Resident one, String gate, Instant at) {
    Instant midnight = stage.at(Duration.ZERO);
    stage.agenda().pause(one.id(), midnight, midnight.plus(Duration.ofDays(1)));
    stage.passages().leave(at.minus(stage.dice().seconds(60, 130)), one.home().building(), 1);
    stage.passages().gate(at, gate, Direction.OUT, Outings.bearer(one));
  }

  private static void walkIn(Stage stage, Resident one, Instant at) {
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    stage.passages().gate(at, gate, Direction.IN, Outings.bearer(one));
    stage
        .passages()
        .enter(
            at.plus(stage.dice().seconds(60, 130)), one.home().building(), Outings.bearer(one), 0);
  }
}
