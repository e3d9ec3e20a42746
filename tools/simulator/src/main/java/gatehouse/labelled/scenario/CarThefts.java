package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.labelled.people.Household;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.labelled.routine.Outings;
import gatehouse.registry.Vehicle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A resident's car is driven away by somebody who never sat in it, or though its owner declared it
 * parked; a member of the family who seldom drives, and a guest beside the driver, only look like
 * it.
 */
final class CarThefts implements Scenario {

  private static final String MODEL = "driver-mismatch";

  /** How often the camera sees the one at the wheel if the light is bad. */
  private static final double SEEN_AGAINST_LIGHT = 0.6;

  private static final Duration FOR_GOOD = Duration.ofDays(1000);

  @Override
  public String id() {
    return "S09";
  }

  /** Whose car it is shows only when it has been driven for some weeks. */
  @Override
  public int daysBefore() {
    return 35;
  }

  @Override
  public double frequency() {
    return 1;
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<OwnCar> found = OwnCar.cast(stage, CarThefts::drivenToWork);
    if (found.isEmpty()) {
      return false;
    }
    OwnCar own = found.get();
    Instant at =
        switch (difficulty) {
          case EASY -> stage.between(2.5, 4.5);
          case MEDIUM -> stage.between(10, 16);
          case HARD -> stage.at(own.driver().outAt()).plus(stage.dice().seconds(-600, 600));
        };
    List<String> occupants = List.of("face-" + stage.take());
    if (difficulty == Difficulty.EASY && stage.dice().chance(0.3)) {
      declareParked(stage, own);
      occupants = List.of();
    } else if (difficulty == Difficulty.HARD && !stage.dice().chance(SEEN_AGAINST_LIGHT)) {
      occupants = List.of();
    }
    Instant midnight = stage.at(Duration.ZERO);
    stage.agenda().pause(own.car().plate(), midnight, midnight.plus(FOR_GOOD));
    String gate = stage.dice().pick(stage.settlement().estate().vehicleGates());
    OwnCar.pass(stage, at, gate, Direction.OUT, own.car(), occupants);
    stage
        .label(id(), difficulty, MODEL)
        .about(own.car().plate())
        .from(at, at.plus(Duration.ofMinutes(5)));
    return true;
  }

  private static boolean drivenToWork(Household household) {
    return household.members().stream()
        .anyMatch(one -> one.drives() && one.way() == Resident.Way.WORKER);
  }

  private static void declareParked(Stage stage, OwnCar own) {
    stage.register(
        new Vehicle(
            Registration.entry(
                stage.settlement().id(),
                "vehicle-" + own.car().plate() + "-parked",
                stage.at(Duration.ofMinutes(1)),
                null),
            own.car().plate(),
            own.household().members().get(0).id(),
            own.driver().home().unit(),
            own.car().colour(),
            own.car().type(),
            own.car().brand(),
            "resident",
            true));
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<OwnCar> found = OwnCar.cast(stage, CarThefts::drivenToWork);
    if (found.isEmpty()) {
      return false;
    }
    OwnCar own = found.get();
    List<Resident> seldom =
        own.household().members().stream()
            .filter(one -> !one.drives() && one.registered() && stage.free(one.id()))
            .filter(one -> one.way() == Resident.Way.RETIRED)
            .toList();
    Resident driver = seldom.isEmpty() ? own.driver() : seldom.get(0);
    List<String> occupants = new ArrayList<>(List.of(driver.id()));
    if (driver.equals(own.driver())) {
      occupants.add("face-" + stage.take());
    } else {
      stage.cast(driver.id());
    }
    Instant midnight = stage.at(Duration.ZERO);
    own.pause(stage, midnight, midnight.plus(Duration.ofDays(1)));
    stage.agenda().pause(driver.id(), midnight, midnight.plus(Duration.ofDays(1)));
    Instant at = stage.between(9, 17);
    Instant back = at.plus(stage.dice().seconds(1800, 9000));
    String building = driver.home().building();
    String gate = stage.dice().pick(stage.settlement().estate().vehicleGates());
    stage.passages().leave(at.minusSeconds(220), building, occupants.size());
    stage.passages().fetchCar(at.minusSeconds(100), Outings.bearer(driver));
    OwnCar.pass(stage, at, gate, Direction.OUT, own.car(), occupants);
    OwnCar.pass(stage, back, gate, Direction.IN, own.car(), List.of(driver.id()));
    stage.passages().enter(back.plusSeconds(180), building, Outings.bearer(driver), 0);
    stage.innocent(id(), MODEL).about(own.car().plate()).from(at, at.plusSeconds(300));
    return true;
  }
}
