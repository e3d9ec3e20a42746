package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.labelled.people.Car;
import gatehouse.labelled.people.Registration;
import gatehouse.registry.Vehicle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plate on a vehicle that it was not given to, or a vehicle without any; a car that was repainted
 * and registered anew only looks like it.
 */
final class FalsePlates implements Scenario {

  private static final String MODEL = "plate-mismatch";
  private static final int DAYS = 6;
  private static final Duration FOR_GOOD = Duration.ofDays(1000);

  private static final Map<String, String> NEXT_COLOUR =
      Map.of(
          "white", "silver",
          "silver", "grey",
          "grey", "silver",
          "black", "grey",
          "blue", "black",
          "red", "brown");

  private static final Map<String, String> FAR_COLOUR =
      Map.of(
          "white", "red",
          "silver", "red",
          "grey", "red",
          "black", "white",
          "blue", "white",
          "red", "white");

  @Override
  public String id() {
    return "S08";
  }

  @Override
  public int days() {
    return DAYS;
  }

  @Override
  public double frequency() {
    return 0.6;
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    if (difficulty == Difficulty.EASY && stage.dice().chance(0.4)) {
      withoutPlate(stage);
      return true;
    }
    Optional<OwnCar> found = OwnCar.cast(stage, household -> true);
    if (found.isEmpty()) {
      return false;
    }
    OwnCar own = found.get();
    Car car = own.car();
    Car other =
        switch (difficulty) {
          case EASY -> like(car, FAR_COLOUR, "truck");
          case MEDIUM -> like(car, NEXT_COLOUR, car.type().equals("suv") ? "car" : "suv");
          case HARD -> like(car, FAR_COLOUR, car.type());
        };
    boolean night = difficulty == Difficulty.HARD;
    drivenDaily(stage, own, other, DAYS, night);
    // The owner's own car does not come back: it was sold without its plate.
    stage.agenda().pause(car.plate(), stage.at(Duration.ZERO), stage.at(FOR_GOOD));
    stage
        .label(id(), difficulty, MODEL)
        .tolerating("cloned-plate")
        .about(car.plate())
        .from(stage.at(Duration.ofHours(night ? 19 : 9)), stage.at(Duration.ofDays(DAYS)));
    return true;
  }

  /** The same unplated car calls twice on one day. */
  private static void withoutPlate(Stage stage) {
    Car made = stage.settlement().plates().car();
    Car bare = new Car("", "", made.colour(), made.type(), made.brand(), 1);
    String gate = stage.dice().pick(stage.settlement().estate().vehicleGates());
    Instant first = stage.between(8, 11);
    Instant second = stage.between(15, 19);
    Instant leaves = second.plus(stage.dice().seconds(1200, 5400));
    List<String> occupants = List.of("face-" + stage.take());
    OwnCar.pass(stage, first, gate, Direction.IN, bare, occupants);
    OwnCar.pass(stage, first.plusSeconds(3000), gate, Direction.OUT, bare, occupants);
    OwnCar.pass(stage, second, gate, Direction.IN, bare, occupants);
    OwnCar.pass(stage, leaves, gate, Direction.OUT, bare, occupants);
    stage
        .label("S08", Difficulty.EASY, MODEL)
        .tolerating("overstay")
        .in(gate)
        .from(first, first.plusSeconds(3000), leaves);
  }

  /** It is driven once a day, by the one who always drives. */
  private static void drivenDaily(Stage stage, OwnCar own, Car driven, int days, boolean atNight) {
    own.pause(stage, stage.at(Duration.ZERO), stage.at(Duration.ofDays(days)));
    for (int day = 0; day < days; day++) {
      double hour = 24 * day + (atNight ? 19.4 : 9);
      String gate = stage.dice().pick(stage.settlement().estate().vehicleGates());
      own.leave(stage, stage.between(hour, hour + (atNight ? 0.8 : 3)), gate, driven);
      double later = 24 * day + (atNight ? 21.2 : 14);
      own.comeBack(stage, stage.between(later, later + (atNight ? 1.5 : 3)), gate, driven);
    }
  }

  private static Car like(Car car, Map<String, String> colours, String type) {
    String brand = car.brand().equals("Geely") ? "Toyota" : "Geely";
    return new Car(
        car.plate(),
        car.plateColour(),
        colours.getOrDefault(car.colour(), "brown"),
        type,
        brand,
        1);
  }

  /** Repainted, and the registry knows. */
  @Override
  public boolean decoy(Stage stage) {
    Optional<OwnCar> found = OwnCar.cast(stage, household -> true);
    if (found.isEmpty()) {
      return false;
    }
    OwnCar own = found.get();
    Car car = own.car();
    String colour = FAR_COLOUR.getOrDefault(car.colour(), "red");
    Car repainted = new Car(car.plate(), car.plateColour(), colour, car.type(), car.brand(), 1);
    Instant from = stage.at(Duration.ZERO);
    stage.register(
        new Vehicle(
            Registration.entry(
                stage.settlement().id(), "vehicle-" + car.plate() + "-repainted", from, null),
            car.plate(),
            own.household().members().get(0).id(),
            own.driver().home().unit(),
            colour,
            car.type(),
            car.brand(),
            "resident",
            false));
    // The routine would drive it in its old colour.
    stage.agenda().pause(car.plate(), from, from.plus(FOR_GOOD));
    drivenDaily(stage, own, repainted, 3, false);
    stage
        .innocent(id(), MODEL)
        .about(car.plate())
        .from(from.plus(Duration.ofHours(9)), from.plus(Duration.ofDays(3)));
    return true;
  }
}
