package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import gatehouse.stats.SurgeFilter.Chain;
import gatehouse.stats.SurgeFilter.Likelihood;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurgeFilterTest {

  private static final Chain CHAIN = new Chain(2.0 / 336, 8);

  /** Values of scipy.stats.nbinom for mean 8, dispersion 2, surge mean 13 of shape 3. */
  @ParameterizedTest
  @CsvSource({
    "8, -2.320847768928898, -3.980613741276753, -5.236563915565211",
    "25, -7.8446640864091, -3.3938246840686928, -16.374874510364652"
  })
  void likelihoodsAgreeWithTheReference(int count, double usual, double surge, double drop) {
    Likelihood likelihood = SurgeFilter.likelihood(count, new NegativeBinomial(8, 2), 13, 3, 0.2);
    assertThat(likelihood.usual()).isCloseTo(usual, within(1e-9));
    assertThat(likelihood.surge()).isCloseTo(surge, within(1e-9));
    assertThat(likelihood.drop()).isCloseTo(drop, within(1e-9));
  }

  /** Three steps computed independently. */
  @Test
  void stepsAgreeWithTheReference() {
    SurgeFilter filter = SurgeFilter.USUAL.after(new Likelihood(-3, -2, -9), CHAIN);
    assertThat(filter.surge()).isCloseTo(0.016111128348976236, withinPercentage(1e-6));
    assertThat(filter.drop()).isCloseTo(1.4691447386165538e-05, withinPercentage(1e-6));
    filter = filter.after(new Likelihood(-9, -3, -20), CHAIN);
    assertThat(filter.surge()).isCloseTo(0.8920465217213668, withinPercentage(1e-6));
    filter = filter.after(new Likelihood(-2.5, -4, -6), CHAIN);
    assertThat(filter.surge()).isCloseTo(0.4440916188596134, withinPercentage(1e-6));
    assertThat(filter.surgeOdds())
        .isCloseTo(Math.log(0.4440916188596134 / 0.5558589427402005), within(1e-6));
  }

  @Test
  void withoutEvidenceASurgeFadesAtItsLength() {
    SurgeFilter filter = new SurgeFilter(0.999, 1e-12);
    for (int bin = 0; bin < 8; bin++) {
      filter = filter.after(Likelihood.NONE, CHAIN);
    }
    assertThat(filter.surge()).isCloseTo(Math.pow(7.0 / 8, 8), within(0.04));
  }

  @Test
  void neverGetsStuckHoweverExtremeTheCounts() {
    SurgeFilter filter = SurgeFilter.USUAL.after(new Likelihood(-5000, -1, -9000), CHAIN);
    assertThat(filter.surgeOdds()).isGreaterThan(20).isFinite();
    filter = filter.after(new Likelihood(-1, -5000, -9000), CHAIN);
    assertThat(filter.surgeOdds()).isLessThan(-20).isFinite();
  }

  @Test
  void blindToDropsMeansThatADropGainsNothing() {
    Likelihood quiet = new Likelihood(-20, -30, -1).blindToDrops();
    SurgeFilter filter = SurgeFilter.USUAL.after(quiet, CHAIN);
    assertThat(filter.drop()).isCloseTo(CHAIN.onset(), withinPercentage(1));
  }
}
