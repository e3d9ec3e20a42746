package gatehouse.labelled.scenario;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.people.Car;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.registry.Entry;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who may come, but does not go: a visitor long after the pass has ended, a visitor's car
 * that is left for days, a courier overnight. A pass that the host prolonged, and a visitor who
 * leaves through a gate that somebody else holds open, only look like it.
 */
final class Overstays implements Scenario {

  private static final String MODEL = "overstay";

  @Override
  public String id() {
    return "S06";
  }

  @Override
  public int days() {
    return 4;
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    return switch (difficulty) {
      case EASY -> visitor(stage, difficulty, stage.dice().seconds(20 * 3600, 40 * 3600));
      case MEDIUM ->
          stage.dice().chance(0.5)
              ? visitor(stage, difficulty, stage.dice().seconds(5 * 3600, 9 * 3600))
              : leftCar(stage, difficulty);
      case HARD ->
          stage.dice().chance(0.5)
              ? visitor(stage, difficulty, stage.dice().seconds(2 * 3600, 3 * 3600))
              : courier(stage, difficulty);
    };
  }

  /** A visitor with a pass for some hours goes so long after it has ended. */
  private boolean visitor(Stage stage, Difficulty difficulty, Duration late) {
    Optional<Resident> host = stage.resident(Resident::registered);
    if (host.isEmpty()) {
      return false;
    }
    Instant in = stage.between(9, 17);
    Instant end = in.plus(stage.dice().seconds(3 * 3600, 5 * 3600));
    Bearer visitor = pass(stage, host.get(), in, end);
    Instant out = end.plus(late);
    come(stage, host.get(), visitor, in);
    go(stage, host.get(), visitor, out, true);
    stage
        .label(id(), difficulty, MODEL)
        .tolerating("visitor-pass-misuse", "stale-grant")
        .about(visitor.credential())
        .from(in, end, out);
    return true;
  }

  /** A visitor's car is left for two or three days. */
  private boolean leftCar(Stage stage, Difficulty difficulty) {
    Car car = stage.settlement().plates().car();
    String gate = stage.dice().pick(stage.settlement().estate().vehicleGates());
    Instant in = stage.between(8, 18);
    Instant out = in.plus(stage.dice().seconds(46 * 3600, 75 * 3600));
    List<String> occupants = List.of("face-" + stage.take());
    OwnCar.pass(stage, in, gate, Direction.IN, car, occupants);
    OwnCar.pass(stage, out, gate, Direction.OUT, car, occupants);
    stage
        .label(id(), difficulty, MODEL)
        .about(car.plate())
        .from(in, in.plus(Duration.ofHours(24)), out);
    return true;
  }

  /** A courier comes with the last parcels and goes in the small hours. */
  private boolean courier(Stage stage, Difficulty difficulty) {
    Optional<Resident> customer = stage.resident(one -> true);
    if (customer.isEmpty()) {
      return false;
    }
    Bearer courier = Bearer.of("courier-" + stage.take(), CredentialType.APP, "courier");
    Instant in = stage.between(17, 21);
    Instant out = in.plus(stage.dice().seconds(6 * 3600, 9 * 3600));
    come(stage, customer.get(), courier, in);
    go(stage, customer.get(), courier, out, true);
    stage
        .label(id(), difficulty, MODEL)
        .about(courier.credential())
        .from(in, in.plus(Duration.ofHours(2)), out);
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Resident> host = stage.resident(Resident::registered);
    if (host.isEmpty()) {
      return false;
    }
    Instant in = stage.between(9, 17);
    Instant end = in.plus(stage.dice().seconds(3 * 3600, 5 * 3600));
    Bearer visitor = pass(stage, host.get(), in, end);
    come(stage, host.get(), visitor, in);
    boolean prolonged = stage.dice().chance(0.7);
    Instant out = prolonged ? end.plus(Duration.ofHours(4)) : end.minusSeconds(1200);
    if (prolonged) {
      prolong(stage, host.get(), visitor.credential(), in, end);
    }
    go(stage, host.get(), visitor, out, prolonged);
    stage.innocent(id(), MODEL).about(visitor.credential()).from(in, out.plus(Duration.ofHours(6)));
    return true;
  }

  private static Bearer pass(Stage stage, Resident host, Instant in, Instant end) {
    String pass = "pass-" + stage.take();
    stage.register(
        new VisitorPass(
            Registration.entry(
                stage.settlement().id(), "entry-" + pass, in.minus(Duration.ofMinutes(40)), end),
            pass,
            host.id(),
            host.home().unit(),
            List.of(),
            0));
    return Bearer.of(pass, CredentialType.QR, "visitor");
  }

  private static void prolong(Stage stage, Resident host, String pass, Instant in, Instant end) {
    stage.register(
        new VisitorPass(
            new Entry(
                "entry-" + pass + "-longer",
                stage.settlement().id(),
                end.minus(Duration.ofMinutes(30)),
                in.minus(Duration.ofMinutes(40)),
                end.plus(Duration.ofHours(6))),
            pass,
            host.id(),
            host.home().unit(),
            List.of(),
            0));
  }

  private static void come(Stage stage, Resident host, Bearer who, Instant in) {
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    stage.passages().gate(in, gate, Direction.IN, who);
    stage.passages().enter(in.plus(stage.dice().seconds(60, 150)), host.home().building(), who, 0);
  }

  private static void go(Stage stage, Resident host, Bearer who, Instant out, boolean badged) {
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    stage.passages().leave(out.minus(stage.dice().seconds(60, 150)), host.home().building(), 1);
    if (badged) {
      stage.passages().gate(out, gate, Direction.OUT, who);
    }
  }
}
