package gatehouse.labelled.scenario;

import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.labelled.act.Passages.Bearer;
import gatehouse.labelled.people.Registration;
import gatehouse.labelled.people.Resident;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import gatehouse.registry.Lease;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A right is used after it ended: a lease, a visitor's pass, a lost card. A lease that is renewed
 * too late in the books and a card that nobody uses any more only look like it.
 */
final class StaleGrants implements Scenario {

  private static final String MODEL = "stale-grant";
  private static final List<Integer> FOUND_CARD_DAYS = List.of(2, 4, 7, 9);

  @Override
  public String id() {
    return "S02";
  }

  @Override
  public int days() {
    return 11;
  }

  @Override
  public boolean stage(Stage stage, Difficulty difficulty) {
    return switch (difficulty) {
      case EASY -> formerTenant(stage);
      case MEDIUM -> oldPass(stage);
      case HARD -> foundCard(stage);
    };
  }

  /** The lease ended a month ago; the card was never taken back. */
  private boolean formerTenant(Stage stage) {
    String building = stage.dice().pick(stage.buildings());
    Instant at = stage.between(9, 21);
    Bearer tenant = tenant(stage, at.minus(Duration.ofDays(stage.dice().whole(20, 45))));
    Instant end = visit(stage, at, building, tenant);
    stage
        .label(id(), Difficulty.EASY, MODEL)
        .about(tenant.credential(), person(stage))
        .in(building + "-door")
        .from(at, end);
    return true;
  }

  private boolean oldPass(Stage stage) {
    Optional<Resident> host = stage.resident(Resident::registered);
    if (host.isEmpty()) {
      return false;
    }
    Resident one = host.get();
    String building = one.home().building();
    Instant then = stage.between(9, 18);
    String pass = "pass-" + stage.take();
    stage.register(
        new VisitorPass(
            Registration.entry(
                stage.settlement().id(),
                "entry-" + pass,
                then.minus(Duration.ofHours(1)),
                then.plus(Duration.ofHours(5))),
            pass,
            one.id(),
            one.home().unit(),
            List.of(),
            0));
    Bearer visitor = Bearer.of(pass, CredentialType.QR, "visitor");
    visit(stage, then, building, visitor);
    Instant again = then.plus(Duration.ofDays(2)).plus(stage.dice().seconds(-3600, 3600));
    Instant end = visit(stage, again, building, visitor);
    stage
        .label(id(), Difficulty.MEDIUM, MODEL)
        .tolerating("visitor-pass-misuse")
        .about(pass, one.id())
        .in(building + "-door")
        .from(again, end);
    return true;
  }

  /** A lost card is replaced; its finder comes for minutes, on some days, beside its owner. */
  private boolean foundCard(Stage stage) {
    Optional<Resident> resident = stage.resident(Resident::registered);
    if (resident.isEmpty()) {
      return false;
    }
    Resident one = resident.get();
    String building = one.home().building();
    stage.agenda().pause(one.id(), stage.at(Duration.ZERO), stage.at(Duration.ofDays(11)));
    String fresh = "card-" + stage.take();
    replace(stage, one, fresh, stage.between(9, 11));
    Bearer owner = Bearer.resident(fresh, one.id(), one.home().unit());
    Bearer finder = Bearer.resident(one.card(), one.id(), one.home().unit());
    for (int day = 1; day <= 10; day++) {
      Instant out = stage.between(24 * day + 7.5, 24 * day + 8.5);
      outing(stage, out, out.plus(stage.dice().seconds(9 * 3600, 10 * 3600)), building, owner);
    }
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    for (int day : FOUND_CARD_DAYS) {
      Instant at = stage.between(24 * day + 10, 24 * day + 15);
      first = at.isBefore(first) ? at : first;
      String gate = stage.dice().pick(stage.settlement().estate().footGates());
      stage.passages().gate(at, gate, Direction.IN, finder);
      stage.passages().enter(at.plusSeconds(80), building, finder, 0);
      stage.passages().leave(at.plusSeconds(300), building, 1);
      last = at.plusSeconds(380);
      stage.passages().gate(last, gate, Direction.OUT, finder);
    }
    stage
        .label(id(), Difficulty.HARD, MODEL)
        .tolerating("anti-passback", "impossible-travel")
        .about(one.card(), fresh, one.id())
        .in(building + "-door")
        .from(first, last);
    return true;
  }

  @Override
  public boolean decoy(Stage stage) {
    return stage.dice().chance(0.6) ? renewedLate(stage) : properlyReplaced(stage);
  }

