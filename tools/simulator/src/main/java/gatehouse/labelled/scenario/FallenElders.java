package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.labelled.CitySettings;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.observe.Faults.Fault;
import gatehouse.labelled.observe.Faults.Kind;
import gatehouse.labelled.people.Car;
import gatehouse.labelled.people.Elder;
import gatehouse.labelled.routine.Outings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An elder falls at home and lies there until somebody misses them and comes: with sensors at home
 * the same evening or the next day, of one who is known only by doors nobody thinks until the
 * weekly visit. One who is taken out by the family, and sensors without a connection, only look
 * like it.
 */
final class FallenElders implements Scenario {

  private static final String MODEL = "elder-inactivity";

  @Override
  public String id() {
    return "S16-fall";
  }

  @Override
  public int days() {
    return 7;
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<Elder> chosen =
        elder(stage, one -> one.sensors().isEmpty() == (difficulty == Difficulty.MEDIUM));
    if (chosen.isEmpty()) {
      return false;
    }
    String who = chosen.get().resident().id();
    Instant falls =
        switch (difficulty) {
          case EASY -> stage.between(8, 14);
          case MEDIUM -> stage.between(7, 20);
          case HARD -> stage.between(22.5, 24);
        };
    Instant found =
        atVisitingHours(
            stage,
            falls.plus(
                switch (difficulty) {
                  case EASY -> stage.dice().seconds(8 * 3600, 28 * 3600);
                  case MEDIUM -> stage.dice().seconds(72 * 3600, 144 * 3600);
                  case HARD -> stage.dice().seconds(14 * 3600, 32 * 3600);
                }));
    stage.agenda().pause(who, falls, found);
    stage.label(id(), difficulty, MODEL).about(who).from(falls, found);
    return true;
  }

  /** Nobody comes at night. */
  private static Instant atVisitingHours(Stage stage, Instant at) {
    ZonedDateTime local = at.atZone(CitySettings.ZONE);
    if (local.getHour() >= 8 && local.getHour() < 21) {
      return at;
    }
    LocalDate day = local.getHour() < 8 ? local.toLocalDate() : local.toLocalDate().plusDays(1);
    return day.atTime(8, 0)
        .atZone(CitySettings.ZONE)
        .toInstant()
        .plus(stage.dice().seconds(0, 3 * 3600));
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Elder> chosen = elder(stage, one -> !one.sensors().isEmpty());
    if (chosen.isEmpty()) {
      return false;
    }
    Elder elder = chosen.get();
    String who = elder.resident().id();
    Instant from = stage.between(9, 11);
    Instant to = from.plus(stage.dice().seconds(6 * 3600, 9 * 3600));
    if (stage.dice().chance(0.5)) {
      stage.agenda().pause(who, from, to);
      takenOut(stage, elder, from, to);
    } else {
      for (String room : elder.sensors()) {
        stage
            .faults()
            .add(
                stage.settlement().estate().instrument(room).name(),
                new Fault(Kind.DISCONNECTED, from, to, 1));
      }
    }
    stage.innocent(id(), MODEL).about(who).from(from, to);
    return true;
  }

  /** The family's car comes in empty, leaves with the elder, and brings them back. */
  private static void takenOut(Stage stage, Elder elder, Instant from, Instant to) {
    Car car = stage.settlement().plates().car();
    String building = elder.resident().home().building();
    String gate = stage.dice().pick(stage.settlement().estate().vehicleGates());
    List<String> both = List.of(elder.resident().id(), "visit-" + stage.take());
    List<String> driver = List.of("visit-" + stage.take());
    drive(stage, from.minusSeconds(900), gate, Direction.IN, car, driver);
    stage.passages().leave(from, building, 2);
    drive(stage, from.plusSeconds(200), gate, Direction.OUT, car, both);
    drive(stage, to.minusSeconds(300), gate, Direction.IN, car, both);
    stage.passages().enter(to.minusSeconds(60), building, Outings.bearer(elder.resident()), 1);
    drive(stage, to.plusSeconds(1200), gate, Direction.OUT, car, driver);
  }

  private static void drive(
      Stage stage, Instant at, String gate, Direction way, Car car, List<String> occupants) {
    String device = gate + (way == Direction.IN ? "-in" : "-out");
    stage.act(
        new Act.Drive(at, stage.settlement().estate().instrument(device), car, way, occupants));
  }

  /** An enrolled elder who is like this and in no other scene in the days around. */
  static Optional<Elder> elder(Stage stage, Predicate<Elder> like) {
    Instant from = stage.at(Duration.ZERO);
    List<Elder> free =
        stage.settlement().population().elders().stream()
            .filter(like)
            .filter(
                elder ->
                    !stage
                        .agenda()
                        .paused(
                            elder.resident().id(),
                            from.minus(Duration.ofDays(1)),
                            from.plus(Duration.ofDays(8))))
            .toList();
    return free.isEmpty() ? Optional.empty() : Optional.of(stage.dice().pick(free));
  }
}
