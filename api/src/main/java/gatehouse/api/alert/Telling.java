package gatehouse.api.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the reader's audience was told of an alert, and why or why not.
 *
 * @param cause id of the silence or of the alert that holds it back; empty if there is none
 * @param toldAt when they were told
 */
public record Telling(Outcome outcome, Reason reason, String cause, @Nullable Instant toldAt) {

  /** What happened. */
  public enum Outcome {
    /** They were told. */
    TOLD,
    /** It was counted in a digest. */
    DIGESTED,
    /** It was counted in a digest, and is told if it still stands when the reason ends. */
    HELD,
    /** Too old to call anybody. */
    EXPIRED,
    /** Found afterwards. */
    HISTORIC
  }

  /** Why. */
  public enum Reason {
    /** Somebody may be in danger: nothing holds it back. */
    NEVER_SUPPRESSED,
    /** P1: told whatever the budget is. */
    MOST_URGENT,
    /** The budget of the day is not used up. */
    WITHIN_BUDGET,
    /** A silence that the audience set. */
    SILENCE,
    /** A maintenance window that the audience set. */
    MAINTENANCE,
    /** Another alert stands, from which it follows. */
    INHIBITED,
    /** P4: for the list only. */
    LOW_SEVERITY,
    /** The most that one subject may raise a day. */
    SUBJECT_CAP,
    /** The most that a model may raise in a community a day. */
    COMMUNITY_CAP,
    /** The part of the budget that one model may use. */
    MODEL_SHARE,
    /** The budget of the day is used up. */
    BUDGET,
    /** Concluded too long ago. */
    STALE,
    /** Found when late events had come. */
    LATE_EVENTS
  }

  static @Nullable Telling read(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    if (outcome == null) {
      return null;
    }
    Timestamp told = row.getTimestamp("told_at");
    return new Telling(
        Outcome.valueOf(outcome),
        Reason.valueOf(row.getString("reason")),
        row.getString("cause"),
        told == null ? null : told.toInstant());
  }
}
