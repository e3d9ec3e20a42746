package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.people.Car;
import gatehouse.labelled.people.Household;
import gatehouse.labelled.people.Resident;
import gatehouse.labelled.routine.Outings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A household's car in a scene, and the one who drives it there.
 *
 * @param household whose
 * @param car the car that is registered
 * @param driver a member who usually takes it
 */
record OwnCar(Household household, Car car, Resident driver) {

  /** Casts a car and its driver. */
  static Optional<OwnCar> cast(Stage stage, Predicate<Household> like) {
    List<OwnCar> free = new ArrayList<>();
    for (Household household : stage.settlement().population().households()) {
      if (!household.cars().isEmpty() && like.test(household)) {
        Car car = household.cars().get(0);
        household.members().stream()
            .filter(one -> one.drives() && one.registered())
            .filter(one -> stage.free(one.id()) && stage.free(car.plate()))
            .findFirst()
            .ifPresent(driver -> free.add(new OwnCar(household, car, driver)));
      }
    }
    if (free.isEmpty()) {
      return Optional.empty();
    }
    OwnCar chosen = stage.dice().pick(free);
    stage.cast(chosen.car.plate());
    stage.cast(chosen.driver.id());
    return Optional.of(chosen);
  }

  /** Keeps the car and its driver from their routine. */
  void pause(Stage stage, Instant from, Instant to) {
    stage.agenda().pause(car.plate(), from, to);
    stage.agenda().pause(driver.id(), from, to);
  }

  /** The driver leaves home and passes a gate at the time, in a vehicle that may be another one. */
  void leave(Stage stage, Instant at, String gate, Car driven) {
    stage.passages().leave(at.minus(stage.dice().seconds(190, 280)), building(), 1);
    stage.passages().fetchCar(at.minus(stage.dice().seconds(70, 130)), Outings.bearer(driver));
    pass(stage, at, gate, Direction.OUT, driven, List.of(driver.id()));
  }

  /** The driver passes a gate at the time and goes home. */
  void comeBack(Stage stage, Instant at, String gate, Car driven) {
    pass(stage, at, gate, Direction.IN, driven, List.of(driver.id()));
    stage
        .passages()
        .enter(at.plus(stage.dice().seconds(120, 260)), building(), Outings.bearer(driver), 0);
  }

  /** A vehicle passes a gate of the stage's community. */
  static void pass(
      Stage stage,
      Instant at,
      String gate,
      Direction direction,
      Car driven,
      List<String> occupants) {
    String device = gate + (direction == Direction.IN ? "-in" : "-out");
    stage.act(
        new Act.Drive(
            at, stage.settlement().estate().instrument(device), driven, direction, occupants));
  }

  private String building() {
    return driver.home().building();
  }
}
