package gatehouse.site;

import gatehouse.event.Direction;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A point (点位) where subjects pass or are seen: a gate, a door, a turnstile, a checkpoint, a lift.
 *
 * @param id unique in the community
 * @param kind what it is
 * @param name shown to people; empty: the id
 * @param building the building, empty if none
 * @param communityClass class of the community, for settings; empty if none
 * @param timeZone IANA zone in which rules and resets are meant; empty: UTC
 * @param from zones one is in before passing IN, outermost first
 * @param to zones one is in after passing IN, outermost first
 * @param position where it is, if known
 * @param door what is fitted
 * @param rules who may pass, and when; empty: everybody
 * @param ways least travel time to other places, by place id
 */
public record Place(
    String id,
    Kind kind,
    String name,
    String building,
    String communityClass,
    String timeZone,
    List<Zone> from,
    List<Zone> to,
    @Nullable Position position,
    DoorSpec door,
    List<PassRule> rules,
    Map<String, Duration> ways) {

  /** What a place is. */
  public enum Kind {
    DOOR,
    TURNSTILE,
    VEHICLE_GATE,
    FACE_CHECKPOINT,
    LIFT,
    POLE,
    CAMERA,
    ROOM,
    OTHER
  }

  /** A place of which only the id is known, as on the wire. */
  public static Place of(String id) {
    return new Place(
        id,
        Kind.OTHER,
        "",
        "",
        "",
        "",
        List.of(),
        List.of(),
        null,
        DoorSpec.NONE,
        List.of(),
        Map.of());
  }

  /** The time zone in which rules and resets are meant. */
  public ZoneId zone() {
    return timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
  }

  /** The zones a subject is in after passing in this direction, outermost first. */
  public List<Zone> after(Direction direction) {
    return direction == Direction.OUT ? from : to;
  }

  /** The zones a subject must have been in to pass in this direction, outermost first. */
  public List<Zone> before(Direction direction) {
    return direction == Direction.OUT ? to : from;
  }
}
