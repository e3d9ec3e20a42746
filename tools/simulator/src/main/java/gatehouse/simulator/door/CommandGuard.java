package gatehouse.simulator.door;

import gatehouse.door.DoorAck;
import gatehouse.door.DoorCommand;
import gatehouse.door.DoorRefusal;
import gatehouse.door.SignedDoorCommand;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether a door carries out a message: signed by the platform, for this door, in its time,
 * not seen before. The nonce is on disk before the lock moves, so that neither a repetition nor a
 * restart opens the door twice.
 */
public final class CommandGuard {

  /** How far the platform's clock may be ahead of the door's. */
  public static final Duration SKEW = Duration.ofSeconds(2);

  /** A command that claims to be valid for longer is not one. */
  public static final Duration LONGEST = Duration.ofSeconds(30);

  private final String community;
  private final String door;
  private final PublicKey platform;
  private final NonceMemory memory;

  /** For one door. */
  public CommandGuard(String community, String door, PublicKey platform, NonceMemory memory) {
    this.community = community;
    this.door = door;
    this.platform = platform;
    this.memory = memory;
  }

  /**
   * The command, to be carried out now and never again.
   *
   * @param now by the door's clock
   * @throws DoorRefusal with the reason
   * @throws IOException if the door cannot remember; it must not open then
   */
  public DoorCommand admit(byte[] message, Instant now) throws DoorRefusal, IOException {
    DoorCommand command = SignedDoorCommand.verify(message, platform);
    if (!command.community().equals(community) || !command.door().equals(door)) {
      throw new DoorRefusal(DoorAck.Refusal.WRONG_DOOR);
    }
    if (now.isAfter(command.notAfter())) {
      throw new DoorRefusal(DoorAck.Refusal.EXPIRED);
    }
    if (command.issuedAt().isAfter(now.plus(SKEW))
        || command.issuedAt().plus(LONGEST).isBefore(command.notAfter())) {
      throw new DoorRefusal(DoorAck.Refusal.NOT_YET_VALID);
    }
    if (!memory.remember(command.nonce(), command.notAfter(), now)) {
      throw new DoorRefusal(DoorAck.Refusal.REPEATED);
    }
    return command;
  }
}
