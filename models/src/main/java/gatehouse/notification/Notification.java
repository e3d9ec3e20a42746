package gatehouse.notification;

import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to say to one audience (通知). It goes to Kafka for whoever places calls and sends
 * pushes; a notification that is read twice has the same id. It names no plate, no face and no
 * phone number: whoever may know more reads the alert.
 *
 * @param id its id
 * @param kind what is said
 * @param channel how
 * @param alert id of the alert; null if it is about several
 * @param model the model, empty if it is about several
 * @param community the community
 * @param place id of the place, empty if it is about several
 * @param severity how urgent
 * @param audience to whom
 * @param persons ids in the registry of those it is for, {@code *} alone for all who live there;
 *     empty for audiences that have people on duty, or if nobody is known
 * @param alerts about how many alerts
 * @param at when it was decided
 */
public record Notification(
    String id,
    Kind kind,
    Channel channel,
    @Nullable String alert,
    String model,
    String community,
    String place,
    Severity severity,
    Audience audience,
    List<String> persons,
    int alerts,
    Instant at) {

  /** What is said. */
  public enum Kind {
    /** There is an alert. */
    ALERT,
    /** It is more urgent than was said. */
    RAISED,
    /** Nobody has taken it yet. */
    ESCALATED,
    /** It was taken back: nothing to do. */
    WITHDRAWN,
    /** Somebody has taken it: stop calling. */
    STOPPED,
    /** The alerts of a day are used up; further ones are counted. */
    BUDGET,
    /** What was counted in a day. */
    DIGEST
  }
}
