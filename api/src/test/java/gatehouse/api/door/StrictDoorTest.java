package gatehouse.api.door;

import static gatehouse.api.door.Doors.RIVERSIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.door.DoorAck;
import gatehouse.door.DoorCommand;
import gatehouse.door.SignedDoorCommand;
import gatehouse.simulator.door.ReferenceDoor;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What reaches a door without the platform's will (trust.md F27, S5): somebody has the platform's
 * credential at the broker and captured commands, and still the door stays closed.
 */
class StrictDoorTest {

  private static final Duration LIFETIME = Duration.ofSeconds(10);

  private final PrivateKey key = Platform.get().doorKeys().getPrivate();
  private RawClient thief;
  private String id;
  private ReferenceDoor door;

  @BeforeEach
  void start() throws Exception {
    thief = RawClient.thief();
    id = TestSite.door(RIVERSIDE, "strict");
    door = Doors.start(RIVERSIDE, id);
  }

  @AfterEach
  void stop() throws Exception {
    door.close();
    thief.close();
  }

  @Test
  void s5ACommandSentTwiceOpensOnce() throws Exception {
    byte[] command = signed(fresh());
    send(command);
    send(command);
    refuses(DoorAck.Refusal.REPEATED);
    assertThat(door.releases()).hasSize(1);
  }

  @Test
  void s5ACommandRepeatedAfterTheDoorsRestartDoesNotOpen() throws Exception {
    byte[] command = signed(fresh());
    send(command);
    await().until(() -> door.releases().size() == 1);
    door.close();
    door = Doors.start(RIVERSIDE, id);
    send(command);
    refuses(DoorAck.Refusal.REPEATED);
    assertThat(door.releases()).isEmpty();
  }

  @Test
  void f27ACommandDeliveredLateDoesNotOpen() throws Exception {
    send(
        signed(
            Doors.command(RIVERSIDE, id, Instant.now().minus(LIFETIME.plusMillis(1)), LIFETIME)));
    refuses(DoorAck.Refusal.EXPIRED);
    assertThat(door.releases()).isEmpty();
  }

  @Test
  void s5ACommandForAnotherDoorDoesNotOpen() throws Exception {
    send(signed(Doors.command(RIVERSIDE, id + "-other", Instant.now(), LIFETIME)));
    refuses(DoorAck.Refusal.WRONG_DOOR);
    assertThat(door.releases()).isEmpty();
  }

  @Test
  void s5ACommandForTheDoorOfThatNameInAnotherCommunityDoesNotOpen() throws Exception {
    send(signed(Doors.command("hilltop", id, Instant.now(), LIFETIME)));
    refuses(DoorAck.Refusal.WRONG_DOOR);
    assertThat(door.releases()).isEmpty();
  }

  @Test
  void s5ACommandSignedByAnotherKeyDoesNotOpen() throws Exception {
    PrivateKey other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
    send(SignedDoorCommand.sign(fresh(), other));
    refuses(DoorAck.Refusal.BAD_SIGNATURE);
    assertThat(door.releases()).isEmpty();
  }

  @Test
  void s5AnAlteredExpiryDoesNotOpen() throws Exception {
    DoorCommand old = Doors.command(RIVERSIDE, id, Instant.now().minusSeconds(60), LIFETIME);
    DoorCommand longer =
        new DoorCommand(
            old.id(),
            old.community(),
            old.door(),
            old.action(),
            old.nonce(),
            Instant.now(),
            Instant.now().plus(LIFETIME));
    String[] mine = new String(signed(old), StandardCharsets.US_ASCII).split("\\.", -1);
    String[] theirs = new String(signed(longer), StandardCharsets.US_ASCII).split("\\.", -1);
    send((mine[0] + "." + theirs[1] + "." + mine[2]).getBytes(StandardCharsets.US_ASCII));
    refuses(DoorAck.Refusal.BAD_SIGNATURE);
    assertThat(door.releases()).isEmpty();
  }

  @Test
  void s5AReusedNonceDoesNotOpen() throws Exception {
    DoorCommand first = fresh();
    send(signed(first));
    await().until(() -> door.releases().size() == 1);
    send(
        signed(
            new DoorCommand(
                UUID.randomUUID().toString(),
                first.community(),
                first.door(),
                first.action(),
                first.nonce(),
                Instant.now(),
                Instant.now().plus(LIFETIME))));
    refuses(DoorAck.Refusal.REPEATED);
    assertThat(door.releases()).hasSize(1);
  }

  @Test
  void aCommandThatClaimsToBeValidForTooLongDoesNotOpen() throws Exception {
    send(signed(Doors.command(RIVERSIDE, id, Instant.now(), Duration.ofHours(1))));
    refuses(DoorAck.Refusal.NOT_YET_VALID);
    assertThat(door.releases()).isEmpty();
  }

  @Test
  void whateverIsNoCommandDoesNotOpen() throws Exception {
    send("open".getBytes(StandardCharsets.US_ASCII));
    send(new byte[0]);
    send("a.b.c".getBytes(StandardCharsets.US_ASCII));
    String none = new String(signed(fresh()), StandardCharsets.US_ASCII);
    send(none.substring(0, none.lastIndexOf('.') + 1).getBytes(StandardCharsets.US_ASCII));
    await().until(() -> door.refusals().size() == 4);
    assertThat(door.releases()).isEmpty();
  }

  private DoorCommand fresh() {
    return Doors.command(RIVERSIDE, id, Instant.now(), LIFETIME);
  }

  private byte[] signed(DoorCommand command) throws Exception {
    return SignedDoorCommand.sign(command, key);
  }

  private void send(byte[] message) throws Exception {
    thief.publish("gatehouse/v1/" + RIVERSIDE + "/" + id + "/command", message);
  }

  private void refuses(DoorAck.Refusal reason) {
    await().until(() -> door.refusals().contains(reason));
  }
}
