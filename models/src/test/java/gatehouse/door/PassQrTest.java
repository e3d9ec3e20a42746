package gatehouse.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassQrTest {

  private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");

  private KeyPair keys;
  private String text;

  @BeforeEach
  void sign() throws Exception {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    text = PassQr.at("riverside", "pass-1", NOON).sign(keys.getPrivate());
  }

  @Test
  void showsThePassInItsTimeWithHalfAMinuteForClocks() {
    assertThat(PassQr.verify(text, "riverside", keys.getPublic(), NOON))
        .contains(PassQr.at("riverside", "pass-1", NOON));
    assertThat(verifiedAfter(Duration.ofSeconds(59))).isTrue();
    assertThat(verifiedAfter(Duration.ofSeconds(-30))).isTrue();
    assertThat(verifiedAfter(Duration.ofSeconds(60))).isFalse();
    assertThat(verifiedAfter(Duration.ofSeconds(-31))).isFalse();
    assertThat(verifiedAfter(Duration.ofDays(365))).isFalse();
  }

  @Test
  void showsNothingInAnotherCommunityOrWithAnotherKey() throws Exception {
    assertThat(PassQr.verify(text, "hilltop", keys.getPublic(), NOON)).isEmpty();
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertThat(PassQr.verify(text, "riverside", other.getPublic(), NOON)).isEmpty();
  }

  @Test
  void l8NothingThatWasChangedCutOrMadeLongerShowsAPass() {
    for (int i = 0; i < text.length(); i++) {
      char changed = text.charAt(i) == 'A' ? 'B' : 'A';
      assertThat(shows(text.substring(0, i) + changed + text.substring(i + 1)))
          .as("character %d", i)
          .isFalse();
      assertThat(shows(text.substring(0, i))).isFalse();
    }
    assertThat(shows(text + "A".repeat(600))).isFalse();
    assertThat(shows("'; DROP TABLE passes; --")).isFalse();
  }

  private boolean verifiedAfter(Duration wait) {
    return PassQr.verify(text, "riverside", keys.getPublic(), NOON.plus(wait)).isPresent();
  }

  private boolean shows(String other) {
    return PassQr.verify(other, "riverside", keys.getPublic(), NOON).isPresent();
  }
}
