package gatehouse.labelled.scenario;

import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Outcome;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.estate.Estate;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.people.Resident;
import gatehouse.labelled.people.Worker;
import gatehouse.labelled.routine.Outings;
import gatehouse.registry.Entry;
import gatehouse.registry.ListMembership;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of the plant room lets in somebody who has no right to be there: its own list is out
 * of date. One who is turned away, and one who was put on the list today, only look like it.
 */
final class RestrictedEntries implements Scenario {

  private static final String MODEL = "restricted-entry";
  private static final String DOOR = "plant-door";

  @Override
  public String id() {
    return "S15";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    if (difficulty == Difficulty.EASY) {
      return resident(stage);
    }
    boolean hard = difficulty == Difficulty.HARD;
    Optional<Worker> found =
        stage.worker(one -> !one.night() && (hard ? plant(one) : onTheGrounds(one)));
    if (found.isEmpty()) {
      return false;
    }
    Worker worker = found.get();
    Bearer who = WorkDay.card(worker);
    Instant in = stage.between(9, 15);
    Instant out = in.plus(stage.dice().seconds(240, 1500));
    WorkDay.of(stage, worker, 0, stage.between(7.8, 8.1), stage.between(17.1, 17.3));
    stay(stage, who, in, out);
    if (hard) {
      // Taken off the list this very morning and put back tomorrow; the rounds go on as before.
      list(stage, who, "ended", Estate.BUILT, stage.at(Duration.ofHours(6)));
      list(stage, who, "again", stage.at(Duration.ofHours(24)), null);
    }
    label(stage, difficulty, who, in, out);
    return true;
  }

  private boolean resident(Stage stage) {
    Optional<Resident> found = stage.resident(Resident::registered);
    if (found.isEmpty()) {
      return false;
    }
    Resident one = found.get();
    Bearer who = Outings.bearer(one);
    Instant in = stage.between(9, 20);
    Instant out = in.plus(stage.dice().seconds(240, 1500));
    stage.agenda().pause(one.id(), stage.at(Duration.ZERO), stage.at(Duration.ofDays(1)));
    stage.passages().leave(in.minus(stage.dice().seconds(60, 120)), one.home().building(), 1);
    stay(stage, who, in, out);
    stage.passages().enter(out.plus(stage.dice().seconds(60, 120)), one.home().building(), who, 0);
    label(stage, Difficulty.EASY, who, in, out);
    return true;
  }

  private void label(Stage stage, Difficulty difficulty, Bearer who, Instant in, Instant out) {
    stage.label(id(), difficulty, MODEL).about(who.credential()).from(in, out);
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Worker> found = stage.worker(one -> !one.night() && onTheGrounds(one));
    if (found.isEmpty()) {
      return false;
    }
    Bearer who = WorkDay.card(found.get());
    Instant in = stage.between(9, 15);
    Instant out = in.plus(stage.dice().seconds(240, 1500));
    WorkDay.of(stage, found.get(), 0, stage.between(7.8, 8.1), stage.between(17.1, 17.3));
    if (stage.dice().chance(0.5)) {
      Instrument door = stage.settlement().estate().instrument(DOOR);
      stage.passages().badge(in, door, Direction.IN, who, Outcome.DENIED, DenialReason.WRONG_PLACE);
    } else {
      list(stage, who, "today", stage.at(Duration.ofHours(7)), stage.at(Duration.ofHours(24)));
      stay(stage, who, in, out);
    }
    stage.innocent(id(), MODEL).about(who.credential()).from(in, out);
    return true;
  }

  private static boolean plant(Worker worker) {
    return worker.duty() == Worker.Duty.PLANT;
  }

  private static boolean onTheGrounds(Worker worker) {
    return worker.duty() == Worker.Duty.CLEANING || worker.duty() == Worker.Duty.GUARD;
  }

  private static void list(
      Stage stage, Bearer who, String version, Instant from, @Nullable Instant to) {
    Instant known = to != null && from.equals(Estate.BUILT) ? to : from;
    String id = "list-" + who.credential() + '-' + version + '-' + stage.take();
    stage.register(
        new ListMembership(
            new Entry(id, stage.settlement().id(), known, from, to),
            Estate.PLANT_STAFF,
            who.credential()));
  }

  private static void stay(Stage stage, Bearer who, Instant in, Instant out) {
    Instrument door = stage.settlement().estate().instrument(DOOR);
    Instrument counter = stage.settlement().estate().instrument("plant-count");
    stage.passages().badge(in, door, Direction.IN, who);
    stage.passages().walkThrough(in.plusSeconds(2), door, counter, Direction.IN, 1);
    stage.passages().badge(out, door, Direction.OUT, who);
    stage.passages().walkThrough(out.plusSeconds(2), door, counter, Direction.OUT, 1);
  }
}
