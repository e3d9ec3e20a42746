package gatehouse.labelled.scenario;

import gatehouse.labelled.act.Passages.App;
import gatehouse.labelled.people.Household;
import gatehouse.labelled.people.Registration;
import gatehouse.registry.Entry;
import gatehouse.registry.Lockdown;
import gatehouse.registry.PhoneBinding;
import gatehouse.registry.RemoteOpenRequest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Doors are opened from afar by who should not, or too often; an impatient host, a party and a new
 * phone only look like it.
 */
final class RemoteOpenAbuses implements Scenario {

  private static final String MODEL = "remote-open-abuse";

  @Override
  public String id() {
    return "S31-remote";
  }

  @Override
  public int days() {
    return 4;
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<Household> cast = household(stage);
    if (cast.isEmpty()) {
      return false;
    }
    String building = cast.get().home().building();
    String account = account(stage, cast.get());
    App app = new App(account, Registration.phone(account, 0));
    Times times =
        switch (difficulty) {
          case EASY -> often(stage, building, app, 10, 15, 35, 6);
          case MEDIUM ->
              stage.dice().chance(0.6)
                  ? often(stage, building, app, 27, 1200, 2000, 20)
                  : lockedDown(stage, building, app);
          case HARD ->
              stage.dice().chance(0.5)
                  ? strangePhone(stage, building, account)
                  : twoPhones(stage, building, app);
        };
    stage
        .label(id(), difficulty, MODEL)
        .about(account, app.phone())
        .in(building + "-door")
        .from(times.start(), times.enough(), times.end());
    return true;
  }

  private record Times(Instant start, Instant enough, Instant end) {}

  /** A door opener for everybody: too often within minutes, or all day. */
  private static Times often(
      Stage stage, String building, App app, int times, double from, double to, int usual) {
    Instant start = stage.between(7, 9);
    Instant at = start;
    Instant enough = start;
    Instant last = start;
    for (int i = 0; i < times; i++) {
      stage.passages().enterRemotely(at, building, app, 1);
      if (i == usual) {
        enough = at;
      }
      last = at;
      at = at.plus(stage.dice().seconds(from, to));
    }
    return new Times(start, enough, last.plusSeconds(10));
  }

  /** A door that is held closed is asked for in vain, and then it opens all the same. */
  private static Times lockedDown(Stage stage, String building, App app) {
    Instant start = stage.between(9, 19);
    Instant end = start.plus(Duration.ofHours(3));
    String id = "lockdown-" + stage.take();
    stage.register(
        new Lockdown(
            new Entry(id, stage.settlement().id(), start, start, end), id, building + "-door"));
    Instant first = start.plus(stage.dice().seconds(600, 5400));
    stage.passages().ask(first, building, app, Answer.LOCKDOWN);
    stage.passages().ask(first.plusSeconds(50), building, app, Answer.LOCKDOWN);
    Instant opened = first.plusSeconds(140);
    stage.passages().enterRemotely(opened, building, app, 1);
    return new Times(first, opened, opened.plusSeconds(10));
  }

  /** A stranger binds a phone to the account at night and opens minutes later. */
  private static Times strangePhone(Stage stage, String building, String account) {
    Instant bound = stage.between(0.5, 4.5);
    String phone = bind(stage, account, bound);
    Instant at = bound.plus(stage.dice().seconds(90, 900));
    stage.passages().enterRemotely(at, building, new App(account, phone), 1);
    return new Times(bound, at, at.plusSeconds(10));
  }

  /** A second phone, bound days ago, opens while the first one does. */
  private static Times twoPhones(Stage stage, String building, App app) {
    String phone = bind(stage, app.account(), stage.between(9, 20));
    Instant at = stage.between(81, 92);
    stage.passages().enterRemotely(at, building, app, 1);
    Instant second = at.plus(stage.dice().seconds(15, 90));
    String other = stage.dice().pick(stage.buildings());
    stage.passages().enterRemotely(second, other, new App(app.account(), phone), 1);
    return new Times(at, second, second.plusSeconds(10));
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Household> cast = household(stage);
    if (cast.isEmpty()) {
      return false;
    }
    String building = cast.get().home().building();
    String account = account(stage, cast.get());
    App app = new App(account, Registration.phone(account, 0));
    Times times =
        switch (stage.dice().whole(0, 2)) {
          case 0 -> often(stage, building, app, 4, 12, 30, 0);
          case 1 -> often(stage, building, app, 12, 500, 2400, 0);
          default -> newPhone(stage, building, account);
        };
    stage
        .innocent(id(), MODEL)
        .about(account, app.phone())
        .in(building + "-door")
        .from(times.start(), times.end());
    return true;
  }

  private static Times newPhone(Stage stage, String building, String account) {
    Instant bound = stage.between(9, 20);
    String phone = bind(stage, account, bound);
    Instant at = stage.between(57, 68);
    stage.passages().enterRemotely(at, building, new App(account, phone), 1);
    return new Times(bound, at, at.plusSeconds(10));
  }

  private static String bind(Stage stage, String account, Instant at) {
    String phone = "phone-" + stage.take();
    stage.register(
        new PhoneBinding(
            new Entry("binding-" + stage.take(), stage.settlement().id(), at, at, null),
            phone,
            account));
    return phone;
  }

  private static Optional<Household> household(Stage stage) {
    Optional<Household> cast = stage.household(one -> one.members().get(0).registered());
    cast.ifPresent(
        one ->
            stage.agenda().pause(account(stage, one), Instant.EPOCH, stage.at(Duration.ofDays(5))));
    return cast;
  }

  private static String account(Stage stage, Household household) {
    return Registration.account(stage.settlement().id(), household.home());
  }
}
