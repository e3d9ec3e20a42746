package gatehouse.model.door;

import gatehouse.registry.Permit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Permits that name a door and explain what happens there: maintenance, a drill, somebody moving.
 *
 * @param windows at most {@value #LIMIT}, the newest at the end
 */
public record DoorPermits(List<Window> windows) {

  /** No permit known. */
  public static final DoorPermits NONE = new DoorPermits(List.of());

  /** Work on the door itself, or a rehearsed alarm: its contact means nothing. */
  public static final Set<String> DOOR_UNDER_WORK = Set.of("maintenance", "drill");

  /** The door may stand open. */
  public static final Set<String> DOOR_MAY_STAND_OPEN = Set.of("maintenance", "drill", "moving");

  private static final int LIMIT = 8;

  /**
   * One permit's time.
   *
   * @param permit its id
   * @param from from when
   * @param to until when, exclusive; null: open end
   */
  public record Window(String permit, Instant from, @Nullable Instant to) {

    private boolean covers(Instant time) {
      return !time.isBefore(from) && (to == null || time.isBefore(to));
    }
  }

  /** The same with a permit; a newer version of one replaces the older. */
  public DoorPermits with(Permit permit) {
    List<Window> next = new ArrayList<>(windows);
    next.removeIf(window -> window.permit().equals(permit.permit()));
    next.add(new Window(permit.permit(), permit.entry().validFrom(), permit.entry().validTo()));
    if (next.size() > LIMIT) {
      next.remove(0);
    }
    return new DoorPermits(List.copyOf(next));
  }

  /** Whether some permit holds at this time. */
  public boolean cover(Instant time) {
    return windows.stream().anyMatch(window -> window.covers(time));
  }

  /** When the first of the permits that hold at this time ends; null: none does, or none ends. */
  public @Nullable Instant nextEnd(Instant time) {
    return windows.stream()
        .filter(window -> window.covers(time))
        .map(Window::to)
        .filter(end -> end != null)
        .min(Instant::compareTo)
        .orElse(null);
  }
}
