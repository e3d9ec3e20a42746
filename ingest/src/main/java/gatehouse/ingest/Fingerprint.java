package gatehouse.ingest;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.site.Place;
import gatehouse.wire.DeviceMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * By what an event is recognised when it comes again. Each part is the first 64 bits of a SHA-256;
 * they are compared with those of the same device only, so that a device can at most confuse
 * itself.
 *
 * @param sequence of boot and seq; of the id where the device counts nothing
 * @param id of the id
 * @param content of time and data, whether it was sent live or from a store
 */
record Fingerprint(long sequence, long id, long content) {

  static Fingerprint of(DeviceEvent event) {
    Origin origin = event.origin();
    long id = digest("id " + origin.id());
    long sequence = origin.seq() < 0 ? id : digest("seq " + origin.seq() + ' ' + origin.boot());
    Origin neutral =
        new Origin(
            "",
            "",
            "",
            Place.of(""),
            origin.time(),
            Instant.EPOCH,
            "",
            0,
            false,
            ClockQuality.UNKNOWN);
    return new Fingerprint(sequence, id, digest(DeviceMessage.encode(event.withOrigin(neutral))));
  }

  private static long digest(String text) {
    return digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static long digest(byte[] bytes) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}
