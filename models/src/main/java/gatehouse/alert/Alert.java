package gatehouse.alert;

import gatehouse.event.ClockQuality;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An alert (预警): one episode of one model, in one of its revisions. The same history gives the same
 * id, so a revision that is published again after a restart replaces itself.
 *
 * @param id UUIDv5 of model, major version, community, episode and its first event's time
 * @param revision 1, 2, ...; the highest counts
 * @param state whether the condition lasts
 * @param model the model's id
 * @param modelVersion its major version
 * @param community the community
 * @param place id of the place
 * @param episode what the episode is about
 * @param subjects who or what it is about
 * @param severity the worst of the episode
 * @param audiences who may see it
 * @param firstEventTime the first event's time
 * @param lastEventTime the last evidence's time
 * @param detectedAt event time at which the model first concluded
 * @param closedAt when it closed or was retracted
 * @param explanation why, from the newest evidence
 * @param closing why it closed or was retracted
 * @param stoppedBy code of what would have stopped it
 * @param evidence the newest pieces of evidence, at most {@value Episodes#EVIDENCE_LIMIT}
 * @param occurrences how many findings make up the episode
 * @param score the highest score
 * @param coverage the weakest coverage
 * @param clock the worst clock among the evidence
 * @param settings the settings in force at the newest evidence
 * @param attention whether people are told of it
 */
public record Alert(
    String id,
    int revision,
    AlertState state,
    String model,
    int modelVersion,
    String community,
    String place,
    String episode,
    List<Subject> subjects,
    Severity severity,
    Set<Audience> audiences,
    Instant firstEventTime,
    Instant lastEventTime,
    Instant detectedAt,
    @Nullable Instant closedAt,
    Explanation explanation,
    @Nullable Explanation closing,
    String stoppedBy,
    List<Evidence> evidence,
    int occurrences,
    double score,
    Coverage coverage,
    ClockQuality clock,
    Map<String, String> settings,
    Attention attention) {

  /** The next revision in another state. */
  public Alert ended(AlertState as, Instant when, Explanation because) {
    return new Alert(
        id,
        revision + 1,
        as,
        model,
        modelVersion,
        community,
        place,
        episode,
        subjects,
        severity,
        audiences,
        firstEventTime,
        lastEventTime,
        detectedAt,
        when,
        explanation,
        because,
        stoppedBy,
        evidence,
        occurrences,
        score,
        coverage,
        clock,
        settings,
        attention);
  }

  /** The same with another attention. */
  public Alert asking(Attention other) {
    return with(revision, audiences, other);
  }

  /** The same as another revision. */
  public Alert revised(int number) {
    return with(number, audiences, attention);
  }

  /** The same for other audiences. */
  public Alert to(Set<Audience> others) {
    return with(revision, others, attention);
  }

  private Alert with(int number, Set<Audience> others, Attention other) {
    return new Alert(
        id,
        number,
        state,
        model,
        modelVersion,
        community,
        place,
        episode,
        subjects,
        severity,
        others,
        firstEventTime,
        lastEventTime,
        detectedAt,
        closedAt,
        explanation,
        closing,
        stoppedBy,
        evidence,
        occurrences,
        score,
        coverage,
        clock,
        settings,
        other);
  }
}
