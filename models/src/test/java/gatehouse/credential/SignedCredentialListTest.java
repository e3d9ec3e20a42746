package gatehouse.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.credential.CredentialListAnswer.Refusal;
import gatehouse.credential.CredentialListCommand.Action;
import gatehouse.door.DoorCommand;
import gatehouse.door.DoorRefusal;
import gatehouse.door.SignedDoorCommand;
import gatehouse.event.CredentialType;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedCredentialListTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private KeyPair keys;

  @BeforeEach
  void makeKeys() throws Exception {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  @Test
  void isReadAsItWasSigned() throws Exception {
    CredentialListCommand change = change("gate", List.of(card("c-1")));
    byte[] signed = SignedCredentialList.sign(change, keys.getPrivate());
    assertThat(SignedCredentialList.claims(signed)).isTrue();
    assertThat(SignedCredentialList.verify(signed, keys.getPublic())).isEqualTo(change);
  }

  @Test
  void theLargestChangeFits() throws Exception {
    List<CredentialEntry> most =
        IntStream.range(0, CredentialListCommand.MOST_CHANGES)
            .mapToObj(number -> card("c".repeat(120) + number))
            .map(entry -> entry.withCode(CodeDigest.of(CodeDigest.newSalt(), "1")))
            .toList();
    CredentialListCommand change = change("gate", most);
    assertThat(
            SignedCredentialList.verify(
                SignedCredentialList.sign(change, keys.getPrivate()), keys.getPublic()))
        .isEqualTo(change);
  }

  @Test
  void neitherKindOfCommandIsTakenForTheOther() throws Exception {
    byte[] open =
        SignedDoorCommand.sign(
            new DoorCommand(
                "cmd-1", "c1", "gate", DoorCommand.Action.OPEN, "n-1", NOW, NOW.plusSeconds(10)),
            keys.getPrivate());
    byte[] list = SignedCredentialList.sign(change("gate", List.of()), keys.getPrivate());
    assertThat(SignedCredentialList.claims(open)).isFalse();
    assertThatThrownBy(() -> SignedCredentialList.verify(open, keys.getPublic()))
        .isInstanceOfSatisfying(
            ListRefusal.class, e -> assertThat(e.reason()).isEqualTo(Refusal.MALFORMED));
    assertThatThrownBy(() -> SignedDoorCommand.verify(list, keys.getPublic()))
        .isInstanceOf(DoorRefusal.class);
  }

  @Test
  void refusesWhatIsNotThePlatforms() throws Exception {
    byte[] list = SignedCredentialList.sign(change("gate", List.of()), keys.getPrivate());
    KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertThatThrownBy(() -> SignedCredentialList.verify(list, others.getPublic()))
        .isInstanceOfSatisfying(
            ListRefusal.class, e -> assertThat(e.reason()).isEqualTo(Refusal.BAD_SIGNATURE));
    byte[] tooLong = new byte[200_000];
    assertThatThrownBy(() -> SignedCredentialList.verify(tooLong, keys.getPublic()))
        .isInstanceOf(ListRefusal.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a+", "#", "a b", "a\u0000", ".hidden", "../x"})
  void s4NoIdFormsAnotherTopic(String device) {
    assertThatThrownBy(() -> change(device, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "a\u0000"})
  void l8WhatCannotBeAnIdIsNoEntry(String credential) {
    assertThatThrownBy(() -> card(credential)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDigestDoesNotDependOnTheOrderAndSeesEveryField() {
    CredentialEntry one = card("c-1");
    CredentialEntry two = card("c-2");
    assertThat(ListDigest.of(List.of(one, two))).isEqualTo(ListDigest.of(List.of(two, one)));
    assertThat(ListDigest.of(List.of(one)))
        .isNotEqualTo(ListDigest.of(List.of(two)))
        .isNotEqualTo(ListDigest.of(List.of(one.withCode("x"))))
        .isNotEqualTo(
            ListDigest.of(
                List.of(new CredentialEntry("c-1", CredentialType.CARD, "", NOW, NOW, 0))))
        .isNotEqualTo(ListDigest.of(Collections.emptyList()));
  }

  @Test
  void aCodesDigestSaysNothingAtAnotherTerminal() {
    String salt = CodeDigest.newSalt();
    String digest = CodeDigest.of(salt, "40718263");
    assertThat(CodeDigest.of(salt, "40718263")).isEqualTo(digest);
    assertThat(CodeDigest.of(salt, "40718264")).isNotEqualTo(digest);
    assertThat(CodeDigest.of(CodeDigest.newSalt(), "40718263")).isNotEqualTo(digest);
    assertThat(digest).doesNotContain("40718263");
    assertThatThrownBy(() -> CodeDigest.of("c2hvcnQ", "1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CredentialEntry card(String id) {
    return new CredentialEntry(id, CredentialType.CARD, "", NOW, null, 0);
  }

  private static CredentialListCommand change(String device, List<CredentialEntry> put) {
    return new CredentialListCommand(
        "id-1",
        "riverside",
        device,
        Action.CHANGE,
        0,
        1,
        CodeDigest.newSalt(),
        put,
        List.of(),
        "",
        "nonce-1",
        NOW,
        NOW.plusSeconds(30));
  }
}
