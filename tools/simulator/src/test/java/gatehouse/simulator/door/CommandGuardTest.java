package gatehouse.simulator.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.door.DoorAck;
import gatehouse.door.DoorCommand;
import gatehouse.door.DoorRefusal;
import gatehouse.door.SignedDoorCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a strict door lets through: nothing but a fresh command of the platform's for it. */
class CommandGuardTest {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private KeyPair platform;

  @BeforeEach
  void makeKeys() throws GeneralSecurityException {
    platform = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  @Test
  void admitsAFreshCommandOnce() throws Exception {
    byte[] command = signed("riverside", "door-1", "nonce-1", NOON, LIFETIME);
    CommandGuard guard = guard();
    assertThat(guard.admit(command, NOON.plusSeconds(1)).door()).isEqualTo("door-1");
    refuses(guard, command, NOON.plusSeconds(2), DoorAck.Refusal.REPEATED);
  }

  @Test
  void remembersOverARestartThoughTheLastLineIsCutOff() throws Exception {
    byte[] command = signed("riverside", "door-1", "nonce-1", NOON, LIFETIME);
    guard().admit(command, NOON);
    Files.writeString(memoryFile(), "nonce-2 17", StandardOpenOption.APPEND);
    refuses(guard(), command, NOON, DoorAck.Refusal.REPEATED);
  }

  @Test
  void theLastMomentCountsAndTheNextDoesNot() throws Exception {
    byte[] command = signed("riverside", "door-1", "nonce-1", NOON, LIFETIME);
    refuses(guard(), command, NOON.plus(LIFETIME).plusNanos(1), DoorAck.Refusal.EXPIRED);
    assertThat(guard().admit(command, NOON.plus(LIFETIME)).nonce()).isEqualTo("nonce-1");
  }

  @Test
  void refusesWhatIsForAnother() throws Exception {
    refuses(
        guard(),
        signed("riverside", "door-2", "n", NOON, LIFETIME),
        NOON,
        DoorAck.Refusal.WRONG_DOOR);
    refuses(
        guard(),
        signed("hilltop", "door-1", "n", NOON, LIFETIME),
        NOON,
        DoorAck.Refusal.WRONG_DOOR);
  }

  @Test
  void refusesTheFutureBeyondTheToleratedSkew() throws Exception {
    Instant ahead = NOON.plus(CommandGuard.SKEW);
    assertThat(guard().admit(signed("riverside", "door-1", "a", ahead, LIFETIME), NOON))
        .isNotNull();
    refuses(
        guard(),
        signed("riverside", "door-1", "b", ahead.plusMillis(1), LIFETIME),
        NOON,
        DoorAck.Refusal.NOT_YET_VALID);
  }

  @Test
  void refusesEverySingleBitFlip() throws Exception {
    byte[] command = signed("riverside", "door-1", "nonce-1", NOON, LIFETIME);
    CommandGuard guard = guard();
    for (int bit = 0; bit < (command.length - 1) * 8; bit += 7) {
      byte[] flipped = command.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> guard.admit(flipped, NOON))
          .as("bit %d", bit)
          .isInstanceOf(DoorRefusal.class);
    }
    assertThat(Files.exists(memoryFile())).isFalse();
  }

  @Test
  void forgetsNothingThatCouldStillBeUsed() throws Exception {
    NonceMemory memory = NonceMemory.open(memoryFile());
    assertThat(memory.remember("kept", NOON.plusSeconds(10), NOON)).isTrue();
    for (int i = 0; i < 1_100; i++) {
      assertThat(memory.remember("old-" + i, NOON.minusSeconds(7_200), NOON)).isTrue();
    }
    assertThat(NonceMemory.open(memoryFile()).remember("kept", NOON.plusSeconds(10), NOON))
        .isFalse();
    assertThat(Files.readAllLines(memoryFile())).hasSizeLessThan(200);
  }

  private void refuses(CommandGuard guard, byte[] command, Instant now, DoorAck.Refusal reason) {
    assertThatThrownBy(() -> guard.admit(command, now))
        .isInstanceOfSatisfying(
            DoorRefusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  private CommandGuard guard() throws Exception {
    return new CommandGuard(
        "riverside", "door-1", platform.getPublic(), NonceMemory.open(memoryFile()));
  }

  private Path memoryFile() {
    return folder.resolve("nonces");
  }

  private byte[] signed(
      String community, String door, String nonce, Instant issued, Duration lifetime)
      throws GeneralSecurityException {
    return SignedDoorCommand.sign(
        new DoorCommand(
            "command-1",
            community,
            door,
            DoorCommand.Action.OPEN,
            nonce,
            issued,
            issued.plus(lifetime)),
        platform.getPrivate());
  }
}
