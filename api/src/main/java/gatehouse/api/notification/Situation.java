package gatehouse.api.notification;

import gatehouse.alert.Alert;
import gatehouse.alert.Audience;
import gatehouse.api.alert.Telling;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the policy decides from.
 *
 * @param now when it decides
 * @param resumed whether the alert was held back until now
 * @param hold what holds it back, if anything does
 * @param told what the audience was told today, there
 * @param budget alerts a day that the audience wants to be told of there; null: as many as come
 */
record Situation(
    Alert alert,
    Audience audience,
    Instant now,
    boolean resumed,
    @Nullable Hold hold,
    Told told,
    @Nullable Integer budget) {

  /** Something that holds an alert back. */
  record Hold(Telling.Reason reason, String cause) {}

  /**
   * How many alerts were told today.
   *
   * @param ofSubject of the model about the subject
   * @param ofModel of the model
   * @param all of all models
   */
  record Told(int ofSubject, int ofModel, int all) {}
}
