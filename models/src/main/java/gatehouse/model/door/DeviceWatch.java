package gatehouse.model.door;

import gatehouse.alert.Coverage;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.DeviceStatus.State;
import gatehouse.model.DeviceHealth;
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
 * before a restart and its first one after it. What device-health measured of it counts as well: a
 * device that is silent or loses too much is blind, however it described itself last.
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
   * @param wellAt when it was last fully well, by its own report or as measured
   * @param measured its health as measured last; null: never measured
   */
  public record Watched(
      String device,
      String boot,
      @Nullable State blind,
      @Nullable Instant blindUntil,
      @Nullable Instant wellAt,
      @Nullable Measured measured) {

    private boolean sawAllSince(Instant from, boolean keeps) {
      return (blind == null || (keeps && blind == State.OFFLINE))
          && (measured == null || measured.sees())
          && (blindUntil == null || !blindUntil.isAfter(from));
    }

    private Watched measuring(DeviceHealth health) {
      boolean saw = measured == null || measured.sees();
      return new Watched(
          device,
          boot,
          blind,
          health.sees() && !saw ? health.time() : blindUntil,
          health.sees() ? health.time() : null,
          new Measured(
              health.sees(),
              health.clockOffset().toMillis() / 1000.0,
              health.clockSigma().toMillis() / 1000.0));
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
              restarted ? null : wellAt,
              measured);
      return event instanceof DeviceStatus status ? seen.reporting(status) : seen.alive(event);
    }

    private Watched reporting(DeviceStatus status) {
      Instant at = status.time();
      return switch (status.state()) {
        case OFFLINE, MAINTENANCE ->
            new Watched(device, boot, status.state(), blindUntil, null, measured);
        case ONLINE ->
            new Watched(device, boot, null, blind == null ? blindUntil : at, at, measured);
        case DEGRADED ->
            new Watched(device, boot, null, blind == null ? blindUntil : at, null, measured);
      };
    }

    /** A live event shows that the connection is back, even if nobody said so. */
    private Watched alive(DeviceEvent event) {
      return blind == State.OFFLINE && !event.origin().buffered()
          ? new Watched(device, boot, null, event.time(), null, measured)
          : this;
    }
  }

  /**
   * What was measured of a device.
   *
   * @param sees whether everything that happens there reaches us
   * @param ahead seconds its clock is ahead
   * @param sigma standard deviation of that
   */
  public record Measured(boolean sees, double ahead, double sigma) {}

  /** The same after an event of one of the devices. */
  public DeviceWatch after(DeviceEvent event) {
    Watched known = find(event.device());
    return with(
        known,
        (known == null
                ? new Watched(event.device(), event.origin().boot(), null, null, null, null)
                : known)
            .after(event));
  }

  /** The same after the health of one of the devices was measured. */
  public DeviceWatch after(DeviceHealth health) {
    Watched known = find(health.device());
    return with(
        known,
        (known == null ? new Watched(health.device(), "", null, null, null, null) : known)
            .measuring(health));
  }

  private DeviceWatch with(@Nullable Watched before, Watched now) {
    List<Watched> next = new ArrayList<>(devices);
    next.remove(before);
    next.add(now);
    if (next.size() > LIMIT) {
      next.remove(0);
    }
    return new DeviceWatch(List.copyOf(next));
  }

  /**
   * By how much times of different devices of the door may be apart though they tell of the same
   * moment: the largest difference of two measured clocks and twice its standard deviation, at most
   * {@code most}. Zero where fewer than two clocks were measured.
   */
  public Duration clocksApart(Duration most) {
    double apart = 0;
    for (Watched one : devices) {
      for (Watched other : devices) {
        Measured a = one.measured();
        Measured b = other.measured();
        if (a != null && b != null && !one.device().equals(other.device())) {
          double sigma = Math.hypot(a.sigma(), b.sigma());
          apart = Math.max(apart, Math.abs(a.ahead() - b.ahead()) + 2 * sigma);
        }
      }
    }
    Duration known = Duration.ofMillis(Math.round(apart * 1000));
    return known.compareTo(most) > 0 ? most : known;
  }

  /** The same without a device that was taken away. */
  public DeviceWatch without(String device) {
    return new DeviceWatch(
        devices.stream().filter(watched -> !watched.device().equals(device)).toList());
  }

  /** Whether no device was blind at any time since then. */
  public boolean allSawSince(Instant from) {
    return allSawSince(from, "");
  }

  /**
   * The same, where one device is known to keep what it sees while its connection is broken.
   *
   * @param keeps its id; empty: none is known to
   */
  public boolean allSawSince(Instant from, String keeps) {
    return devices.stream()
        .allMatch(watched -> watched.sawAllSince(from, watched.device().equals(keeps)));
  }

  /** Whether this device was not blind at any time since then. */
  public boolean sawSince(String device, Instant from) {
    Watched known = find(device);
    return known == null || known.sawAllSince(from, false);
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
