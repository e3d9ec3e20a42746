package gatehouse.door;

import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;

/** A door command as it travels, see {@link CompactSignature}. */
public final class SignedDoorCommand {

  private static final CompactSignature FORM = new CompactSignature("gatehouse-door-command", 2048);

  private SignedDoorCommand() {}

  /** The command, signed. */
  public static byte[] sign(DoorCommand command, PrivateKey key) throws GeneralSecurityException {
    return FORM.sign(RecordCodec.of(DoorCommand.class).encode(command), key);
  }

  /**
   * The command, if it bears a good signature of this key. Expiry, door and nonce are for the door
   * to check.
   *
   * @throws DoorRefusal with MALFORMED or BAD_SIGNATURE
   */
  public static DoorCommand verify(byte[] message, PublicKey key) throws DoorRefusal {
    try {
      return RecordCodec.of(DoorCommand.class).decode(FORM.verify(message, key));
    } catch (WireException | IllegalArgumentException e) {
      throw new DoorRefusal(DoorAck.Refusal.MALFORMED);
    }
  }
}
