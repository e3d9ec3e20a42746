package gatehouse.model;

import gatehouse.fact.DerivedFact;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;

/**
 * What is known of a device's health and clock from a moment on, as device-health worked it out:
 * the basis of every conclusion from something not seen, and of every test of speed or order.
 *
 * @param id the same for the same device and moment
 * @param community its community
 * @param time from when it holds
 * @param device the device
 * @param place where it stands
 * @param sees whether everything that happens there reaches us
 * @param clockOffset how far its clock is ahead of true time; negative: behind
 * @param clockSigma standard deviation of that
 * @param since from when {@code sees} really was so; a device that fell silent was blind from its
 *     last event on, though that is known only later
 */
public record DeviceHealth(
    String id,
    String community,
    Instant time,
    String device,
    Place place,
    boolean sees,
    Duration clockOffset,
    Duration clockSigma,
    Instant since)
    implements DerivedFact {

  /** Health that was known as soon as it was so. */
  public DeviceHealth(
      String id,
      String community,
      Instant time,
      String device,
      Place place,
      boolean sees,
      Duration clockOffset,
      Duration clockSigma) {
    this(id, community, time, device, place, sees, clockOffset, clockSigma, time);
  }

  @Override
  public Place settingsPlace() {
    return place;
  }
}
