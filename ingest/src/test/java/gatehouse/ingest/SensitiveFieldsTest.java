package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveFieldsTest {

  @ParameterizedTest
  @CsvSource({
    "ethnicity, ethnicity",
    "EthicCode, ethnicity",
    "nation, ethnicity",
    "民族, ethnicity",
    "religion, religion",
    "political_status, political-status",
    "PoliticalStatus, political-status",
    "specialPersonLevel, special-person",
    "IsSuspectedTerrorist, special-person",
    "maritalStatus, marital-status",
    "EDUCATION, education",
    "faceFeature, biometric"
  })
  void knowsAFieldHoweverItIsSpelled(String field, String name) {
    assertThat(SensitiveFields.classOf(field)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"credential", "destination", "plate", "image", "person"})
  void leavesOthersAlone(String field) {
    assertThat(SensitiveFields.classOf(field)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"religion\":\"secret\",\"a\":1}",
        "{\"a\":1,\"deep\":[{\"ethnicity\":{\"code\":\"secret\"}}]}",
        "{\"r\\u0065ligion\":\"secret\",\"a\":1}",
        "{\"a\":1,\"religion\":\"secret",
      })
  void cutsThemOutOfWhatIsKept(String payload) {
    assertThat(new String(SensitiveFields.cut(Messages.bytes(payload)), StandardCharsets.UTF_8))
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}", "", "garbage", "{\"a\":"})
  void keepsWhatNamesNone(String payload) {
    assertThat(SensitiveFields.cut(Messages.bytes(payload))).isEqualTo(Messages.bytes(payload));
  }
}
