package gatehouse.api.door;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A door as somebody sees it.
 *
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
