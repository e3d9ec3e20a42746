package gatehouse.event;

import gatehouse.site.Place;
import java.time.Instant;

/**
 * Where an event comes from.
 *
 * @param id unique id given by the device; with {@code boot} and {@code seq} it makes re-deliveries
 *     recognisable
 * @param community the community, from the MQTT topic, never from the payload
 * @param device the device, from the MQTT topic, never from the payload
 * @param place where the device stands; on the wire only its id, completed from the site facts
 *     before a model sees it
 * @param time when it happened by the device's clock
 * @param receivedAt when the gateway received it
 * @param boot the device's boot id; a change restarts {@code seq}
 * @param seq the device's sequence number within its boot, -1 where the device has none
 * @param buffered whether the device sent it from its store, after being offline
 * @param clock how far {@code time} can be trusted
 */
public record Origin(
    String id,
    String community,
    String device,
    Place place,
    Instant time,
    Instant receivedAt,
    String boot,
    long seq,
    boolean buffered,
    ClockQuality clock) {

  /** The same origin with what the site facts say of its place. */
  public Origin at(Place completed) {
    return new Origin(
        id, community, device, completed, time, receivedAt, boot, seq, buffered, clock);
  }

  /** The same origin at another time, such as one with the clock's error taken out. */
  public Origin timed(Instant other) {
    return new Origin(id, community, device, place, other, receivedAt, boot, seq, buffered, clock);
  }
}
