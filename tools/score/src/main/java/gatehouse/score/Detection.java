package gatehouse.score;

import gatehouse.alert.Alert;
import gatehouse.alert.Explanation;
import gatehouse.alert.Subject;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * Something that was found, by a model or by a naive rule.
 *
 * @param model id of the model
 * @param community where
 * @param who ids of subjects, and the place
 * @param from when it begins
 * @param to when it ends
 * @param detectedAt event time at which it was found
 * @param score 0..1
 * @param why what the model says of it; empty: nothing
 */
public record Detection(
    String model,
    String community,
    Set<String> who,
    Instant from,
    Instant to,
    Instant detectedAt,
    double score,
    String why) {

  /** An alert as a detection. */
  static Detection of(Alert alert) {
    Set<String> who = new HashSet<>();
    for (Subject subject : alert.subjects()) {
      who.add(subject.id());
    }
    who.add(alert.place());
    Instant closed = alert.closedAt();
    Instant to = closed == null ? alert.lastEventTime() : closed;
    return new Detection(
        alert.model(),
        alert.community(),
        Set.copyOf(who),
        alert.firstEventTime(),
        to.isBefore(alert.detectedAt()) ? alert.detectedAt() : to,
        alert.detectedAt(),
        alert.score(),
        why(alert.explanation()));
  }

  private static String why(Explanation explanation) {
    return explanation.code() + ' ' + new TreeMap<>(explanation.values());
  }

  /** What a rule without memory of episodes finds: a moment. */
  public static Detection moment(String model, String community, Set<String> who, Instant at) {
    return new Detection(model, community, who, at, at, at, 1, "");
  }
}
