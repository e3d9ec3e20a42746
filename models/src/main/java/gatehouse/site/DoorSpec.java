package gatehouse.site;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is fitted at a door.
 *
 * @param contact whether it reports open and closed
 * @param requestToExit whether leaving is reported by a button or sensor
 * @param mechanicalKey whether a key opens it without a report
 * @param fireDoor whether it must not stand open
 * @param openLimit how long it may stand open; null: the model's default
 */
public record DoorSpec(
    boolean contact,
    boolean requestToExit,
    boolean mechanicalKey,
    boolean fireDoor,
    @Nullable Duration openLimit) {

  /** An ordinary door with contact and exit button. */
  public static final DoorSpec STANDARD = new DoorSpec(true, true, false, false, null);

  /** A place with no door leaf. */
  public static final DoorSpec NONE = new DoorSpec(false, false, false, false, null);
}
