package gatehouse.event;

import gatehouse.fact.Required;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A camera followed somebody or something in a zone, or counted passages.
 *
 * @param track the camera's own id of the track; means nothing elsewhere
 * @param kind what was seen
 * @param enteredAt when it came into the zone, if reported
 * @param leftAt when it left the zone, if it did
 * @param count how many; 1 for a single track
 * @param confidence 0..1
 * @param direction which way it crossed, if it did
 * @param subjectType class of the subject as the log gives it; empty if unknown
 */
public record TrackSighting(
    Origin origin,
    @Required String track,
    @Required Kind kind,
    @Nullable Instant enteredAt,
    @Nullable Instant leftAt,
    int count,
    double confidence,
    Direction direction,
    String subjectType)
    implements DeviceEvent {

  /** What a camera tells apart. */
  public enum Kind {
    PERSON,
    VEHICLE,
    BICYCLE,
    E_BIKE,
    WHEELCHAIR,
    PRAM,
    OBJECT
  }

  @Override
  public TrackSighting withOrigin(Origin other) {
    return new TrackSighting(
        other, track, kind, enteredAt, leftAt, count, confidence, direction, subjectType);
  }

  /** The same with coming and leaving this much later, for a clock whose error is known. */
  public TrackSighting shifted(Duration by) {
    return new TrackSighting(
        origin,
        track,
        kind,
        enteredAt == null ? null : enteredAt.plus(by),
        leftAt == null ? null : leftAt.plus(by),
        count,
        confidence,
        direction,
        subjectType);
  }
}
