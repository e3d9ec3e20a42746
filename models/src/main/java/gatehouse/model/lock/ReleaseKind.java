package gatehouse.model.lock;

import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DoorEvent;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import org.jspecify.annotations.Nullable;

/** What released a lock; a door may report its lock after some of them only. */
public enum ReleaseKind {
  /** A credential or plate was granted. */
  GRANT,
  EXIT_REQUEST,
  REMOTE,
  KEY,
  /** A scheduled release ended: from then on it must be locked. */
  SCHEDULE_END,
  /** The lock reported to be unlocked, and nothing said why. */
  UNLOCKED;

  /** How the event releases the lock for one passage; null: it does not. */
  public static @Nullable ReleaseKind of(DeviceEvent event) {
    if (event instanceof AccessEvent access) {
      boolean remote = access.credentialType() == CredentialType.REMOTE;
      return access.passed() ? (remote ? REMOTE : GRANT) : null;
    } else if (event instanceof PlateRead read) {
      return read.outcome() == Outcome.GRANTED ? GRANT : null;
    } else if (event instanceof DoorEvent door) {
      return switch (door.change()) {
        case REQUEST_TO_EXIT -> EXIT_REQUEST;
        case REMOTE_RELEASE -> REMOTE;
        case KEY_RELEASE -> KEY;
        case SCHEDULED_END -> SCHEDULE_END;
        case UNLOCKED -> UNLOCKED;
        default -> null;
      };
    }
    return null;
  }
}
