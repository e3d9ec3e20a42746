package gatehouse.model.door;

import gatehouse.alert.Coverage;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.DeviceStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the devices of a door could see everything: the basis of every conclusion from something
 * not seen.
 *
 * <p>A device is blind from OFFLINE or MAINTENANCE until it is back, and between its last event
 * before a restart and its first one after it.
 *
 * @param devices at most {@value #LIMIT}, the one heard last at the end
 */
public record DeviceWatch(List<Watched> devices) {

  /** No device heard yet. */
  public static final DeviceWatch NONE = new DeviceWatch(List.of());

  private static final int LIMIT = 8;

  /**
   * One device.
   *
   * @param device its id
   * @param boot its boot id, empty if it has none
   * @param blind why it sees nothing now; null: it sees
   * @param blindUntil the end of its last blind time
   * @param wellAt when it last reported to be fully well
   */
  public record Watched(
      String device,
      String boot,
      @Nullable State blind,
      @Nullable Instant blindUntil,
      @Nullable Instant wellAt) {

    private boolean sawAllSince(Instant from) {
      return blind == null && (blindUntil == null || !blindUntil.isAfter(from));
    }

    private Watched after(DeviceEvent event) {
      String bootNow = event.origin().boot();
      boolean restarted = !boot.isEmpty() && !bootNow.isEmpty() && !boot.equals(bootNow);
      Watched seen =
          new Watched(
              device,
              bootNow.isEmpty() ? boot : bootNow,
              blind,
              restarted ? event.time() : blindUntil,
              restarted ? null : wellAt);
      return event instanceof DeviceStatus status ? seen.reporting(status) : seen.alive(event);
    }

    private Watched reporting(DeviceStatus status) {
      Instant at = status.time();
      return switch (status.state()) {
        case OFFLINE, MAINTENANCE -> new Watched(device, boot, status.state(), blindUntil, null);
        case ONLINE -> new Watched(device, boot, null, blind == null ? blindUntil : at, at);
        case DEGRADED -> new Watched(device, boot, null, blind == null ? blindUntil : at, null);
      };
    }

    /** A live event shows that the connection is back, even if nobody said so. */
    private Watched alive(DeviceEvent event) {
      return blind == State.OFFLINE && !event.origin().buffered()
          ? new Watched(device, boot, null, event.time(), null)
          : this;
    }
  }

  /** The same after an event of one of the devices. */
  public DeviceWatch after(DeviceEvent event) {
    List<Watched> next = new ArrayList<>(devices);
    Watched known = find(event.device());
    if (known == null) {
      known = new Watched(event.device(), event.origin().boot(), null, null, null);
    }
    next.remove(known);
    next.add(known.after(event));
    if (next.size() > LIMIT) {
      next.remove(0);
    }
    return new DeviceWatch(List.copyOf(next));
  }

  /** The same without a device that was taken away. */
  public DeviceWatch without(String device) {
    return new DeviceWatch(
        devices.stream().filter(watched -> !watched.device().equals(device)).toList());
  }

  /** Whether no device was blind at any time since then. */
  public boolean allSawSince(Instant from) {
    return devices.stream().allMatch(device -> device.sawAllSince(from));
  }

  /** Whether this device was not blind at any time since then. */
  public boolean sawSince(String device, Instant from) {
    Watched known = find(device);
    return known == null || known.sawAllSince(from);
  }

  /**
   * How sure it is that nothing was missed, given that no device is known to have been blind.
   *
   * @param valid how long a device's word that it is well counts
   */
  public Coverage coverage(Instant now, Duration valid) {
    boolean allWell =
        devices.stream()
            .map(Watched::wellAt)
            .allMatch(wellAt -> wellAt != null && !wellAt.plus(valid).isBefore(now));
    return allWell && !devices.isEmpty() ? Coverage.FULL : Coverage.ASSUMED;
  }

  private @Nullable Watched find(String device) {
    return devices.stream()
        .filter(watched -> watched.device().equals(device))
        .findFirst()
        .orElse(null);
  }
}
