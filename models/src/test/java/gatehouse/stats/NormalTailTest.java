package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTailTest {

  /** Abramowitz and Stegun, tables 26.1 and 26.2. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1, 0.158655253931457",
    "1.959963984540054, 0.025",
    "3, 0.00134989803163009",
    "6, 9.86587645037698e-10",
    "10, 7.61985302416053e-24",
    "-1, 0.841344746068543"
  })
  void agreesWithTheTables(double z, double above) {
    assertThat(NormalTail.above(z)).isCloseTo(above, withinPercentage(1e-4));
    assertThat(NormalTail.beyond(z))
        .isCloseTo(2 * Math.min(above, 1 - above), withinPercentage(1e-4));
  }
}
