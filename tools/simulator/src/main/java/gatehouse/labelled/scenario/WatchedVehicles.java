package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.labelled.people.Car;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.labelled.routine.Outings;
import gatehouse.registry.WatchOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A vehicle comes that is searched for, with a clean plate, a muddy one, or one that was tampered
 * with, or a missing person's card is used; an order that has run out, holds elsewhere or was
 * approved by one person only is none.
 */
final class WatchedVehicles implements Scenario {

  private static final String MODEL = "watch-hit";
  private static final int SERIAL = 2;

  /** How much likelier a plate is misread that was smeared with mud. */
  private static final double MUDDY = 40;

  /** What a strip of tape or a drop of paint makes of a character. */
  private static final Map<Character, Character> ALTERED =
      Map.of(
          '0', 'D',
          '1', 'T',
          '2', 'Z',
          '3', '8',
          '5', 'S',
          '6', 'G',
          '7', 'T',
          '8', 'B',
          'B', '8',
          'D', '0');

  @Override
  public String id() {
    return "S26";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    if (difficulty == Difficulty.EASY && stage.dice().chance(0.3)) {
      return missingPerson(stage);
    }
    Car wanted = stage.settlement().plates().car();
    String shown = difficulty == Difficulty.HARD ? tampered(stage, wanted) : wanted.plate();
    Car car =
        new Car(
            shown,
            wanted.plateColour(),
            wanted.colour(),
            wanted.type(),
            wanted.brand(),
            difficulty == Difficulty.MEDIUM ? MUDDY : 1);
    order(stage, "plate", wanted.plate(), 2, stage.at(Duration.ofDays(-3)), 25, true);
    Instant in = stage.between(7, 22);
    Instant out = in.plus(stage.dice().seconds(1200, 3600));
    call(stage, car, in, out);
    stage
        .label(id(), difficulty, MODEL)
        .tolerating("plate-mismatch")
        .about(wanted.plate(), shown, "order-" + stage.take())
        .from(in, out);
    return true;
  }

  private boolean missingPerson(Stage stage) {
    Optional<Resident> found =
        stage.resident(one -> one.registered() && one.way() == Resident.Way.RETIRED);
    if (found.isEmpty()) {
      return false;
    }
    Resident one = found.get();
    Instant midnight = stage.at(Duration.ZERO);
    stage.agenda().pause(one.id(), midnight, midnight.plus(Duration.ofDays(1)));
    Instant out = stage.between(7, 9);
    Instant back = out.plus(stage.dice().seconds(6 * 3600, 12 * 3600));
    Instant reported = out.plus(stage.dice().seconds(3 * 3600, 5 * 3600));
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    stage.passages().leave(out.minusSeconds(80), one.home().building(), 1);
    stage.passages().gate(out, gate, Direction.OUT, Outings.bearer(one));
    stage.passages().gate(back, gate, Direction.IN, Outings.bearer(one));
    Instant home = back.plusSeconds(90);
    stage.passages().enter(home, one.home().building(), Outings.bearer(one), 0);
    // Withdrawn when they are found.
    order(stage, "credential", one.card(), 2, reported, home.plusSeconds(1800), true);
    stage
        .label(id(), Difficulty.EASY, MODEL)
        .about(one.card(), one.id(), "order-" + stage.take())
        .from(back, home);
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    Car car = stage.settlement().plates().car();
    int kind = stage.dice().whole(0, 2);
    int approvers = kind == 0 ? 1 : 2;
    Instant from = stage.at(Duration.ofDays(kind == 1 ? -9 : -3));
    order(stage, "plate", car.plate(), approvers, from, kind == 1 ? 7 : 25, kind != 2);
    Instant in = stage.between(7, 22);
    Instant out = in.plus(stage.dice().seconds(1200, 3600));
    call(stage, car, in, out);
    stage.innocent(id(), MODEL).about(car.plate(), "order-" + stage.take()).from(in, out);
    return true;
  }

  private static void call(Stage stage, Car car, Instant in, Instant out) {
    String gate = stage.dice().pick(stage.settlement().estate().vehicleGates());
    List<String> occupants = List.of("face-" + stage.take());
    OwnCar.pass(stage, in, gate, Direction.IN, car, occupants);
    OwnCar.pass(stage, out, gate, Direction.OUT, car, occupants);
  }

  private static void order(
      Stage stage,
      String subjectType,
      String subject,
      int approvers,
      Instant from,
      int days,
      boolean here) {
    order(stage, subjectType, subject, approvers, from, from.plus(Duration.ofDays(days)), here);
  }

  private static void order(
      Stage stage,
      String subjectType,
      String subject,
      int approvers,
      Instant from,
      Instant to,
      boolean here) {
    String community = stage.settlement().id();
    String id = "order-" + stage.take();
    stage.register(
        new WatchOrder(
            Registration.entry(community, id, from, to),
            id,
            subjectType,
            subject,
            "case-" + stage.take(),
            "search for a stolen vehicle or a missing person",
            List.of("officer-1", "officer-2").subList(0, approvers),
            here ? List.of() : List.of("another-community")));
  }

  /** The province is covered, or a character is made another. */
  private static String tampered(Stage stage, Car wanted) {
    return stage.dice().chance(0.7) ? wanted.plate().substring(1) : altered(wanted.plate());
  }

  private static String altered(String plate) {
    for (int i = plate.length() - 1; i >= SERIAL; i--) {
      Character instead = ALTERED.get(plate.charAt(i));
      if (instead != null) {
        return plate.substring(0, i) + instead + plate.substring(i + 1);
      }
    }
    return plate.substring(0, plate.length() - 1) + '8';
  }
}
