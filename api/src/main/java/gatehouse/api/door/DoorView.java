package gatehouse.api.door;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A door as somebody sees it. */
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
    boolean lockdown) {

  /** What the door last reported. */
  public enum Position {
    OPEN,
    CLOSED,
    LOCKED,
    UNKNOWN
  }
}
