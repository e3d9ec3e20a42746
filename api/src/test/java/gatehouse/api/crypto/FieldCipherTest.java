package gatehouse.api.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.api.Platform;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldCipherTest {

  private static final String PHONE = "13900001234";

  @ParameterizedTest
  @EnumSource
  void opensWhatItSealedAndNeverSealsTwiceAlike(CipherSuite suite) {
    FieldCipher cipher = cipher(suite);
    byte[] sealed = cipher.seal(FieldClass.CONTACT, "riverside/p-1", PHONE);
    assertThat(cipher.open(FieldClass.CONTACT, "riverside/p-1", sealed)).isEqualTo(PHONE);
    assertThat(cipher.seal(FieldClass.CONTACT, "riverside/p-1", PHONE)).isNotEqualTo(sealed);
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(PHONE);
  }

  @Test
  void readsWhatWasSealedBeforeTheSuiteWasChanged() {
    byte[] sealed = cipher(CipherSuite.AES).seal(FieldClass.NAME, "riverside/p-1", "王小明");
    assertThat(cipher(CipherSuite.SM4).open(FieldClass.NAME, "riverside/p-1", sealed))
        .isEqualTo("王小明");
  }

  @ParameterizedTest
  @EnumSource
  void opensNothingThatWasChangedOrBelongsElsewhere(CipherSuite suite) {
    FieldCipher cipher = cipher(suite);
    byte[] sealed = cipher.seal(FieldClass.CONTACT, "riverside/p-1", PHONE);
    assertThatThrownBy(() -> cipher.open(FieldClass.CONTACT, "riverside/p-2", sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> cipher.open(FieldClass.NAME, "riverside/p-1", sealed))
        .isInstanceOf(IllegalStateException.class);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 4;
      assertThatThrownBy(() -> cipher.open(FieldClass.CONTACT, "riverside/p-1", changed))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageNotContaining(PHONE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTokenIsEqualForEqualValuesOfOneCommunityOnly(CipherSuite suite) {
    FieldCipher cipher = cipher(suite);
    byte[] token = cipher.token(FieldClass.CONTACT, "riverside", PHONE);
    assertThat(cipher.token(FieldClass.CONTACT, "riverside", PHONE)).isEqualTo(token);
    assertThat(cipher.token(FieldClass.CONTACT, "hilltop", PHONE)).isNotEqualTo(token);
    assertThat(cipher.token(FieldClass.IDENTITY, "riverside", PHONE)).isNotEqualTo(token);
    assertThat(cipher.token(FieldClass.CONTACT, "riverside", "13900001235")).isNotEqualTo(token);
  }

  private static FieldCipher cipher(CipherSuite suite) {
    return new FieldCipher(Platform.get().settings(Map.of("GATEHOUSE_DATA_CIPHER", suite.name())));
  }
}
