package gatehouse.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaPosteriorTest {

  /** Closed forms: Beta(1,1) 1-x; Beta(2,1) 1-x^2; Beta(1,3) (1-x)^3; others by binomial sums. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0.3, 0.7",
    "2, 1, 0.5, 0.75",
    "1, 3, 0.5, 0.125",
    "2, 8, 0.2, 0.436207616",
    "8, 2, 0.8, 0.563792384",
    "5, 5, 0.5, 0.5",
    "52, 48, 0.5, 0.6560573282101544",
    "0.5, 0.5, 0.25, 0.6666666666666666",
    "2, 8, 0, 1",
    "2, 8, 1, 0"
  })
  void theTailAgreesWithClosedForms(double alpha, double beta, double share, double above) {
    assertThat(new BetaPosterior(alpha, beta).probabilityAbove(share))
        .isCloseTo(above, within(1e-9));
  }

  @Test
  void theMeanIsAlphaOverTheSum() {
    assertThat(new BetaPosterior(2, 8).mean()).isEqualTo(0.2);
  }

  @Test
  void impossibleCountsAndSharesAreRefused() {
    assertThatThrownBy(() -> new BetaPosterior(0, 1)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new BetaPosterior(1, 1).probabilityAbove(1.5))
        .hasMessageContaining("0..1");
  }
}
