package gatehouse.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.door.DoorCommand.Action;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignedDoorCommandTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final DoorCommand COMMAND =
      new DoorCommand("cmd-1", "c1", "door-1", Action.OPEN, "n-1", NOW, NOW.plusSeconds(10));

  private KeyPair keys;
  private byte[] signed;

  @BeforeEach
  void sign() throws Exception {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    signed = SignedDoorCommand.sign(COMMAND, keys.getPrivate());
  }

  @Test
  void aSignedCommandIsReadBack() throws Exception {
    assertThat(SignedDoorCommand.verify(signed, keys.getPublic())).isEqualTo(COMMAND);
  }

  @Test
  void aHoldIsReadBackWithItsEnd() throws Exception {
    DoorCommand hold = hold(NOW.plus(DoorCommand.LONGEST_HOLD));
    assertThat(
            SignedDoorCommand.verify(
                SignedDoorCommand.sign(hold, keys.getPrivate()), keys.getPublic()))
        .isEqualTo(hold);
  }

  @Test
  void noHoldIsWithoutEndOrLongerThanTwelveHours() {
    assertThatThrownBy(() -> hold(null)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> hold(NOW)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> hold(NOW.plus(DoorCommand.LONGEST_HOLD).plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCommandThatHoldsNothingTravelsAsItDidBeforeThereWereHolds() {
    String payload = new String(signed, StandardCharsets.US_ASCII).split("\\.", -1)[1];
    assertThat(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
        .doesNotContain("hold");
  }

  private static DoorCommand hold(@Nullable Instant until) {
    return new DoorCommand(
        "cmd-2", "c1", "door-1", Action.HOLD, "n-2", NOW, NOW.plusSeconds(10), until);
  }

  @Test
  void anotherKeysSignatureIsRefused() throws Exception {
    KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertRefused(
        SignedDoorCommand.sign(COMMAND, others.getPrivate()), DoorAck.Refusal.BAD_SIGNATURE);
  }

  @Test
  void noChangedByteIsAccepted() {
    for (int i = 0; i < signed.length; i++) {
      byte[] changed = signed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> SignedDoorCommand.verify(changed, keys.getPublic()))
          .isInstanceOf(DoorRefusal.class);
    }
  }

  @Test
  void thereIsNoOtherAlgorithmToAskFor() {
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    String text = new String(signed, StandardCharsets.US_ASCII);
    String forged = none + text.substring(text.indexOf('.'), text.lastIndexOf('.') + 1);
    assertRefused(forged.getBytes(StandardCharsets.US_ASCII), DoorAck.Refusal.MALFORMED);
  }

  private void assertRefused(byte[] message, DoorAck.Refusal reason) {
    assertThatThrownBy(() -> SignedDoorCommand.verify(message, keys.getPublic()))
        .isInstanceOfSatisfying(DoorRefusal.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
