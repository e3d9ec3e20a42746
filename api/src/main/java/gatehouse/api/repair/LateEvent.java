package gatehouse.api.repair;

import gatehouse.event.DeviceEvent;
import java.time.Instant;

/**
 * Which event is late.
 *
 * @param time when it happened, as exactly as the database knows it
 */
record LateEvent(Key key, Instant time) {

  /** What makes an event the same in its community. */
  record Key(String device, String id) {

    static Key of(DeviceEvent event) {
      return new Key(event.device(), event.id());
    }
  }
}
