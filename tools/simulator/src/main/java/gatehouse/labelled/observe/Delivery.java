package gatehouse.labelled.observe;

import gatehouse.event.DeviceEvent;
import java.time.Instant;

/**
 * An event on its way.
 *
 * @param event what the device reports; {@code receivedAt} is when it arrives
 * @param truth when it really happened
 */
public record Delivery(DeviceEvent event, Instant truth) {

  /** When it arrives. */
  public Instant arrives() {
    return event.origin().receivedAt();
  }
}
