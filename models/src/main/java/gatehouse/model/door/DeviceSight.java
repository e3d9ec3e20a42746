package gatehouse.model.door;

import gatehouse.model.DeviceHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What device-health worked out about the devices of a place: whether everything they see reaches
 * us.
 *
 * @param devices at most {@value #LIMIT}, the one heard of last at the end
 */
public record DeviceSight(List<Judged> devices) {

  /** Nothing is known; devices are taken at their own word. */
  public static final DeviceSight NONE = new DeviceSight(List.of());

  private static final int LIMIT = 8;

  /**
   * One device.
   *
   * @param device its id
   * @param sees whether everything that happens there reaches us now
   * @param blindUntil the end of its last time in which it did not
   */
  public record Judged(String device, boolean sees, @Nullable Instant blindUntil) {

    private boolean sawAllSince(Instant from) {
      return sees && (blindUntil == null || !blindUntil.isAfter(from));
    }
  }

  /** The same with a newer judgement. */
  public DeviceSight with(DeviceHealth health) {
    List<Judged> next = new ArrayList<>(devices);
    Judged before = find(health.device());
    Instant blindUntil = before == null ? null : before.blindUntil();
    if (before != null && !before.sees()) {
      blindUntil = health.time();
    }
    next.remove(before);
    next.add(new Judged(health.device(), health.sees(), blindUntil));
    if (next.size() > LIMIT) {
      next.remove(0);
    }
    return new DeviceSight(List.copyOf(next));
  }

  /** The same without a device that was taken away. */
  public DeviceSight without(String device) {
    return new DeviceSight(
        devices.stream().filter(judged -> !judged.device().equals(device)).toList());
  }

  /** Whether no device is known to have been blind at any time since then. */
  public boolean allSawSince(Instant from) {
    return devices.stream().allMatch(device -> device.sawAllSince(from));
  }

  /** Whether this device is not known to have been blind at any time since then. */
  public boolean sawSince(String device, Instant from) {
    Judged known = find(device);
    return known == null || known.sawAllSince(from);
  }

  private @Nullable Judged find(String device) {
    return devices.stream()
        .filter(judged -> judged.device().equals(device))
        .findFirst()
        .orElse(null);
  }
}
