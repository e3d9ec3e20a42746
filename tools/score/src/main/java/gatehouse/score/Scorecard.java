package gatehouse.score;

import gatehouse.labelled.CitySettings;
import java.time.Duration;
import java.util.List;

/**
 * The scorecard.
 *
 * @param settings of the first city; the others differ by seed only
 * @param seeds which cities
 * @param models the scores of the models that were run
 * @param naive those of the naive rules beside them
 * @param overall all models together
 * @param mistakes what the models got wrong, one by one
 * @param facts how many facts were looked at
 * @param took how long it took
 */
public record Scorecard(
    CitySettings settings,
    List<Long> seeds,
    List<ModelScore> models,
    List<ModelScore> naive,
    Overall overall,
    List<Mistakes> mistakes,
    long facts,
    Duration took) {}
