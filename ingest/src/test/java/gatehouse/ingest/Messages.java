package gatehouse.ingest;

import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.site.Place;
import gatehouse.wire.DeviceMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Device messages as JSON text, to be bent by tests. */
final class Messages {

  private Messages() {}

  static Origin origin(String community, String device, String id, long seq, Instant time) {
    return new Origin(
        id, community, device, Place.of(""), time, time, "b1", seq, false, ClockQuality.UNKNOWN);
  }

  static AccessEvent access(Origin origin) {
    return new AccessEvent(
        origin,
        "card-0815",
        CredentialType.CARD,
        "resident",
        null,
        null,
        Direction.UNKNOWN,
        Outcome.GRANTED,
        DenialReason.NONE,
        false,
        null);
  }

  /** A valid message of now. */
  static byte[] valid(String community, String device, String id, long seq) {
    return at(community, device, id, seq, Instant.now());
  }

  static byte[] at(String community, String device, String id, long seq, Instant time) {
    return DeviceMessage.encode(access(origin(community, device, id, seq, time)));
  }

  /** A valid message of now as text. */
  static String text(String community, String device, String id, long seq) {
    return new String(valid(community, device, id, seq), StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