  /** The lease goes on, but the office enters the renewal days afterwards. */
  private boolean renewedLate(Stage stage) {
    String building = stage.dice().pick(stage.buildings());
    Instant at = stage.between(9, 21);
    Instant ended = at.minus(stage.dice().duration(Duration.ofHours(80), Duration.ofDays(7)));
    Bearer tenant = tenant(stage, ended);
    Instant end = visit(stage, at, building, tenant);
    stage.register(
        lease(
            stage,
            "-renewed",
            tenant.credential(),
            at.plus(stage.dice().duration(Duration.ofHours(4), Duration.ofDays(3))),
            ended,
            ended.plus(Duration.ofDays(365))));
    stage
        .innocent(id(), MODEL)
        .about(tenant.credential(), person(stage))
        .in(building + "-door")
        .from(at, end);
    return true;
  }

  /** A worn card is replaced, and only the new one is used. */
  private boolean properlyReplaced(Stage stage) {
    Optional<Resident> resident = stage.resident(Resident::registered);
    if (resident.isEmpty()) {
      return false;
    }
    Resident one = resident.get();
    stage.agenda().pause(one.id(), stage.at(Duration.ZERO), stage.at(Duration.ofDays(900)));
    String fresh = "card-" + stage.take();
    Instant at = stage.between(9, 11);
    replace(stage, one, fresh, at);
    Bearer owner = Bearer.resident(fresh, one.id(), one.home().unit());
    Instant out = stage.between(24 + 8, 24 + 9);
    Instant back = out.plus(Duration.ofHours(2));
    outing(stage, out, back, one.home().building(), owner);
    stage.innocent(id(), MODEL).about(one.card(), fresh, one.id()).from(at, back);
    return true;
  }

  private static void replace(Stage stage, Resident who, String fresh, Instant at) {
    stage.register(
        card(stage, "-old", who.card(), who, at, at.minus(Duration.ofDays(2000)), at, fresh));
    stage.register(card(stage, "-new", fresh, who, at, at, null, null));
  }

  private static Credential card(
      Stage stage,
      String mark,
      String card,
      Resident holder,
      Instant known,
      Instant from,
      @Nullable Instant to,
      @Nullable String successor) {
    return new Credential(
        new Entry("credential-" + stage.take() + mark, stage.settlement().id(), known, from, to),
        card,
        CredentialType.CARD,
        holder.id(),
        holder.home().unit(),
        List.of(),
        successor == null ? Credential.Status.ACTIVE : Credential.Status.LOST,
        successor);
  }

  /** A tenant whose lease of a year ended then, and whose card is still good at the terminals. */
  private static Bearer tenant(Stage stage, Instant ended) {
    String card = "card-" + stage.take();
    Instant begin = ended.minus(Duration.ofDays(365));
    stage.register(
        new Credential(
            Registration.entry(stage.settlement().id(), "credential-" + card, begin, null),
            card,
            CredentialType.CARD,
            person(stage),
            unit(stage),
            List.of(),
            Credential.Status.ACTIVE,
            null));
    stage.register(lease(stage, "", card, begin, begin, ended));
    return Bearer.resident(card, person(stage), unit(stage));
  }

  private static Lease lease(
      Stage stage, String mark, String card, Instant known, Instant from, Instant to) {
    return new Lease(
        new Entry("lease-" + stage.take() + mark, stage.settlement().id(), known, from, to),
        "lease-" + stage.take(),
        unit(stage),
        person(stage),
        List.of(card));
  }

  private static String person(Stage stage) {
    return "tenant-" + stage.take();
  }

  private static String unit(Stage stage) {
    return "unit-" + stage.take();
  }

  /** Comes in on foot and leaves after a while; gives when. */
  private static Instant visit(Stage stage, Instant at, String building, Bearer who) {
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    stage.passages().gate(at, gate, Direction.IN, who);
    stage.passages().enter(at.plus(stage.dice().seconds(60, 120)), building, who, 0);
    Instant leave = at.plus(stage.dice().seconds(1200, 5400));
    stage.passages().leave(leave, building, 1);
    stage.passages().gate(leave.plusSeconds(80), gate, Direction.OUT, who);
    return leave.plusSeconds(80);
  }

  private static void outing(Stage stage, Instant out, Instant back, String building, Bearer who) {
    String gate = stage.dice().pick(stage.settlement().estate().footGates());
    stage.passages().leave(out, building, 1);
    stage.passages().gate(out.plusSeconds(85), gate, Direction.OUT, who);
    stage.passages().gate(back, gate, Direction.IN, who);
    stage.passages().enter(back.plusSeconds(85), building, who, 0);
  }
}
