package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.Attention;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.api.alert.Telling.Outcome;
import gatehouse.api.alert.Telling.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The rules by which people are told of alerts (models-spec.md sections 1.5 and 4.2). Pure: what it
 * needs to know is given.
 */
final class NotificationPolicy {

  /** Alerts of a model about one subject that a day brings at most; models-spec.md 1.5. */
  static final int SUBJECT_CAP = 3;

  /** Alerts of a model in one community that a day brings at most; models-spec.md 1.5. */
  static final int COMMUNITY_CAP = 30;

  /** The part of a budget that one model may use; models-spec.md 4.2. */
  static final double MODEL_SHARE = 0.4;

  /** What concluded longer ago calls nobody any more. */
  static final Duration STALE = Duration.ofHours(2);

  /** The same for what is never suppressed. */
  static final Duration STALE_AT_ALL = Duration.ofHours(24);

  /** Those who work through a list and want the mildest alerts in it only. */
  private static final Set<Audience> READ_LISTS =
      Set.of(Audience.POLICE, Audience.PROPERTY, Audience.FIRE_DESK, Audience.OPERATIONS);

  private NotificationPolicy() {}

  static Verdict decide(Situation situation) {
    Alert alert = situation.alert();
    if (alert.attention() == Attention.HISTORIC) {
      return new Verdict(Outcome.HISTORIC, Reason.LATE_EVENTS, "");
    }
    boolean never = NeverSuppressed.is(alert);
    if (age(situation).compareTo(never || situation.resumed() ? STALE_AT_ALL : STALE) > 0) {
      return new Verdict(Outcome.EXPIRED, Reason.STALE, "");
    }
    if (never) {
      return Verdict.told(Reason.NEVER_SUPPRESSED);
    }
    if (situation.hold() != null) {
      return Verdict.held(situation.hold().reason(), situation.hold().cause());
    }
    if (alert.severity() == Severity.P4 && READ_LISTS.contains(situation.audience())) {
      return Verdict.digested(Reason.LOW_SEVERITY);
    }
    if (situation.told().ofSubject() >= SUBJECT_CAP) {
      return Verdict.digested(Reason.SUBJECT_CAP);
    }
    if (situation.told().ofModel() >= COMMUNITY_CAP) {
      return Verdict.digested(Reason.COMMUNITY_CAP);
    }
    if (alert.severity() == Severity.P1) {
      return Verdict.told(Reason.MOST_URGENT);
    }
    return withinBudget(situation);
  }

  private static Verdict withinBudget(Situation situation) {
    Integer budget = situation.budget();
    if (budget != null && situation.told().all() >= budget) {
      return Verdict.digested(Reason.BUDGET);
    }
    if (budget != null && situation.told().ofModel() >= share(budget)) {
      return Verdict.digested(Reason.MODEL_SHARE);
    }
    return Verdict.told(Reason.WITHIN_BUDGET);
  }

  /** How many alerts of a budget one model may use. */
  static int share(int budget) {
    return Math.max(1, (int) Math.floor(budget * MODEL_SHARE));
  }

  private static Duration age(Situation situation) {
    Alert alert = situation.alert();
    Instant concluded =
        alert.lastEventTime().isAfter(alert.detectedAt())
            ? alert.lastEventTime()
            : alert.detectedAt();
    return Duration.between(concluded, situation.now());
  }
}
