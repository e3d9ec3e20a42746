package gatehouse.alert;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Deterministic alert ids: UUID version 5 (RFC 9562, section 5.5) of what the alert is about. */
public final class AlertId {

  private static final UUID NAMESPACE = UUID.fromString("8f1a4f0e-3a3e-5b57-9f5c-6d0f1c6c2b11");

  private AlertId() {}

  /** The id of the alert that this finding opens. */
  public static String of(Finding finding) {
    return nameBased(
            String.join(
                "|",
                finding.model(),
                Integer.toString(finding.modelVersion()),
                finding.community(),
                finding.episode(),
                finding.dated().toString()))
        .toString();
  }

  static UUID nameBased(String name) {
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .array());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
