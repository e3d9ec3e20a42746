package gatehouse.api.door;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A door as somebody sees it.
 *
 * @param heldUntil until when somebody on duty holds it released; null: nobody does
 * @param lockdown whether any lockdown holds it closed
 * @param lockdowns the levels of those that do, the widest first
 */
public record DoorView(
    String id,
    String name,
    String community,
    String communityName,
    String place,
    Position state,
    boolean online,
    @Nullable Instant lastSeen,
    boolean mayOpen,
    @Nullable Instant heldUntil,
    boolean lockdown,
    List<LockdownLevel> lockdowns) {

  /** What the door last reported. */
  public enum Position {
    OPEN,
    CLOSED,
    LOCKED,
    UNKNOWN
  }
}
