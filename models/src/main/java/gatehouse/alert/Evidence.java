package gatehouse.alert;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import java.time.Instant;

/**
 * One event that an alert rests on.
 *
 * @param eventId the event
 * @param time when it happened by the device's clock
 * @param place where
 * @param device which device saw it
 * @param clock how far its time can be trusted
 * @param role what it shows, as a code of {@link Explanations}, e.g. opened, last-grant
 */
public record Evidence(
    String eventId, Instant time, String place, String device, ClockQuality clock, String role) {

  /** The event in this role. */
  public static Evidence of(DeviceEvent event, String role) {
    return new Evidence(
        event.id(), event.time(), event.place().id(), event.device(), event.origin().clock(), role);
  }
}
