package gatehouse.credential;

import gatehouse.door.CompactSignature;
import gatehouse.door.DoorAck;
import gatehouse.door.DoorRefusal;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * A command for a terminal's list as it travels, signed with the key that signs door commands. The
 * type in its header keeps the two apart: neither can be passed off as the other.
 */
public final class SignedCredentialList {

  private static final CompactSignature FORM =
      new CompactSignature("gatehouse-credential-list", 128 * 1024);

  private SignedCredentialList() {}

  /** The command, signed. */
  public static byte[] sign(CredentialListCommand command, PrivateKey key)
      throws GeneralSecurityException {
    return FORM.sign(RecordCodec.of(CredentialListCommand.class).encode(command), key);
  }

  /** Whether a message says that it is one; nothing is proved by that. */
  public static boolean claims(byte[] message) {
    return FORM.claims(message);
  }

  /**
   * The command, if it bears a good signature of this key. Time, terminal, nonce and order are for
   * the terminal to check.
   *
   * @throws ListRefusal with MALFORMED or BAD_SIGNATURE
   */
  public static CredentialListCommand verify(byte[] message, PublicKey key) throws ListRefusal {
    try {
      return RecordCodec.of(CredentialListCommand.class).decode(FORM.verify(message, key));
    } catch (DoorRefusal e) {
      throw new ListRefusal(
          e.reason() == DoorAck.Refusal.BAD_SIGNATURE
              ? CredentialListAnswer.Refusal.BAD_SIGNATURE
              : CredentialListAnswer.Refusal.MALFORMED);
    } catch (WireException | IllegalArgumentException e) {
      throw new ListRefusal(CredentialListAnswer.Refusal.MALFORMED);
    }
  }
}
