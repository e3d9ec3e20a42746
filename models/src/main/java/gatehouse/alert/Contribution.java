package gatehouse.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one finding brought into an episode; kept so that it can be taken back.
 *
 * @param trigger the event that made the model conclude; empty: several that stay for good
 * @param at when
 * @param severity how urgent it made the alert
 * @param score how likely
 * @param coverage whether the sensors were healthy
 * @param evidence the events
 * @param audiences who may see it
 */
public record Contribution(
    String trigger,
    Instant at,
    Severity severity,
    double score,
    Coverage coverage,
    List<Evidence> evidence,
    Set<Audience> audiences) {

  /** This one and the next as one that can no longer be taken back, with the newest evidence. */
  Contribution settledWith(Contribution next, int evidenceLimit) {
    List<Evidence> all = new ArrayList<>(evidence);
    all.addAll(next.evidence);
    Set<Audience> both = EnumSet.noneOf(Audience.class);
    both.addAll(audiences);
    both.addAll(next.audiences);
    return new Contribution(
        "",
        next.at,
        severity.orWorse(next.severity),
        Math.max(score, next.score),
        coverage.compareTo(next.coverage) > 0 ? coverage : next.coverage,
        List.copyOf(all.subList(Math.max(0, all.size() - evidenceLimit), all.size())),
        both);
  }
}
