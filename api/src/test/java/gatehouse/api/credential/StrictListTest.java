package gatehouse.api.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Platform;
import gatehouse.api.door.Doors;
import gatehouse.api.door.RawClient;
import gatehouse.credential.CodeDigest;
import gatehouse.credential.CredentialEntry;
import gatehouse.credential.CredentialListAnswer.Refusal;
import gatehouse.credential.CredentialListCommand;
import gatehouse.credential.CredentialListCommand.Action;
import gatehouse.credential.SignedCredentialList;
import gatehouse.event.CredentialType;
import gatehouse.simulator.door.ReferenceDoor;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What reaches a terminal's list without the platform's will (S5, L10): somebody has the platform's
 * credential at the broker and captured messages, and still the list stays as it is. The terminal
 * is not in the registry, so that nobody else speaks to it.
 */
class StrictListTest {

  private static final String COMMUNITY = "strict-lists";
  private static final Duration LIFETIME = Duration.ofSeconds(30);

  private final PrivateKey key = Platform.get().doorKeys().getPrivate();
  private final String id = "door-" + UUID.randomUUID().toString().substring(0, 8);
  private RawClient thief;
  private ReferenceDoor door;

  @BeforeEach
  void start() throws Exception {
    thief = RawClient.thief();
    door = Doors.start(COMMUNITY, id);
  }

  @AfterEach
  void stop() throws Exception {
    door.close();
    thief.close();
  }

  @Test
  void aChangeThatIsSentTwiceIsAppliedOnce() throws Exception {
    byte[] change = signed(change(0, 1, "card-1"));
    send(change);
    await().until(() -> door.list().revision() == 1);
    send(change);
    refuses(Refusal.REPEATED);
    assertThat(door.list().revision()).isEqualTo(1);
  }

  @Test
  void aChangeThatIsRepeatedAfterARestartIsNotAppliedAgain() throws Exception {
    byte[] change = signed(change(0, 1, "card-1"));
    send(change);
    await().until(() -> door.list().revision() == 1);
    door.close();
    door = Doors.start(COMMUNITY, id);
    assertThat(door.list().entries()).hasSize(1);
    send(change);
    refuses(Refusal.REPEATED);
  }

  @Test
  void changesThatComeInTheWrongOrderWaitForNothing() throws Exception {
    byte[] first = signed(change(0, 1, "card-1"));
    byte[] second = signed(change(1, 2, "card-2"));
    send(second);
    refuses(Refusal.OUT_OF_ORDER);
    send(first);
    await().until(() -> door.list().revision() == 1);
    assertThat(door.list().entries())
        .extracting(CredentialEntry::credential)
        .containsExactly("card-1");
  }

  @Test
  void aChangeThatIsDeliveredLateIsNotApplied() throws Exception {
    send(
        signed(change(0, 1, Instant.now().minus(LIFETIME.plusMillis(1)), LIFETIME, COMMUNITY, id)));
    refuses(Refusal.EXPIRED);
    unchanged();
  }

  @Test
  void aChangeThatClaimsToBeValidForTooLongIsNotApplied() throws Exception {
    send(signed(change(0, 1, Instant.now(), Duration.ofHours(1), COMMUNITY, id)));
    refuses(Refusal.NOT_YET_VALID);
    unchanged();
  }

  @Test
  void aChangeForAnotherTerminalIsNotApplied() throws Exception {
    send(signed(change(0, 1, Instant.now(), LIFETIME, COMMUNITY, id + "-other")));
    refuses(Refusal.WRONG_DEVICE);
    unchanged();
  }

  @Test
  void aChangeForTheTerminalOfThatNameElsewhereIsNotApplied() throws Exception {
    send(signed(change(0, 1, Instant.now(), LIFETIME, "elsewhere", id)));
    refuses(Refusal.WRONG_DEVICE);
    unchanged();
  }

  @Test
  void aChangeSignedByAnotherKeyIsNotApplied() throws Exception {
    PrivateKey other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
    send(SignedCredentialList.sign(change(0, 1, "card-1"), other));
    refuses(Refusal.BAD_SIGNATURE);
    unchanged();
  }

  @Test
  void anAlteredChangeIsNotApplied() throws Exception {
    String[] mine = text(signed(change(0, 1, "card-1"))).split("\\.", -1);
    String[] theirs = text(signed(change(0, 1, "card-2"))).split("\\.", -1);
    send((mine[0] + "." + theirs[1] + "." + mine[2]).getBytes(StandardCharsets.US_ASCII));
    refuses(Refusal.BAD_SIGNATURE);
    unchanged();
  }

  @Test
  void aListIsNotTakenForADoorCommandNorTheOtherWayRound() throws Exception {
    send("a.b.c".getBytes(StandardCharsets.US_ASCII));
    await().until(() -> door.refusals().size() == 1);
    String[] mine = text(signed(change(0, 1, "card-1"))).split("\\.", -1);
    send((mine[0] + ".e30." + mine[2]).getBytes(StandardCharsets.US_ASCII));
    refuses(Refusal.BAD_SIGNATURE);
    unchanged();
    assertThat(door.releases()).isEmpty();
  }

  private CredentialListCommand change(long base, long revision, String credential) {
    return change(base, revision, credential, Instant.now(), LIFETIME, COMMUNITY, id);
  }

  private static CredentialListCommand change(
      long base,
      long revision,
      Instant issued,
      Duration lifetime,
      String community,
      String device) {
    return change(base, revision, "card-1", issued, lifetime, community, device);
  }

  private static CredentialListCommand change(
      long base,
      long revision,
      String credential,
      Instant issued,
      Duration lifetime,
      String community,
      String device) {
    return new CredentialListCommand(
        UUID.randomUUID().toString(),
        community,
        device,
        Action.CHANGE,
        base,
        revision,
        CodeDigest.newSalt(),
        List.of(
            new CredentialEntry(credential, CredentialType.CARD, "", Residence.LONG_AGO, null, 0)),
        List.of(),
        "",
        UUID.randomUUID().toString(),
        issued,
        issued.plus(lifetime));
  }

  private byte[] signed(CredentialListCommand command) throws Exception {
    return SignedCredentialList.sign(command, key);
  }

  private void send(byte[] message) throws Exception {
    thief.publish("gatehouse/v1/" + COMMUNITY + "/" + id + "/command", message);
  }

  private void refuses(Refusal reason) {
    await().until(() -> door.listRefusals().contains(reason));
  }

  private void unchanged() {
    assertThat(door.list().revision()).isZero();
    assertThat(door.list().entries()).isEmpty();
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.US_ASCII);
  }
}
