package gatehouse.api.accesslog;

import static org.awaitility.Awaitility.await;

import gatehouse.api.Platform;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.event.PlateRead;
import gatehouse.site.Place;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events as the intake publishes them. */
public final class TestEvents {

  private TestEvents() {}

  public static Origin origin(String community, String device, String place, Instant time) {
    return origin(community, device, UUID.randomUUID().toString(), place, time);
  }

  public static Origin origin(
      String community, String device, String id, String place, Instant time) {
    return new Origin(
        id,
        community,
        device,
        Place.of(place),
        time,
        time.plusMillis(20),
        "b1",
        1,
        false,
        ClockQuality.GOOD);
  }

  public static AccessEvent access(
      String community, String credential, Outcome outcome, Instant time) {
    return new AccessEvent(
        origin(community, "terminal-1", "gate-1", time),
        credential,
        CredentialType.CARD,
        "resident",
        null,
        null,
        Direction.IN,
        outcome,
        outcome == Outcome.DENIED ? DenialReason.EXPIRED : DenialReason.NONE,
        false,
        null);
  }

  public static PlateRead plate(String community, String plate, Instant time) {
    return new PlateRead(
        origin(community, "camera-1", "gate-2", time),
        plate,
        plate,
        0.99,
        List.of(),
        "",
        "",
        "",
        "",
        "",
        Direction.OUT,
        Outcome.GRANTED,
        List.of(),
        null);
  }

  public static FaceCapture face(String community, @Nullable String person, Instant time) {
    return new FaceCapture(
        origin(community, "terminal-1", "gate-1", time),
        person,
        null,
        0.9,
        0.9,
        null,
        Direction.IN,
        null);
  }

  public static DoorEvent door(
      String community, String device, String place, DoorEvent.Change change, Instant time) {
    return new DoorEvent(origin(community, device, place, time), change);
  }

  public static void publish(DeviceEvent event) {
    Platform.get().publishLater(Topic.EVENTS, event.community(), FactCodec.encode(event));
  }

  /** Publishes events and waits until they are stored. */
  public static void store(DeviceEvent... events) {
    for (DeviceEvent event : events) {
      publish(event);
    }
    Platform.get().flush();
    await()
        .until(
            () -> {
              for (DeviceEvent event : events) {
                if (Platform.get()
                    .texts("select 1 from event.log where id = ?", event.id())
                    .isEmpty()) {
                  return false;
                }
              }
              return true;
            });
  }
}
