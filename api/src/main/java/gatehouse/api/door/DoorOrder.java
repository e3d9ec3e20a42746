package gatehouse.api.door;

import gatehouse.door.DoorCommand.Action;
import gatehouse.registry.RemoteOpenRequest.Capacity;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a door.
 *
 * @param capacity for themselves, or on duty
 * @param purpose why, as somebody on duty said it; empty for oneself
 * @param holdUntil until when the door stays released, for a hold
 */
record DoorOrder(Action action, Capacity capacity, String purpose, @Nullable Instant holdUntil) {

  /** Opens a door for oneself. */
  static final DoorOrder OPEN = new DoorOrder(Action.OPEN, Capacity.USER, "", null);

  /** Opens a door on duty. */
  static DoorOrder openOnDuty(String purpose) {
    return new DoorOrder(Action.OPEN, Capacity.ADMIN, purpose, null);
  }

  /** Holds a door released until a time. */
  static DoorOrder hold(String purpose, Instant until) {
    return new DoorOrder(Action.HOLD, Capacity.ADMIN, purpose, until);
  }

  /** Ends a hold. */
  static DoorOrder lock(String purpose) {
    return new DoorOrder(Action.LOCK, Capacity.ADMIN, purpose, null);
  }

  boolean onDuty() {
    return capacity == Capacity.ADMIN;
  }

  /** Whether a lockdown forbids it, and how often it may be asked for is limited. */
  boolean opens() {
    return action != Action.LOCK;
  }

  /** Name in the audit log, e.g. door.open.admin. */
  String auditAction() {
    return "door."
        + action.name().toLowerCase(Locale.ROOT)
        + (onDuty() && action == Action.OPEN ? ".admin" : "");
  }
}
