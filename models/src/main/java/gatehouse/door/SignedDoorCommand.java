package gatehouse.door;

import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/**
 * A door command as it travels: a JSON Web Signature in compact form (RFC 7515) with Ed25519 (RFC
 * 8037). The header is fixed, so there is no algorithm to choose and none to downgrade to.
 */
public final class SignedDoorCommand {

  /** {@code {"alg":"EdDSA","typ":"gatehouse-door-command"}}. */
  private static final String HEADER =
      encode(
          "{\"alg\":\"EdDSA\",\"typ\":\"gatehouse-door-command\"}"
              .getBytes(StandardCharsets.UTF_8));

  private static final int MAX_LENGTH = 2048;

  private SignedDoorCommand() {}

  /** The command, signed. */
  public static byte[] sign(DoorCommand command, PrivateKey key) throws GeneralSecurityException {
    String signed = HEADER + '.' + encode(RecordCodec.of(DoorCommand.class).encode(command));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return (signed + '.' + encode(signature.sign())).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The command, if it bears a good signature of this key. Expiry, door and nonce are for the door
   * to check.
   *
   * @throws DoorRefusal with MALFORMED or BAD_SIGNATURE
   */
  public static DoorCommand verify(byte[] message, PublicKey key) throws DoorRefusal {
    if (message.length > MAX_LENGTH) {
      throw new DoorRefusal(DoorAck.Refusal.MALFORMED);
    }
    String text = new String(message, StandardCharsets.US_ASCII);
    int last = text.lastIndexOf('.');
    int first = text.indexOf('.');
    if (first < 0 || first == last || !text.substring(0, first).equals(HEADER)) {
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
    try {
      return RecordCodec.of(DoorCommand.class).decode(decode(text.substring(first + 1, last)));
    } catch (WireException | IllegalArgumentException e) {
      throw new DoorRefusal(DoorAck.Refusal.MALFORMED);
    }
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
