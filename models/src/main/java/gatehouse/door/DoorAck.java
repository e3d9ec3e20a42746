package gatehouse.door;

import java.time.Instant;

/**
 * What a door answers, on its own acknowledgement topic.
 *
 * @param command id of the command; empty if it could not be read
 * @param stage how far the door has come
 * @param reason why it refused; {@link Refusal#NONE} otherwise
 * @param at the door's clock
 */
public record DoorAck(String command, Stage stage, Refusal reason, Instant at) {

  /** How far the door has come; each is proved by the door itself. */
  public enum Stage {
    /** Received, verified, will be carried out. */
    ACCEPTED,
    /** The lock was released. */
    RELEASED,
    /** The contact opened. */
    OPENED,
    /** Closed and locked again. */
    RELOCKED,
    /** Not carried out, see the reason. */
    REFUSED
  }

  /** Why a door refuses. */
  public enum Refusal {
    NONE,
    /** Not a command, or not in this version's form. */
    MALFORMED,
    /** The signature is not the platform's. */
    BAD_SIGNATURE,
    /** For another door. */
    WRONG_DOOR,
    /** Its time is over. */
    EXPIRED,
    /** Issued in the door's future, or valid for longer than a command may be. */
    NOT_YET_VALID,
    /** Carried out before. */
    REPEATED,
    /** The door is held locked on site. */
    LOCKED_ON_SITE,
    /** The fire panel has released the door: it does not lock. */
    FIRE_RELEASE
  }
}
