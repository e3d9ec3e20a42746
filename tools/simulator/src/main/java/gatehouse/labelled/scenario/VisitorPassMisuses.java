package gatehouse.labelled.scenario;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.people.Resident;
import gatehouse.registry.Entry;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A visitor's code is passed on, used late or at a strange door; a guest who overruns a little and
 * one whose stay was extended only look like it. The visitors come by car.
 */
final class VisitorPassMisuses implements Scenario {

  private static final String MODEL = "visitor-pass-misuse";

  @Override
  public String id() {
    return "S32-pass";
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    Optional<Resident> host = stage.resident(Resident::registered);
    if (host.isEmpty()) {
      return false;
    }
    Resident one = host.get();
    String home = one.home().building();
    Instant from = stage.between(8, 14);
    Instant to = from.plus(Duration.ofHours(3));
    Bearer visitor = Bearer.of(pass(stage), CredentialType.QR, "visitor");
    Instant start;
    Instant found;
    Instant end;
    String place = home;
    switch (difficulty) {
      case EASY -> {
        register(stage, "", one, from, to, List.of(home + "-door"), 1);
        start = from.plus(stage.dice().seconds(600, 1500));
        comeAndGo(stage, start, home, visitor);
        found = start.plus(stage.dice().seconds(900, 2400));
        comeAndGo(stage, found, home, visitor);
        end = found.plus(stage.dice().seconds(600, 1500));
        comeAndGo(stage, end, home, visitor);
      }
      case MEDIUM -> {
        boolean late = stage.dice().chance(0.5);
        register(stage, "", one, from, to, late ? List.of() : List.of(home + "-door"), 0);
        comeAndGo(stage, from.plusSeconds(1200), home, visitor);
        start = late ? to.plus(stage.dice().seconds(3600, 4 * 3600)) : from.plusSeconds(6000);
        place = late ? home : other(stage, home);
        comeAndGo(stage, start, place, visitor);
        found = start;
        end = start.plusSeconds(60);
      }
      default -> {
        boolean together = stage.dice().chance(0.5);
        register(stage, "", one, from, to, List.of(), together ? 0 : 2);
        start = from.plus(stage.dice().seconds(1200, 4200));
        if (together) {
          found = start.plus(stage.dice().seconds(1, 6));
          together(stage, start, found, home, visitor);
        } else {
          // Good for two visits; a third one is slipped in.
          comeAndGo(stage, start, home, visitor);
          comeAndGo(stage, start.plusSeconds(2400), home, visitor);
          found = start.plus(stage.dice().seconds(4000, 5500));
          comeAndGo(stage, found, home, visitor);
        }
        end = found.plusSeconds(240);
      }
    }
    stage
        .label(id(), difficulty, MODEL)
        .tolerating("stale-grant", "anti-passback", "impossible-travel")
        .about(pass(stage), one.id())
        .in(place + "-door")
        .from(start, found, end);
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    Optional<Resident> host = stage.resident(Resident::registered);
    if (host.isEmpty()) {
      return false;
    }
    Resident one = host.get();
    String home = one.home().building();
    Instant from = stage.between(8, 14);
    Instant to = from.plus(Duration.ofHours(3));
    Bearer visitor = Bearer.of(pass(stage), CredentialType.QR, "visitor");
    register(stage, "", one, from, to, List.of(), 0);
    Instant at = to.plus(stage.dice().seconds(300, 1500));
    if (stage.dice().chance(0.5)) {
      at = to.plus(stage.dice().seconds(3000, 9000));
      stage.register(
          new VisitorPass(
              new Entry(
                  "entry-" + pass(stage) + "-extended",
                  stage.settlement().id(),
                  to.minusSeconds(900),
                  from,
                  to.plus(Duration.ofHours(4))),
              pass(stage),
              one.id(),
              one.home().unit(),
              List.of(),
              0));
    }
    comeAndGo(stage, from.plusSeconds(1200), home, visitor);
    comeAndGo(stage, at, home, visitor);
    stage
        .innocent(id(), MODEL, "stale-grant")
        .about(pass(stage), one.id())
        .in(home + "-door")
        .from(at, at.plusSeconds(60));
    return true;
  }

  private static String pass(Stage stage) {
    return "pass-" + stage.take();
  }

  private static void register(
      Stage stage,
      String mark,
      Resident host,
      Instant from,
      Instant to,
      List<String> places,
      int uses) {
    stage.register(
        new VisitorPass(
            new Entry(
                "entry-" + pass(stage) + mark,
                stage.settlement().id(),
                from.minus(Duration.ofHours(6)),
                from,
                to),
            pass(stage),
            host.id(),
            host.home().unit(),
            places,
            uses));
  }

  private static void comeAndGo(Stage stage, Instant at, String building, Bearer who) {
    stage.passages().enter(at, building, who, 0);
    stage.passages().leave(at.plus(stage.dice().seconds(300, 900)), building, 1);
  }

  /** Two people show the same picture of the code at the same time: at two gates or doors. */
  private static void together(Stage stage, Instant one, Instant two, String home, Bearer who) {
    if (stage.dice().chance(0.4)) {
      comeAndGo(stage, one, home, who);
      comeAndGo(stage, two, other(stage, home), who);
      return;
    }
    List<String> gates = stage.settlement().estate().footGates();
    stage.passages().gate(one, gates.get(0), Direction.IN, who);
    stage.passages().gate(two, gates.get(1), Direction.IN, who);
    comeAndGo(stage, two.plusSeconds(110), home, who);
  }

  private static String other(Stage stage, String building) {
    List<String> others =
        stage.buildings().stream().filter(each -> !each.equals(building)).toList();
    return stage.dice().pick(others);
  }
}
