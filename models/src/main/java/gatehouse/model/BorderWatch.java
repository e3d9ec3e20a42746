package gatehouse.model;

import gatehouse.alert.Coverage;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.DoorEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a zone's border could be crossed without being seen: a device there did not work, or a door
 * was released to everybody.
 *
 * @param reported whether any device of the border reported its state yet
 * @param gaps such times, in order of their beginning, the oldest forgotten
 */
public record BorderWatch(boolean reported, List<Gap> gaps) {

  private static final int GAPS = 64;

  /** Nothing reported yet. */
  static final BorderWatch NEW = new BorderWatch(false, List.of());

  /**
   * A time in which the border was blind.
   *
   * @param source the device, or the released door's place
   * @param from since when
   * @param to until when; null: it lasts
   */
  public record Gap(String source, Instant from, @Nullable Instant to) {

    boolean overlaps(Instant start, Instant end) {
      return !from.isAfter(end) && (to == null || !to.isBefore(start));
    }
  }

  /** Whether the event can begin or end a gap. */
  static boolean concerns(DeviceEvent event) {
    return event instanceof DeviceStatus || (event instanceof DoorEvent door && change(door) != 0);
  }

  /** What is known after the event. */
  BorderWatch after(DeviceEvent event) {
    if (event instanceof DeviceStatus status) {
      boolean works =
          switch (status.state()) {
            case ONLINE, DEGRADED -> true;
            case OFFLINE, MAINTENANCE -> false;
          };
      return new BorderWatch(true, changed(status.device(), works, status.time()));
    }
    if (event instanceof DoorEvent door && change(door) != 0) {
      return new BorderWatch(reported, changed(door.place().id(), change(door) < 0, door.time()));
    }
    return this;
  }

  /** What is known after the health of a device of the border was measured. */
  BorderWatch after(DeviceHealth health) {
    // A source of its own: a heartbeat does not end what was measured.
    Instant at = health.sees() ? health.time() : health.since();
    return new BorderWatch(true, changed("health/" + health.device(), health.sees(), at));
  }

  /** Whether the border was watched all the time between the two. */
  boolean sawEverything(Instant start, Instant end) {
    return gaps.stream().noneMatch(gap -> gap.overlaps(start, end));
  }

  /** How sure that is. */
  Coverage coverage() {
    return reported ? Coverage.FULL : Coverage.ASSUMED;
  }

  /** 1 when the door is released to everybody, -1 when that ends, 0 when neither. */
  private static int change(DoorEvent door) {
    return switch (door.change()) {
      case FIRE_RELEASE, SCHEDULED_RELEASE -> 1;
      case SCHEDULED_END, LOCKED -> -1;
      default -> 0;
    };
  }

  private List<Gap> changed(String source, boolean works, Instant at) {
    List<Gap> changed = new ArrayList<>();
    boolean open = false;
    for (Gap gap : gaps) {
      boolean lasting = gap.source().equals(source) && gap.to() == null;
      open |= lasting;
      changed.add(lasting && works ? new Gap(source, gap.from(), at) : gap);
    }
    if (!works && !open) {
      changed.add(new Gap(source, at, null));
    }
    return List.copyOf(changed.size() > GAPS ? changed.subList(1, changed.size()) : changed);
  }
}
