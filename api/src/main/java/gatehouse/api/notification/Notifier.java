package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.api.alert.RevisionListener;
import gatehouse.api.alert.Telling.Outcome;
import gatehouse.api.alert.Telling.Reason;
import gatehouse.api.notification.Verdicts.Recorded;
import gatehouse.api.store.Transaction;
import gatehouse.notification.Channel;
import gatehouse.notification.Notification.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Decides for each revision of an alert who is told, in the transaction that stores the revision:
 * an alert is never stored without the decision, nor decided twice.
 */
@Component
public final class Notifier implements RevisionListener {

  private static final Set<Reason> USED_UP =
      EnumSet.of(Reason.SUBJECT_CAP, Reason.COMMUNITY_CAP, Reason.MODEL_SHARE, Reason.BUDGET);

  @Override
  public void onRevision(Transaction tx, UUID id, Alert alert, Instant now) {
    if (alert.state() != AlertState.OPEN) {
      Escalation.stop(tx, id, alert);
    }
    for (Audience audience : alert.audiences().stream().sorted().toList()) {
      Recorded before = Verdicts.find(tx, id, audience).orElse(null);
      if (alert.state() == AlertState.RETRACTED) {
        Outbox.withdraw(tx, id, audience, now);
      } else if (before == null) {
        decide(tx, id, alert, audience, now, false);
      } else if (alert.severity().compareTo(before.severity()) < 0) {
        raise(tx, id, alert, audience, before, now);
      } else if (before.outcome() == Outcome.TOLD) {
        Escalation.begin(tx, id, alert, audience, now);
      }
    }
  }

  /** What held an alert back has ended, and the alert still stands. */
  void resume(Transaction tx, UUID id, Alert alert, Audience audience, Instant now) {
    decide(tx, id, alert, audience, now, true);
    // Open pages hear of an alert whose number changes.
    tx.update("update alert.alert set attention = attention where id = :id")
        .bind("id", id)
        .execute();
  }

  private static void raise(
      Transaction tx, UUID id, Alert alert, Audience audience, Recorded before, Instant now) {
    if (before.outcome() == Outcome.TOLD) {
      Verdicts.raise(tx, id, audience, alert.severity());
      Outbox.say(tx, Kind.RAISED, Channel.APP, id, alert, audience, now);
      Escalation.begin(tx, id, alert, audience, now);
    } else {
      decide(tx, id, alert, audience, now, false);
    }
  }

  private static void decide(
      Transaction tx, UUID id, Alert alert, Audience audience, Instant now, boolean resumed) {
    LocalDate day = today(tx, alert.community(), now);
    Verdict verdict =
        NotificationPolicy.decide(
            new Situation(
                alert,
                audience,
                now,
                resumed,
                Holds.find(tx, alert, audience, now, resumed),
                Verdicts.told(tx, alert, audience, day),
                Budgets.perDay(tx, alert.community(), audience)));
    UUID digest = null;
    if (verdict.counted()) {
      Digests.Counted counted = Digests.count(tx, alert, audience, verdict, day, now);
      digest = counted.id();
      if (counted.alerts() == 1 && USED_UP.contains(verdict.reason())) {
        Outbox.sayUsedUp(tx, alert, audience, alert.severity(), now);
      }
    }
    Verdicts.save(tx, id, alert, audience, verdict, digest, day, now);
    if (verdict.outcome() == Outcome.TOLD) {
      Outbox.say(tx, Kind.ALERT, Channel.APP, id, alert, audience, now);
      Escalation.begin(tx, id, alert, audience, now);
    }
  }

  private static LocalDate today(Transaction tx, String community, Instant now) {
    String zone =
        tx.query("select time_zone from site.community where id = :id")
            .bind("id", community)
            .mapTo(String.class)
            .findOne()
            .orElse("");
    return Days.of(now, zone);
  }
}
