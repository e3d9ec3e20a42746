package gatehouse.alert;

import java.time.Instant;
import java.util.List;

/**
 * What one finding brought into an episode; kept so that it can be taken back.
 *
 * @param trigger the event that made the model conclude
 * @param at when
 * @param severity how urgent it made the alert
 * @param score how likely
 * @param coverage whether the sensors were healthy
 * @param evidence the events
 */
public record Contribution(
    String trigger,
    Instant at,
    Severity severity,
    double score,
    Coverage coverage,
    List<Evidence> evidence) {}
