package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.fact.DerivedFact;
import gatehouse.site.Place;
import gatehouse.site.Zone;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody passed the border of a judged zone, seen or unseen.
 *
 * @param id of the event and the zone
 * @param community the community
 * @param time when the passage that tells of it was known to have happened
 * @param zone the zone whose border was crossed
 * @param kind whether it adds up, and if not, how
 * @param timed whether it follows a use in the same direction too soon
 * @param subjectType credential, plate, tag or track
 * @param subject its id
 * @param person the person behind it, if the device knows
 * @param place where
 * @param use the passage itself
 * @param before the passage before it
 * @param beforePlaceName where that was
 * @param recent the subject's judged passages at this zone, oldest first, this one included; only
 *     where this one does not add up
 */
public record ZoneCrossing(
    String id,
    String community,
    Instant time,
    Zone zone,
    Kind kind,
    boolean timed,
    String subjectType,
    String subject,
    @Nullable String person,
    Place place,
    Evidence use,
    Evidence before,
    String beforePlaceName,
    List<Pair> recent)
    implements DerivedFact {

  @Override
  public Place settingsPlace() {
    return place;
  }

  /** Whether in and out alternate. */
  public enum Kind {
    /** In, then out, both seen. */
    CLEAN,
    /** Into the zone, though nobody saw the subject leave it. */
    IN_WHILE_INSIDE,
    /** Out of the zone, though nobody saw the subject enter it. */
    OUT_WHILE_OUTSIDE,
    /** At a place outside the zone, though nobody saw the subject leave it. */
    ELSEWHERE_WHILE_INSIDE,
    /** At a place deep in the zone, though nobody saw the subject enter it. */
    INSIDE_WITHOUT_IN,
    /** The same direction again too soon, where nothing else is known. */
    REUSED
  }

  /**
   * Two passages after each other that were judged.
   *
   * @param zone the zone
   * @param from time of the first
   * @param to time of the second
   * @param clean whether they add up
   * @param timed whether the second came too soon
   */
  public record Pair(String zone, Instant from, Instant to, boolean clean, boolean timed) {}
}
