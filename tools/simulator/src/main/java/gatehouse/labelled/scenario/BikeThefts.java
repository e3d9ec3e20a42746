package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.labelled.act.Act;
import gatehouse.labelled.estate.Estate;
import gatehouse.labelled.people.Bike;
import gatehouse.labelled.people.Household;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.labelled.routine.Outings;
import gatehouse.registry.TaggedObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tagged e-bike leaves with a stranger: locked, at night; or with a face that nobody knows, or in
 * the morning's peak under a helmet, behind a neighbour who opens the gate. One that another member
 * of the household takes, or a friend beside its owner, only looks like it.
 */
final class BikeThefts implements Scenario {

  private static final String MODEL = "object-without-owner";
  private static final Duration FOR_GOOD = Duration.ofDays(1000);

  /** A bike that somebody of its household usually rides. */
  private record OwnBike(Household household, Bike bike, Resident rider) {}

  @Override
  public String id() {
    return "S19";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<OwnBike> found = cast(stage);
    if (found.isEmpty()) {
      return false;
    }
    OwnBike own = found.get();
    Instant midnight = stage.at(Duration.ZERO);
    stage.agenda().pause(own.bike().tag(), midnight, midnight.plus(FOR_GOOD));
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    Instant at =
        switch (difficulty) {
          case EASY -> stage.between(1.5, 4.5);
          case MEDIUM -> stage.between(10, 16);
          case HARD -> stage.between(7.4, 8.4);
        };
    switch (difficulty) {
      case EASY -> arm(stage, own);
      case MEDIUM -> {
        othersPass(stage, own, at, gate, List.of(stage.dice().between(-9, -4)));
        face(stage, at, gate, "face-" + stage.take());
      }
      case HARD ->
          othersPass(
              stage,
              own,
              at,
              gate,
              List.of(
                  stage.dice().between(-40, -4),
                  stage.dice().between(-9, -3),
                  stage.dice().between(-4, 30)));
    }
    waitAtGate(stage, own.bike().tag(), at, gate);
    stage.label(id(), difficulty, MODEL).about(own.bike().tag()).from(at, at.plusSeconds(60));
    return true;
  }

  /** The thief waits for somebody to open the gate; the reader sees the tag more than once. */
  private static void waitAtGate(Stage stage, String tag, Instant at, String gate) {
    Instant next = at;
    for (int i = 0; i < 3; i++) {
      stage.act(
          new Act.Carry(
              next,
              stage.settlement().estate().instrument(gate + "-tags"),
              tag,
              "e-bike",
              Direction.OUT));
      next = next.plus(stage.dice().seconds(2, 6));
    }
  }

  private static void face(Stage stage, Instant at, String gate, String stranger) {
    stage.act(
        new Act.Show(
            at.plus(stage.dice().seconds(-1.5, 3)),
            stage.settlement().estate().instrument(gate + "-face"),
            null,
            stranger,
            Direction.OUT));
  }

  /** Neighbours pass with their cards, so many seconds later; one opens the gate for the thief. */
  private static void othersPass(
      Stage stage, OwnBike own, Instant at, String gate, List<Double> seconds) {
    List<Resident> neighbours =
        stage.settlement().population().residents().stream()
            .filter(one -> one.registered() && stage.free(one.id()))
            .filter(one -> !own.household().members().contains(one))
            .toList();
    List<Resident> left = new ArrayList<>(neighbours);
    for (double after : seconds) {
      if (left.isEmpty()) {
        return;
      }
      Resident one = stage.dice().pick(left);
      left.remove(one);
      stage.cast(one.id());
      Instant midnight = stage.at(Duration.ZERO);
      stage.agenda().pause(one.id(), midnight, midnight.plus(Duration.ofDays(1)));
      Instant out = at.plusMillis(Math.round(after * 1000));
      Instant back = out.plus(stage.dice().seconds(3600, 20_000));
      String building = one.home().building();
      stage.passages().leave(out.minus(stage.dice().seconds(60, 120)), building, 1);
      stage.passages().gate(out, gate, Direction.OUT, Outings.bearer(one));
      stage.passages().gate(back, gate, Direction.IN, Outings.bearer(one));
      stage.passages().enter(back.plusSeconds(90), building, Outings.bearer(one), 0);
    }
  }

  /** The owner locked it in the app the evening before. */
  private static void arm(Stage stage, OwnBike own) {
    stage.register(
        new TaggedObject(
            Registration.entry(
                stage.settlement().id(),
                "object-" + own.bike().tag() + "-armed",
                stage.at(Duration.ofHours(-2)),
                null),
            own.bike().tag(),
            "e-bike",
            own.household().members().get(0).id(),
            own.household().members().stream().map(Resident::id).toList(),
            true));
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<OwnBike> found = cast(stage);
    if (found.isEmpty()) {
      return false;
    }
    OwnBike own = found.get();
    List<Resident> others =
        own.household().members().stream()
            .filter(one -> !one.equals(own.rider()) && one.registered() && stage.free(one.id()))
            .toList();
    Resident beside = others.isEmpty() ? own.rider() : stage.dice().pick(others);
    stage.cast(beside.id());
    Instant midnight = stage.at(Duration.ZERO);
    for (String who : List.of(own.bike().tag(), own.rider().id(), beside.id())) {
      stage.agenda().pause(who, midnight, midnight.plus(Duration.ofDays(1)));
    }
    Instant out = stage.between(9, 18);
    Instant back = out.plus(stage.dice().seconds(1200, 7200));
    Estate estate = stage.settlement().estate();
    String gate = stage.dice().pick(estate.footGates());
    String building = beside.home().building();
    stage.passages().leave(out.minusSeconds(90), building, 1);
    if (beside.equals(own.rider())) {
      face(stage, out, gate, "face-" + stage.take());
    }
    for (Direction way : List.of(Direction.OUT, Direction.IN)) {
      Instant at = way == Direction.OUT ? out : back;
      stage.passages().gate(at, gate, way, Outings.bearer(beside));
      stage.act(
          new Act.Carry(
              at.plus(stage.dice().seconds(-2, 6)),
              estate.instrument(gate + "-tags"),
              own.bike().tag(),
              "e-bike",
              way));
    }
    stage.passages().enter(back.plusSeconds(90), building, Outings.bearer(beside), 0);
    stage.innocent(id(), MODEL).about(own.bike().tag()).from(out, out.plusSeconds(60));
    return true;
  }

  private static Optional<OwnBike> cast(Stage stage) {
    List<OwnBike> free = new ArrayList<>();
    for (Household household : stage.settlement().population().households()) {
      for (Bike bike : household.bikes()) {
        household.members().stream()
            .filter(one -> one.rides() && one.registered())
            .filter(one -> stage.free(one.id()) && stage.free(bike.tag()))
            .findFirst()
            .ifPresent(rider -> free.add(new OwnBike(household, bike, rider)));
      }
    }
    if (free.isEmpty()) {
      return Optional.empty();
    }
    OwnBike chosen = stage.dice().pick(free);
    stage.cast(chosen.bike().tag());
    stage.cast(chosen.rider().id());
    return Optional.of(chosen);
  }
}
