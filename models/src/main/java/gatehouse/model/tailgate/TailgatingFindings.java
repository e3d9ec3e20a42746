package gatehouse.model.tailgate;

import gatehouse.alert.Audience;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.alert.Severity;
import gatehouse.model.door.DoorKey;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is told of a tailgated door. */
final class TailgatingFindings {

  private final DoorKey door;
  private final TailgatingSettings settings;

  TailgatingFindings(DoorKey door, TailgatingSettings settings) {
    this.door = door;
    this.settings = settings;
  }

  /**
   * How often a door was tailgated on its last day.
   *
   * @param count openings with too many
   * @param openings all openings
   * @param expected how many with too many are usual
   * @param rise evidence that there are lastingly more
   */
  record Habit(int count, int openings, double expected, double rise) {}

  /** A door that is lastingly tailgated more often than usual. */
  Finding habitual(List<Evidence> examples, Habit habit, Coverage coverage, Instant hostNow) {
    return Finding.evidence(
            "habit/" + door.place(),
            examples.get(examples.size() - 1).eventId(),
            door.community(),
            door.place(),
            hostNow)
        .since(examples.get(0).time())
        .subject("door", door.place(), "door")
        .severity(Severity.P3)
        .to(Audience.PROPERTY)
        .explanation("tailgating.habitual")
        .value("count", habit.count())
        .value("openings", habit.openings())
        .value("expected", Math.round(habit.expected()))
        .stoppedBy("tailgating.one-by-one")
        .evidence(examples)
        .score(1 / (1 + Math.exp(settings.alarm() - habit.rise())))
        .coverage(coverage)
        .build();
  }

  /** An opening with more persons than were let in. */
  Finding tailgated(
      Cycle open, Verdict verdict, DoorDays days, Coverage coverage, Instant hostNow) {
    Evidence follower = follower(open, verdict);
    Finding.Builder finding =
        Finding.evidence(episode(open), follower.eventId(), door.community(), door.place(), hostNow)
            .since(open.from())
            .severity(open.zone().sensitivity() >= 2 ? Severity.P2 : Severity.P3)
            .to(Audience.PROPERTY)
            .explanation(code(verdict.kind()))
            .value("persons", verdict.persons())
            .value("authorised", verdict.authorised())
            .value("excess", verdict.excess())
            .stoppedBy(open.zone().strict() ? "tailgating.own-grant" : "tailgating.grant-or-pass")
            .score(score(open, verdict, days))
            .coverage(coverage);
    for (Face face : verdict.strangers()) {
      finding.subject("local-subject", face.subject(), "follower").evidence(face.seen());
    }
    finding.subject("door", door.place(), "door");
    Set<String> credentials = new LinkedHashSet<>();
    for (Grant grant : open.grants()) {
      finding.evidence(grant.use());
      if (!grant.credential().isEmpty() && credentials.add(grant.credential())) {
        finding.subject("credential", grant.credential(), "opened-by");
      }
    }
    for (Crossing crossing : open.crossings()) {
      boolean after = verdict.followers().contains(crossing.seen());
      finding.evidence(after ? as(crossing.seen(), "tailgating.follower") : crossing.seen());
    }
    return finding.build();
  }

  /** The first passage beyond those let in. */
  static Evidence follower(Cycle open, Verdict verdict) {
    List<Evidence> followers = verdict.followers();
    return as(
        followers.isEmpty()
            ? open.crossings().get(open.crossings().size() - 1).seen()
            : followers.get(0),
        "tailgating.follower");
  }

  private double score(Cycle open, Verdict verdict, DoorDays days) {
    double share = days.share(open.from(), ZoneId.of(open.zone().timeZone()), settings.rules());
    int evidence =
        Math.max(1, verdict.excess()) + (verdict.kind() == Verdict.Kind.STRANGER ? 1 : 0);
    double meant = settings.tailgated() * verdict.confidence();
    double chance = (1 - settings.tailgated()) * Math.pow(share, evidence);
    return meant / (meant + chance);
  }

  /** Each opening is one episode. */
  String episode(Cycle open) {
    return door.place() + '/' + open.grants().get(0).use().eventId();
  }

  private static Evidence as(Evidence seen, String role) {
    return new Evidence(
        seen.eventId(), seen.time(), seen.place(), seen.device(), seen.clock(), role);
  }

  private static String code(Verdict.Kind kind) {
    return switch (kind) {
      case STRANGER -> "tailgating.stranger-followed";
      case MANY -> "tailgating.several-followed";
      default -> "tailgating.not-let-in";
    };
  }
}
