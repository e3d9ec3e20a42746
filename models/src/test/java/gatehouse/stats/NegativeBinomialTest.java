package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegativeBinomialTest {

  /** Values of scipy.stats.nbinom(mean / (dispersion - 1), 1 / dispersion). */
  @ParameterizedTest
  @CsvSource({
    "0.1, 3, 12, 3.528487316431151e-05, 9.353675370334689e-05, 7.589431712119117e-05",
    "0.5, 3, 5, 0.00809817161115944, 0.02008459173925117, 0.016035505933671472",
    "2, 2, 7, 0.01562499999999999, 0.03515625, 0.027343749999999993",
    "30, 2.5, 20, 0.027707074532494498, 0.8979413687105917, 0.8840878314443444",
    "30, 2.5, 55, 0.0014801090906071527, 0.007116559288702676, 0.006376504743399097"
  })
  void agreesWithTheReference(
      double mean, double dispersion, int count, double pmf, double tail, double midP) {
    NegativeBinomial counts = new NegativeBinomial(mean, dispersion);
    assertThat(counts.probability(count)).isCloseTo(pmf, withinPercentage(1e-8));
    assertThat(counts.tail(count)).isCloseTo(tail, withinPercentage(1e-8));
    assertThat(counts.midP(count)).isCloseTo(midP, withinPercentage(1e-8));
    assertThat(counts.surprise(count)).isCloseTo(-Math.log10(midP), within(1e-9));
  }

  /** Values of scipy.stats.nbinom.ppf. */
  @ParameterizedTest
  @CsvSource({"8, 0.1, 3", "8, 0.55, 8", "8, 0.9, 13", "0.17, 0.1, 0", "0.17, 0.9, 1"})
  void quantilesAgreeWithTheReference(double mean, double probability, int expected) {
    assertThat(new NegativeBinomial(mean, 2).quantile(probability)).isEqualTo(expected);
  }

  @Test
  void hasTheMeanAndVarianceItSays() {
    NegativeBinomial counts = new NegativeBinomial(7.5, 2.4);
    double total = 0;
    double mean = 0;
    double square = 0;
    for (int k = 0; k < 400; k++) {
      total += counts.probability(k);
      mean += k * counts.probability(k);
      square += k * k * counts.probability(k);
    }
    assertThat(total).isCloseTo(1, within(1e-12));
    assertThat(mean).isCloseTo(7.5, within(1e-9));
    assertThat(square - mean * mean).isCloseTo(7.5 * 2.4, within(1e-8));
  }

  @Test
  void everythingIsAtLeastNothingAndFarTailsStayFinite() {
    NegativeBinomial counts = new NegativeBinomial(0.1, 3);
    assertThat(counts.tail(0)).isEqualTo(1);
    assertThat(counts.probability(-1)).isZero();
    assertThat(counts.surprise(100_000)).isBetween(300.0, 308.0);
    assertThat(new NegativeBinomial(5000, 3).tail(4000)).isCloseTo(1, within(1e-9));
  }

  @Test
  void refusesWhatIsNoDistribution() {
    assertThatThrownBy(() -> new NegativeBinomial(0, 3)).hasMessageContaining("mean");
    assertThatThrownBy(() -> new NegativeBinomial(1, 1)).hasMessageContaining("dispersion");
    assertThatThrownBy(() -> new NegativeBinomial(Double.NaN, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Values of scipy.special.gammaln. */
  @ParameterizedTest
  @CsvSource({
    "0.025, 3.674956947385165",
    "0.25, 1.2880225246980774",
    "0.5, 0.5723649429247",
    "1, 0",
    "1.5, -0.12078223763524526",
    "7.3, 7.147892523022249",
    "100.5, 361.43554046777757"
  })
  void logGammaAgreesWithTheReference(double x, double expected) {
    assertThat(LogGamma.of(x)).isCloseTo(expected, within(1e-11));
  }

  @Test
  void logGammaIsForPositiveNumbers() {
    assertThatThrownBy(() -> LogGamma.of(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
