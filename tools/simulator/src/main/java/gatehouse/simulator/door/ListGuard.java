package gatehouse.simulator.door;

import gatehouse.credential.CredentialListAnswer;
import gatehouse.credential.CredentialListCommand;
import gatehouse.credential.ListRefusal;
import gatehouse.credential.SignedCredentialList;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether a terminal takes a command for its list: signed by the platform, for this
 * terminal, in its time, not seen before. Whether it comes in order the list itself knows.
 */
public final class ListGuard {

  /** A command that claims to be valid for longer is not one. */
  public static final Duration LONGEST = Duration.ofMinutes(2);

  private final String community;
  private final String device;
  private final PublicKey platform;
  private final NonceMemory memory;

  /** For one terminal. */
  public ListGuard(String community, String device, PublicKey platform, NonceMemory memory) {
    this.community = community;
    this.device = device;
    this.platform = platform;
    this.memory = memory;
  }

  /**
   * The command, to be carried out now and never again.
   *
   * @param now by the terminal's clock
   * @throws ListRefusal with the reason
   * @throws IOException if the terminal cannot remember; it must not change its list then
   */
  public CredentialListCommand admit(byte[] message, Instant now) throws ListRefusal, IOException {
    CredentialListCommand command = SignedCredentialList.verify(message, platform);
    if (!command.community().equals(community) || !command.device().equals(device)) {
      throw new ListRefusal(CredentialListAnswer.Refusal.WRONG_DEVICE);
    }
    if (now.isAfter(command.notAfter())) {
      throw new ListRefusal(CredentialListAnswer.Refusal.EXPIRED);
    }
    if (command.issuedAt().isAfter(now.plus(CommandGuard.SKEW))
        || command.issuedAt().plus(LONGEST).isBefore(command.notAfter())) {
      throw new ListRefusal(CredentialListAnswer.Refusal.NOT_YET_VALID);
    }
    if (!memory.remember(command.nonce(), command.notAfter(), now)) {
      throw new ListRefusal(CredentialListAnswer.Refusal.REPEATED);
    }
    return command;
  }
}
