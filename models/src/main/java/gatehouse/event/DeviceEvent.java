package gatehouse.event;

import gatehouse.fact.Fact;
import gatehouse.site.Place;
import java.time.Instant;

/** What a device reported. */
public sealed interface DeviceEvent extends Fact
    permits PlateRead,
        FaceCapture,
        AccessEvent,
        DoorEvent,
        TrackSighting,
        TagRead,
        SensorReading,
        PoleAlarm,
        DeviceStatus {

  /** Where it comes from: device, place, time, sequence. */
  Origin origin();

  /** The same event from another origin; used to complete the place. */
  DeviceEvent withOrigin(Origin origin);

  @Override
  default String id() {
    return origin().id();
  }

  @Override
  default String community() {
    return origin().community();
  }

  @Override
  default Instant time() {
    return origin().time();
  }

  /** Where it happened. */
  default Place place() {
    return origin().place();
  }

  /** The device that reported it. */
  default String device() {
    return origin().device();
  }
}
