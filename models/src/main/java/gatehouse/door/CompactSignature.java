package gatehouse.door;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/**
 * A JSON Web Signature in compact form (RFC 7515) with Ed25519 (RFC 8037). The header is fixed, so
 * there is no algorithm to choose and none to downgrade to.
 */
public final class CompactSignature {

  private final String header;
  private final int maxLength;

  /**
   * The form of one type of message.
   *
   * @param type the {@code typ} of the header; one type is never taken for another
   * @param maxLength of a whole message in bytes; longer ones are refused unread
   */
  public CompactSignature(String type, int maxLength) {
    this.header =
        encode(("{\"alg\":\"EdDSA\",\"typ\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8));
    this.maxLength = maxLength;
  }

  /** A payload, signed. */
  public byte[] sign(byte[] payload, PrivateKey key) throws GeneralSecurityException {
    String signed = header + '.' + encode(payload);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return (signed + '.' + encode(signature.sign())).getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether a message has this type's header. */
  public boolean claims(byte[] message) {
    byte[] beginning = (header + '.').getBytes(StandardCharsets.US_ASCII);
    return message.length >= beginning.length
        && Arrays.equals(message, 0, beginning.length, beginning, 0, beginning.length);
  }

  /**
   * The payload, if it bears a good signature of this key.
   *
   * @throws DoorRefusal with MALFORMED or BAD_SIGNATURE
   */
  public byte[] verify(byte[] message, PublicKey key) throws DoorRefusal {
    if (message.length > maxLength) {
      throw new DoorRefusal(DoorAck.Refusal.MALFORMED);
    }
    String text = new String(message, StandardCharsets.US_ASCII);
    int last = text.lastIndexOf('.');
    int first = text.indexOf('.');
    if (first < 0 || first == last || !text.substring(0, first).equals(header)) {
      throw new DoorRefusal(DoorAck.Refusal.MALFORMED);
    }
    byte[] given = decode(text.substring(last + 1));
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(text.substring(0, last).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(given)) {
        throw new DoorRefusal(DoorAck.Refusal.BAD_SIGNATURE);
      }
    } catch (GeneralSecurityException e) {
      throw new DoorRefusal(DoorAck.Refusal.BAD_SIGNATURE);
    }
    return decode(text.substring(first + 1, last));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String text) throws DoorRefusal {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new DoorRefusal(DoorAck.Refusal.MALFORMED);
    }
  }
}
