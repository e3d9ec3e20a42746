package gatehouse.api.notification;

import gatehouse.api.alert.Telling.Outcome;
import gatehouse.api.alert.Telling.Reason;

/**
 * Whether an audience is told of an alert, and why or why not.
 *
 * @param cause id of the silence or of the alert that holds it back; empty if there is none
 */
record Verdict(Outcome outcome, Reason reason, String cause) {

  static Verdict told(Reason reason) {
    return new Verdict(Outcome.TOLD, reason, "");
  }

  static Verdict digested(Reason reason) {
    return new Verdict(Outcome.DIGESTED, reason, "");
  }

  static Verdict held(Reason reason, String cause) {
    return new Verdict(Outcome.HELD, reason, cause);
  }

  /** Whether a digest counts it. */
  boolean counted() {
    return outcome == Outcome.DIGESTED || outcome == Outcome.HELD;
  }
}
