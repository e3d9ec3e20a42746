package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.observe.Faults.Fault;
import gatehouse.labelled.observe.Faults.Kind;
import gatehouse.labelled.people.Car;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A second vehicle under a resident's plate visits another community while the resident's own is
 * about; a family that goes there and back only looks like it.
 */
final class ClonedPlates implements Scenario {

  private static final String MODEL = "cloned-plate";

  /** Roads are longer than the line of sight by this. */
  private static final double DETOUR = 1.3;

  /** Nobody gets through the city faster, in metres a second (100 km/h). */
  private static final double FASTEST = 27.8;

  /** A quick drive through the city, in metres a second (45 km/h). */
  private static final double BRISK = 12.5;

  private static final double SKEW_SECONDS = 30;

  private static final Duration MARGIN = Duration.ofMinutes(5);

  private static final Map<String, String> OTHER_COLOUR =
      Map.of(
          "white", "black",
          "silver", "red",
          "grey", "red",
          "black", "white",
          "blue", "white",
          "red", "white");

  @Override
  public String id() {
    return "S07";
  }

  @Override
  public int days() {
    return 5;
  }

  @Override
  public double frequency() {
    return 0.6;
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<Stage.Elsewhere> there = stage.elsewhere(difficulty == Difficulty.EASY ? 20e3 : 12e3);
    Optional<OwnCar> victim =
        there.isEmpty() ? Optional.empty() : OwnCar.cast(stage, household -> true);
    if (victim.isEmpty()) {
      return false;
    }
    Car own = victim.get().car();
    Car clone = difficulty == Difficulty.EASY ? repainted(own) : own;
    List<Integer> days =
        switch (difficulty) {
          case EASY -> List.of(0, 1, 2);
          case MEDIUM -> List.of(0, 2, 3);
          case HARD -> List.of(0, 4);
        };
    List<Instant> visits = new ArrayList<>();
    Instant end = stage.at(Duration.ZERO);
    for (int day : days) {
      Instant at = stage.between(24 * day + 9, 24 * day + 17);
      Instant visit = at.plus(apart(stage, there.get(), difficulty));
      outAndBack(stage, victim.get(), day, at);
      end = visit.plus(stage.dice().duration(Duration.ofMinutes(20), Duration.ofMinutes(70)));
      call(stage, there.get(), clone, List.of("face-" + stage.take()), visit, end);
      visits.add(visit);
    }
    Stage.Billing label =
        stage.label(id(), difficulty, MODEL).tolerating("plate-mismatch").about(own.plate());
    if (difficulty == Difficulty.HARD) {
      label.tolerating("device-health").in(skewed(stage, end));
    }
    label.from(visits.get(0), end);
    return true;
  }

  /** One of the owner's gates has a clock that is off meanwhile. */
  private static String skewed(Stage stage, Instant end) {
    String device = stage.dice().pick(stage.settlement().estate().vehicleGates()) + "-out";
    stage
        .faults()
        .add(
            stage.settlement().estate().instrument(device).name(),
            new Fault(
                Kind.CLOCK_OFF,
                stage.at(Duration.ZERO),
                end,
                stage.dice().chance(0.5) ? SKEW_SECONDS : -SKEW_SECONDS));
    return device;
  }

  /** The owner is out for some hours, close by. */
  private static void outAndBack(Stage stage, OwnCar owner, int day, Instant out) {
    Instant midnight = stage.at(Duration.ofDays(day));
    owner.pause(stage, midnight, midnight.plus(Duration.ofDays(1)));
    String gate = stage.dice().pick(stage.settlement().estate().vehicleGates());
    owner.leave(stage, out, gate, owner.car());
    owner.comeBack(stage, out.plus(stage.dice().seconds(7200, 12600)), gate, owner.car());
  }

  /** How long after the owner the other one passes; nobody can drive there in that time. */
  private static Duration apart(Stage stage, Stage.Elsewhere there, Difficulty difficulty) {
    double least = stage.metresTo(there) * DETOUR / FASTEST;
    return switch (difficulty) {
      case EASY -> stage.dice().seconds(0.05 * least, 0.3 * least);
      case MEDIUM -> stage.dice().seconds(0.3 * least, 0.6 * least);
      case HARD ->
          stage.dice().seconds(least - 1.2 * MARGIN.toSeconds(), least - MARGIN.toSeconds());
    };
  }

  private static void call(
      Stage stage,
      Stage.Elsewhere there,
      Car car,
      List<String> occupants,
      Instant in,
      Instant out) {
    String gate = stage.dice().pick(there.settlement().estate().vehicleGates());
    there
        .agenda()
        .add(
            new Act.Drive(
                in,
                there.settlement().estate().instrument(gate + "-in"),
                car,
                Direction.IN,
                occupants));
    there
        .agenda()
        .add(
            new Act.Drive(
                out,
                there.settlement().estate().instrument(gate + "-out"),
                car,
                Direction.OUT,
                occupants));
  }

  private static Car repainted(Car car) {
    return new Car(
        car.plate(),
        car.plateColour(),
        OTHER_COLOUR.getOrDefault(car.colour(), "red"),
        car.type(),
        car.brand(),
        1);
  }

  /** The owner really drives there, quickly, and comes back. */
  @Override
  public boolean decoy(Stage stage) {
    Optional<Stage.Elsewhere> there = stage.elsewhere(0);
    Optional<OwnCar> family =
        there.isEmpty() ? Optional.empty() : OwnCar.cast(stage, household -> true);
    if (family.isEmpty()) {
      return false;
    }
    OwnCar own = family.get();
    Instant out = stage.between(9, 15);
    Duration drive =
        Duration.ofSeconds(60 + Math.round(stage.metresTo(there.get()) * DETOUR / BRISK));
    Instant arrives = out.plus(drive);
    Instant leaves = arrives.plus(stage.dice().seconds(1800, 7200));
    Instant back = leaves.plus(drive);
    own.pause(stage, stage.at(Duration.ZERO), stage.at(Duration.ofDays(1)));
    String gate = stage.dice().pick(stage.settlement().estate().vehicleGates());
    own.leave(stage, out, gate, own.car());
    call(stage, there.get(), own.car(), List.of(own.driver().id()), arrives, leaves);
    own.comeBack(stage, back, gate, own.car());
    stage.innocent(id(), MODEL).about(own.car().plate()).from(out, back);
    return true;
  }
}
