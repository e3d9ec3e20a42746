package gatehouse.labelled.scenario;

import gatehouse.event.Direction;
import gatehouse.labelled.CitySettings;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.estate.Instrument;
import gatehouse.labelled.people.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody of the office passes the card back over the turnstile, day after day; one who presents
 * it twice, or comes back from lunch having followed others out, only looks like it.
 */
final class SharedCards implements Scenario {

  private static final String MODEL = "anti-passback";
  private static final double EXIT_UNREAD = 0.3;

  @Override
  public String id() {
    return "S03-shared";
  }

  @Override
  public int days() {
    return 14;
  }

  @Override
  public double frequency() {
    return 0.4;
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<Worker> worker = stage.worker(one -> one.duty() == Worker.Duty.OFFICE);
    if (worker.isEmpty()) {
      return false;
    }
    List<Integer> days = workdays(stage, difficulty == Difficulty.EASY ? 5 : 10);
    Instant first = null;
    Instant last = stage.at(Duration.ZERO);
    for (int i = 0; i < days.size(); i++) {
      boolean shared = difficulty != Difficulty.MEDIUM || i % 2 == 0;
      Instant come = stage.between(24 * days.get(i) + 7.8, 24 * days.get(i) + 8.1);
      List<Pass> passes = ordinary(stage, come);
      if (shared) {
        Instant in =
            difficulty == Difficulty.EASY
                ? passes.get(0).at().plus(stage.dice().seconds(240, 360))
                : passes.get(0).at().plus(stage.dice().seconds(2400, 6000));
        Instant out = in.plus(stage.dice().seconds(1200, 3000));
        passes.add(new Pass(in, Direction.IN));
        boolean unread = difficulty == Difficulty.HARD && stage.dice().chance(EXIT_UNREAD);
        if (!unread) {
          passes.add(new Pass(out, Direction.OUT));
        }
        first = first == null ? in : first;
        last = out;
      }
      day(stage, worker.get(), days.get(i), come, passes);
    }
    Instant start = first == null ? last : first;
    stage.label(id(), difficulty, MODEL).about(worker.get().card()).from(start, last);
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Worker> worker = stage.worker(one -> one.duty() == Worker.Duty.OFFICE);
    if (worker.isEmpty()) {
      return false;
    }
    int day = workdays(stage, 1).get(0);
    Instant come = stage.between(24 * day + 7.8, 24 * day + 8.1);
    List<Pass> passes = ordinary(stage, come);
    if (stage.dice().chance(0.5)) {
      passes.add(new Pass(passes.get(0).at().plus(stage.dice().seconds(2, 15)), Direction.IN));
    } else {
      passes.remove(1);
    }
    day(stage, worker.get(), day, come, passes);
    stage
        .innocent(id(), MODEL)
        .about(worker.get().card())
        .from(come, come.plus(Duration.ofHours(10)));
    return true;
  }

  /** The turnstile of the office is passed. */
  private record Pass(Instant at, Direction direction) {}

  /** In, out for lunch, in, out. */
  private static List<Pass> ordinary(Stage stage, Instant come) {
    List<Pass> passes = new ArrayList<>();
    passes.add(new Pass(come.plus(stage.dice().seconds(90, 200)), Direction.IN));
    Instant lunch = come.plus(stage.dice().seconds(14_000, 15_500));
    passes.add(new Pass(lunch, Direction.OUT));
    passes.add(new Pass(lunch.plus(stage.dice().seconds(1500, 3000)), Direction.IN));
    passes.add(new Pass(come.plus(stage.dice().seconds(32_000, 33_500)), Direction.OUT));
    return passes;
  }

  private static void day(Stage stage, Worker worker, int day, Instant come, List<Pass> passes) {
    WorkDay.of(stage, worker, day, come, come.plusSeconds(33_900));
    Bearer who = WorkDay.card(worker);
    Instrument office = stage.settlement().estate().instrument("office-gate");
    passes.forEach(pass -> stage.passages().badge(pass.at(), office, pass.direction(), who));
  }

  /** The next days from the stage's first on that are no weekend. */
  private static List<Integer> workdays(Stage stage, int many) {
    List<Integer> days = new ArrayList<>();
    for (int day = 0; days.size() < many; day++) {
      Instant noon = stage.at(Duration.ofHours(24L * day + 12));
      if (noon.atZone(CitySettings.ZONE).getDayOfWeek().getValue() <= 5) {
        days.add(day);
      }
    }
    return days;
  }
}
