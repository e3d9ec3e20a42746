package gatehouse.model.door;

import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DoorEvent;
import gatehouse.event.PlateRead;
import java.util.ArrayList;
import java.util.List;

/**
 * Which devices of a door tell of what releases it, and which only look on, as a camera does.
 *
 * @param devices at most {@value #LIMIT}, the one heard of last at the end
 */
public record Witnesses(List<Witness> devices) {

  /** No device heard yet. */
  public static final Witnesses NONE = new Witnesses(List.of());

  private static final int LIMIT = 8;
  private static final int MOST = 1_000_000;

  /**
   * A device of the door.
   *
   * @param device its id
   * @param tells whether it ever told of a release or of the contact
   * @param others how much the others told since it is known
   */
  public record Witness(String device, boolean tells, int others) {}

  /** The same after an event at the door. */
  public Witnesses after(DeviceEvent event) {
    boolean tells =
        event instanceof AccessEvent || event instanceof PlateRead || event instanceof DoorEvent;
    List<Witness> next = new ArrayList<>();
    Witness own = new Witness(event.device(), tells, 0);
    for (Witness each : devices) {
      if (each.device().equals(event.device())) {
        own = new Witness(each.device(), tells || each.tells(), each.others());
      } else if (tells) {
        next.add(new Witness(each.device(), each.tells(), Math.min(MOST, each.others() + 1)));
      } else {
        next.add(each);
      }
    }
    next.add(own);
    if (next.size() > LIMIT) {
      next.remove(0);
    }
    return new Witnesses(List.copyOf(next));
  }

  /** The same without a device that was taken away. */
  public Witnesses without(String device) {
    return new Witnesses(devices.stream().filter(each -> !each.device().equals(device)).toList());
  }

  /**
   * The devices without those that only look on: that told of nothing while others told so much.
   */
  public DeviceWatch among(DeviceWatch watch, int others) {
    DeviceWatch telling = watch;
    for (Witness each : devices) {
      if (!each.tells() && each.others() >= others) {
        telling = telling.without(each.device());
      }
    }
    return telling;
  }
}
