package gatehouse.alert;

import java.time.Instant;
import java.util.List;

/**
 * The state of an episode between findings.
 *
 * @param alert its newest revision, whether published or not
 * @param published the revision that was published last
 * @param publishedAt event time of that
 * @param contributions what makes it up, oldest first
 */
public record Episode(
    Alert alert, int published, Instant publishedAt, List<Contribution> contributions) {}
