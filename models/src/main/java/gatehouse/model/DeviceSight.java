package gatehouse.model;

import gatehouse.alert.Coverage;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.model.door.DeviceWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the devices of a place could see everything, and how far their clocks can be trusted: by
 * what they say of themselves, and by what device-health says of them.
 *
 * @param watch what the devices say
 * @param judged what device-health says, at most {@value #LIMIT} devices, newest at the end
 */
public record DeviceSight(DeviceWatch watch, List<Judged> judged) {

  /** No device heard yet. */
  public static final DeviceSight NONE = new DeviceSight(DeviceWatch.NONE, List.of());

  private static final int LIMIT = 8;

  /**
   * What device-health said last of a device.
   *
   * @param device the device
   * @param sees whether it sees everything now
   * @param blindUntil the end of its last blind time; null: none known
   * @param clockOffset how far its clock is ahead of true time
   * @param clockSigma standard deviation of that
   */
  public record Judged(
      String device,
      boolean sees,
      @Nullable Instant blindUntil,
      Duration clockOffset,
      Duration clockSigma) {

    private boolean sawSince(Instant from) {
      return sees && (blindUntil == null || !blindUntil.isAfter(from));
    }
  }

  /** The same after an event of one of the devices. */
  public DeviceSight after(DeviceEvent event) {
    return new DeviceSight(watch.after(event), judged);
  }

  /** The same after a judgement of device-health. */
  public DeviceSight after(DeviceHealth fact) {
    Judged before = find(fact.device());
    Instant blindUntil = before == null ? null : before.blindUntil();
    if (before != null && !before.sees()) {
      blindUntil = fact.time();
    }
    List<Judged> next = new ArrayList<>(judged);
    next.removeIf(old -> old.device().equals(fact.device()));
    next.add(
        new Judged(fact.device(), fact.sees(), blindUntil, fact.clockOffset(), fact.clockSigma()));
    if (next.size() > LIMIT) {
      next.remove(0);
    }
    return new DeviceSight(watch, List.copyOf(next));
  }

  /** The same without a device that was taken away. */
  public DeviceSight without(String device) {
    return new DeviceSight(
        watch.without(device),
        judged.stream().filter(known -> !known.device().equals(device)).toList());
  }

  /** Whether this device was not blind at any time since then. */
  public boolean sawSince(String device, Instant from) {
    Judged known = find(device);
    return watch.sawSince(device, from) && (known == null || known.sawSince(from));
  }

  /** Whether no device was blind at any time since then. */
  public boolean allSawSince(Instant from) {
    return watch.allSawSince(from) && judged.stream().allMatch(known -> known.sawSince(from));
  }

  /**
   * How sure it is that nothing was missed, given that no device is known to have been blind.
   *
   * @param valid how long a device's word that it is well counts
   */
  public Coverage coverage(Instant now, Duration valid) {
    return watch.coverage(now, valid);
  }

  /** The event's time with the known error of its device's clock taken out. */
  public Instant trueTime(DeviceEvent event) {
    return trueTime(event.device(), event.time());
  }

  /** A time by this device's clock with its known error taken out. */
  public Instant trueTime(String device, Instant time) {
    Judged known = find(device);
    return known == null ? time : time.minus(known.clockOffset());
  }

  /** Standard deviation of the device's clock; zero if nothing is known against it. */
  public Duration clockSigma(String device) {
    Judged known = find(device);
    return known == null ? Duration.ZERO : known.clockSigma();
  }

  /** Whether the event's time is off by an amount that nobody has measured. */
  public boolean clockIsWrong(DeviceEvent event) {
    return event.origin().clock() == ClockQuality.SKEWED && find(event.device()) == null;
  }

  private @Nullable Judged find(String device) {
    return judged.stream().filter(known -> known.device().equals(device)).findFirst().orElse(null);
  }
}
