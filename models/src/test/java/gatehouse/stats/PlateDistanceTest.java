package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlateDistanceTest {

  @ParameterizedTest
  @CsvSource({
    "京A12345, 京A12345, 0",
    "京A8B345, 京ABB345, 0.3",
    "京A8B345, 京AB8345, 0.6",
    "京A80Z34, 京AB0234, 0.6",
    "京A80Z54, 京AB02S4, 0.9",
    "京A12345, 京A12349, 1",
    "京A12345, 京A1234, 1",
    "京A12345, 京A123456, 1",
    "京A12345, 京A12394, Infinity",
    "京A8B349, 京ABB340, Infinity",
    "京A12345, 沪A12345, 1",
    "京A12345, 京A123, Infinity",
    "京A12345, A12345, 1"
  })
  void countsEdits(String one, String other, double distance) {
    assertThat(PlateDistance.between(one, other, true)).isCloseTo(distance, within(1e-9));
    assertThat(PlateDistance.between(other, one, true)).isCloseTo(distance, within(1e-9));
  }

  @Test
  void anUnsureProvinceIsALookAlike() {
    assertThat(PlateDistance.between("京A12345", "沪A12345", false)).isEqualTo(0.3);
  }

  @Test
  void aCleanReadingIsAsLikelyAsItsConfidence() {
    assertThat(OcrLikelihood.of("京A12345", 0.9, List.of(), "京A12345"))
        .isCloseTo(0.9, within(1e-12));
  }

  /** By hand: c = 0.93^(1/7) = 0.98969; one error to one of {8, B}: (1 - c) 0.7 / 2. */
  @Test
  void aLookAlikeIsLikelierThanAnother() {
    double c = Math.pow(0.93, 1.0 / 7);
    assertThat(OcrLikelihood.of("京A8B345", 0.93, List.of(), "京ABB345"))
        .isCloseTo(Math.pow(c, 6) * (1 - c) * 0.35, within(1e-15));
    assertThat(OcrLikelihood.of("京A9B345", 0.93, List.of(), "京ABB345"))
        .isCloseTo(Math.pow(c, 6) * (1 - c) * 0.3 / 33, within(1e-15));
  }

  @Test
  void theCharactersOwnConfidenceCounts() {
    List<Double> sure = List.of(1.0, 1.0, 0.6, 1.0, 1.0, 1.0, 1.0);
    assertThat(OcrLikelihood.of("京A8B345", 0.6, sure, "京ABB345"))
        .isCloseTo(0.4 * 0.35, within(1e-12));
    assertThat(OcrLikelihood.of("京A8B345", 0.6, sure, "京A8B349")).isZero();
  }

  @Test
  void aCharacterTooMuchOrTooLittleIsAnError() {
    List<Double> six = List.of(1.0, 1.0, 0.8, 1.0, 1.0, 1.0);
    assertThat(OcrLikelihood.of("京A1234", 0.8, six, "京A12345"))
        .isCloseTo(0.8 * 0.2 * 0.3 / 33, within(1e-12));
    List<Double> seven = List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5);
    assertThat(OcrLikelihood.of("京A12345", 0.5, seven, "京A1234"))
        .isCloseTo(0.5 * 0.3 / 33, within(1e-12));
    assertThat(OcrLikelihood.of("京A12345", 0.5, seven, "京B999")).isZero();
  }

  @Test
  void aProvinceIsTakenForAnyOther() {
    List<Double> unsure = List.of(0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0);
    assertThat(OcrLikelihood.of("京A12345", 0.5, unsure, "沪A12345"))
        .isCloseTo(0.5 * 0.7 / 31, within(1e-12));
  }
}
