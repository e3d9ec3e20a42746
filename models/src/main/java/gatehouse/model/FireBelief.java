package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.fact.DerivedFact;
import gatehouse.site.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sensors of a place together say of a fire there, from a moment on.
 *
 * @param id of the place and the reading it rests on
 * @param community the community
 * @param time from when it holds
 * @param place the place
 * @param logOdds natural logarithm of the odds of a fire
 * @param level what that amounts to, once it has lasted
 * @param since since when it has amounted to more than nothing; null: it does not
 * @param alarming whether a detector there is in alarm by its last word
 * @param tested whether a permit announces a test or work there
 * @param smoke standard deviations of smoke above the usual
 * @param rise of temperature, degrees a minute
 * @param temperature degrees Celsius; null: not measured
 * @param carbonMonoxide parts per million; null: not measured
 * @param evidence the newest reading of each sensor that counts
 */
public record FireBelief(
    String id,
    String community,
    Instant time,
    Place place,
    double logOdds,
    Level level,
    @Nullable Instant since,
    boolean alarming,
    boolean tested,
    double smoke,
    double rise,
    @Nullable Double temperature,
    @Nullable Double carbonMonoxide,
    List<Evidence> evidence)
    implements DerivedFact {

  /** How much speaks for a fire. */
  public enum Level {
    NONE,
    /** Worth a look. */
    PRE_ALARM,
    FIRE
  }
}
