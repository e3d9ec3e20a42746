package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.api.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Puts the steps of an alert's chain into the database, where they wait. */
final class Escalation {

  private Escalation() {}

  /**
   * Again is as good as once: a step that waits or is done stays as it is. Only a chain that ended
   * with the condition begins anew with it.
   */
  static void begin(Transaction tx, UUID id, Alert alert, Audience audience, Instant now) {
    if (alert.state() != AlertState.OPEN && EscalationChain.endsWithCondition(alert.model())) {
      return;
    }
    List<EscalationChain.Step> steps = EscalationChain.steps(alert, audience);
    for (int i = 0; i < steps.size(); i++) {
      tx.update(
              """
              insert into notification.step as s
                (alert, audience, number, community, channel, due_at)
              values (:alert, :audience, :number, :community, :channel, :due)
              on conflict (alert, audience, number) do update
                set state = 'WAITING', why = '', settled_at = null, due_at = excluded.due_at
                where s.why = 'CONDITION_ENDED'
              """)
          .bind("alert", id)
          .bind("audience", audience.name())
          .bind("number", i + 1)
          .bind("community", alert.community())
          .bind("channel", steps.get(i).channel().name())
          .bind("due", now.plus(steps.get(i).after()))
          .execute();
    }
  }

  /** The alert was taken back, or its condition has ended and the chain ends with it. */
  static void stop(Transaction tx, UUID id, Alert alert) {
    boolean retracted = alert.state() == AlertState.RETRACTED;
    if (retracted || EscalationChain.endsWithCondition(alert.model())) {
      tx.update(
              """
              update notification.step set state = 'STOPPED', why = :why,
                settled_at = clock_timestamp()
              where alert = :alert and state = 'WAITING'
              """)
          .bind("why", retracted ? "RETRACTED" : "CONDITION_ENDED")
          .bind("alert", id)
          .execute();
    }
  }
}
