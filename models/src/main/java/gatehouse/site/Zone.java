package gatehouse.site;

import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * An area (区域) that places lead into and out of.
 *
 * @param id unique in the community
 * @param name shown to people
 * @param antiPassback how passages that do not add up are judged
 * @param resetAt local time at which it is forgotten who is inside; null: never by the clock
 * @param noTailgating whether nobody may slip through behind somebody else
 * @param sensitivity 0 open, 1 private, 2 restricted, 3 critical (plant room, server room)
 * @param allowedStay how long a subject may stay; null: no limit
 * @param use what the area is for
 * @param capacity how many people the fire certificate allows; null: not certified
 */
public record Zone(
    String id,
    String name,
    AntiPassback antiPassback,
    @Nullable LocalTime resetAt,
    boolean noTailgating,
    int sensitivity,
    @Nullable Duration allowedStay,
    Use use,
    @Nullable Integer capacity) {

  /** What an area is for. */
  public enum Use {
    GENERAL,
    LOBBY,
    CORRIDOR,
    GARAGE,
    BICYCLE_SHED,
    PLANT_ROOM,
    ROOF,
    PERIMETER,
    /** Must be kept free for the fire brigade. */
    FIRE_LANE;

    /** Whether nobody has a reason to dwell there. */
    public boolean closed() {
      return this == PLANT_ROOM || this == ROOF || this == GARAGE || this == PERIMETER;
    }
  }

  /** An area for nothing in particular. */
  public Zone(
      String id,
      String name,
      AntiPassback antiPassback,
      @Nullable LocalTime resetAt,
      boolean noTailgating,
      int sensitivity,
      @Nullable Duration allowedStay) {
    this(
        id, name, antiPassback, resetAt, noTailgating, sensitivity, allowedStay, Use.GENERAL, null);
  }

  /** The same area for this use. */
  public Zone usedAs(Use other) {
    return new Zone(
        id, name, antiPassback, resetAt, noTailgating, sensitivity, allowedStay, other, capacity);
  }

  /** The same area, certified for so many people. */
  public Zone certifiedFor(int people) {
    return new Zone(
        id, name, antiPassback, resetAt, noTailgating, sensitivity, allowedStay, use, people);
  }

  /** How strictly in and out must alternate. */
  public enum AntiPassback {
    /** Not judged: the zone has no exit readers, or nobody cares. */
    NONE,
    /** Evidence is gathered; an alert needs more than one passage that does not add up. */
    SOFT,
    /** House rule: every passage that does not add up is an alert. */
    STRICT
  }

  /** A zone without rules. */
  public static Zone open(String id) {
    return new Zone(id, id, AntiPassback.NONE, null, false, 0, null);
  }
}
