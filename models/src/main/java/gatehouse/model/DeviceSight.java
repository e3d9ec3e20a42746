package gatehouse.model;

import gatehouse.alert.Coverage;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.model.door.DeviceWatch;
import gatehouse.model.door.JudgedDevices;
import gatehouse.model.door.JudgedDevices.Judged;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether the devices of a place could see everything, and how far their clocks can be trusted: by
 * what they say of themselves, and by what device-health says of them.
 *
 * @param watch what the devices say
 * @param judged what device-health says
 */
public record DeviceSight(DeviceWatch watch, JudgedDevices judged) {

  /** No device heard yet. */
  public static final DeviceSight NONE = new DeviceSight(DeviceWatch.NONE, JudgedDevices.NONE);

  /** The same after an event of one of the devices. */
  public DeviceSight after(DeviceEvent event) {
    return new DeviceSight(watch.after(event), judged);
  }

  /** The same after a judgement of device-health. */
  public DeviceSight after(DeviceHealth fact) {
    return new DeviceSight(watch, judged.with(fact));
  }

  /** The same without a device that was taken away. */
  public DeviceSight without(String device) {
    return new DeviceSight(watch.without(device), judged.without(device));
  }

  /** Whether this device was not blind at any time since then. */
  public boolean sawSince(String device, Instant from) {
    return watch.sawSince(device, from) && judged.sawSince(device, from);
  }

  /** Whether no device was blind at any time since then. */
  public boolean allSawSince(Instant from) {
    return watch.allSawSince(from) && judged.allSawSince(from);
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
    Judged known = judged.find(device);
    return known == null ? time : time.minus(known.clockOffset());
  }

  /** Standard deviation of the device's clock; zero if nothing is known against it. */
  public Duration clockSigma(String device) {
    Judged known = judged.find(device);
    return known == null ? Duration.ZERO : known.clockSigma();
  }

  /** Whether the event's time is off by an amount that nobody has measured. */
  public boolean clockIsWrong(DeviceEvent event) {
    return event.origin().clock() == ClockQuality.SKEWED && judged.find(event.device()) == null;
  }
}
