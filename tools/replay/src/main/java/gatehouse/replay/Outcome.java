package gatehouse.replay;

import gatehouse.alert.Alert;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What came of a replay.
 *
 * @param sent events that were sent
 * @param published events that the intake published, each counted once
 * @param rejected events that the intake refused, each counted once
 * @param refusals how often the intake gave each reason
 * @param modelFailures how often a model failed, by model and reason
 * @param drained whether event time has come to the end in the whole pipeline
 * @param alerts every alert in its last revision, by first event time
 * @param seconds how long the events took
 */
record Outcome(
    int sent,
    int published,
    int rejected,
    Map<String, Integer> refusals,
    Map<String, Integer> modelFailures,
    boolean drained,
    List<Alert> alerts,
    double seconds) {

  /** The same with only such alerts. */
  Outcome only(Predicate<Alert> wanted) {
    return new Outcome(
        sent,
        published,
        rejected,
        refusals,
        modelFailures,
        drained,
        alerts.stream().filter(wanted).toList(),
        seconds);
  }

  /** Whether every event that was sent was published or refused. */
  boolean balanced() {
    return sent == published + rejected;
  }
}
