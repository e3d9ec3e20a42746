package gatehouse.event;

import gatehouse.fact.Required;

/**
 * A door's contact, lock or release changed. The door is the place.
 *
 * @param change what changed
 */
public record DoorEvent(Origin origin, @Required Change change) implements DeviceEvent {

  /** What a door can report. */
  public enum Change {
    /** The contact opened. */
    OPENED,
    /** The contact closed. */
    CLOSED,
    LOCKED,
    UNLOCKED,
    /** Somebody inside pressed the exit button or was seen by the exit sensor. */
    REQUEST_TO_EXIT,
    /** Released by a remote command. */
    REMOTE_RELEASE,
    /** Released by a schedule or held open on purpose. */
    SCHEDULED_RELEASE,
    /** The schedule or hold ended. */
    SCHEDULED_END,
    /** Released by the fire panel. */
    FIRE_RELEASE,
    /** Opened with a mechanical key. */
    KEY_RELEASE
  }

  @Override
  public DoorEvent withOrigin(Origin other) {
    return new DoorEvent(other, change);
  }
}
