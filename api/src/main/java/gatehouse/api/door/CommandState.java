package gatehouse.api.door;

import java.util.EnumSet;
import java.util.Set;

/** How far a door command has come. Each state says what was proved, never more. */
public enum CommandState {
  /** Somebody asked. */
  REQUESTED,
  /** The right was there. */
  AUTHORISED,
  /** The broker gave it to the door's connection. */
  SENT,
  /** The door has verified it and will carry it out. */
  DEVICE_ACK,
  /** The door has released its lock. */
  RELEASED,
  /** The door's contact opened. */
  OPENED,
  /** The door is closed and locked again. */
  RELOCKED,
  /** Refused, by the platform or by the door. */
  DENIED,
  /** The door is not connected: nothing was sent, nothing waits for it. */
  DOOR_OFFLINE,
  /** Its time ended before it could be carried out: it will never be. */
  EXPIRED,
  /** It was sent and no answer came: nobody can say whether the door opened. */
  UNKNOWN;

  private static final Set<CommandState> FAILURES =
      EnumSet.of(DENIED, DOOR_OFFLINE, EXPIRED, UNKNOWN);

  /** Whether nothing will change any more. */
  public boolean isFinal() {
    return this == RELOCKED || FAILURES.contains(this);
  }

  /** Whether the door proved that it carried the command out. */
  public boolean isProved() {
    return this == RELEASED || this == OPENED || this == RELOCKED;
  }

  /** Whether the door has not said anything yet. */
  boolean isUnanswered() {
    return compareTo(DEVICE_ACK) < 0;
  }

  /** From which states a command may come to this one. */
  Set<CommandState> from() {
    return switch (this) {
      case REQUESTED -> EnumSet.noneOf(CommandState.class);
      case AUTHORISED -> EnumSet.of(REQUESTED);
      case SENT, DOOR_OFFLINE -> EnumSet.of(AUTHORISED);
      case DEVICE_ACK -> EnumSet.of(AUTHORISED, SENT);
      case RELEASED -> EnumSet.of(AUTHORISED, SENT, DEVICE_ACK);
      case OPENED -> EnumSet.of(AUTHORISED, SENT, DEVICE_ACK, RELEASED);
      case RELOCKED -> EnumSet.of(AUTHORISED, SENT, DEVICE_ACK, RELEASED, OPENED);
      case DENIED, EXPIRED -> EnumSet.of(REQUESTED, AUTHORISED, SENT);
      case UNKNOWN -> EnumSet.of(AUTHORISED, SENT, DEVICE_ACK);
    };
  }
}
