package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NegativeBinomialCusumTest {

  private static double after(int... counts) {
    NegativeBinomialCusum cusum = NegativeBinomialCusum.ZERO;
    for (int count : counts) {
      cusum = cusum.plus(count, 4, 2, 1.5);
    }
    return cusum.sum();
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
