package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CusumTest {

  private static final NegativeBinomial USUAL = new NegativeBinomial(8, 2);

  /** Differences of scipy.stats.nbinom.logpmf. */
  @ParameterizedTest
  @CsvSource({
    "8, 1.5, -0.3091224036896483",
    "8, 0.5, -0.8909729238898643",
    "25, 1.5, 2.4119998789799215",
    "25, 0.5, -4.162225704856347"
  })
  void ratiosAgreeWithTheReference(int count, double factor, double expected) {
    assertThat(Cusum.logRatio(count, USUAL, factor)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void evidenceAgainstNeverCountsBelowZero() {
    Cusum sum = Cusum.ZERO.plus(-3, 2).plus(1, -1);
    assertThat(sum).isEqualTo(new Cusum(1, 1));
    assertThat(sum.upReset()).isEqualTo(new Cusum(0, 1));
    assertThat(sum.downReset()).isEqualTo(new Cusum(1, 0));
  }

  /** Page's sum at threshold 10 needs a few bins for a doubling and stays low otherwise. */
  @Test
  void noticesADoublingWithinHours() {
    int bins = 0;
    Cusum sum = Cusum.ZERO;
    Random random = new Random(5);
    for (int bin = 0; bin < 2000; bin++) {
      sum = plus(sum, draw(USUAL, random));
      assertThat(sum.up()).isLessThan(10);
    }
    while (sum.up() < 10) {
      sum = plus(sum, draw(new NegativeBinomial(16, 2), random));
      bins++;
    }
    assertThat(bins).isBetween(3, 20);
  }

  private static Cusum plus(Cusum sum, int count) {
    return sum.plus(Cusum.logRatio(count, USUAL, 1.5), Cusum.logRatio(count, USUAL, 0.5));
  }

  private static int draw(NegativeBinomial counts, Random random) {
    return counts.quantile(random.nextDouble());
  }

  private static double after(int... counts) {
    Cusum cusum = Cusum.ZERO;
    for (int count : counts) {
      cusum = cusum.plus(Cusum.logRatio(count, new NegativeBinomial(4, 2), 1.5), 0);
    }
    return cusum.up();
  }

  /**
   * With ψ = 2, λ = 4 and c = 1.5 both distributions have integer shapes 6 and 4, so the ratio is
   * one of binomial coefficients: C(x + 5, x) / 2^(x + 6) over C(x + 3, x) / 2^(x + 4).
   */
  @Test
  void oneStepIsTheLogLikelihoodRatio() {
    assertThat(after(8)).isCloseTo(Math.log(1287.0 / (4 * 165)), within(1e-12));
    assertThat(after(6)).isCloseTo(Math.log(462.0 / (4 * 84)), within(1e-12));
  }

  @Test
  void stepsAddUpAndNeverFallBelowNothing() {
    assertThat(after(6, 8)).isCloseTo(after(6) + after(8), within(1e-12));
    assertThat(after(3)).isZero();
    assertThat(after(0, 0, 0, 8)).isEqualTo(after(8));
  }

  @Test
  void aLastingIncreaseRaisesAnAlarmAndTheUsualDoesNot() {
    int[] doubled = new int[30];
    java.util.Arrays.fill(doubled, 8);
    assertThat(after(doubled)).isGreaterThan(7);
    int[] usual = new int[300];
    java.util.Arrays.setAll(usual, i -> i % 2 == 0 ? 3 : 5);
    assertThat(after(usual)).isLessThan(1);
  }
}
