package gatehouse.stats;

/**
 * Notices that counts have become larger for good: the cumulative sum of log-likelihood ratios of
 * the negative binomial distribution.
 *
 * <p>With expected count λ, dispersion ψ and the factor c that matters, S ← max(0, S + ln NB1(x;
 * cλ, ψ) − ln NB1(x; λ, ψ)); an alarm is S &gt; h, after which S begins anew.
 *
 * <p>Source: E. S. Page, Continuous Inspection Schemes, Biometrika 41 (1954); for negative binomial
 * counts: M. Höhle, M. Paul, Count data regression charts for the monitoring of surveillance time
 * series, CSDA 52 (2008).
 *
 * @param sum S
 */
public record NegativeBinomialCusum(double sum) {

  /** Nothing counted yet. */
  public static final NegativeBinomialCusum ZERO = new NegativeBinomialCusum(0);

  /**
   * The same after one more count.
   *
   * @param expected λ, &gt; 0
   * @param dispersion ψ, &gt; 1
   * @param factor c; above 1 to notice more, below 1 to notice less
   */
  public NegativeBinomialCusum plus(int count, double expected, double dispersion, double factor) {
    double changed = new NegativeBinomial(factor * expected, dispersion).logProbability(count);
    double usual = new NegativeBinomial(expected, dispersion).logProbability(count);
    return new NegativeBinomialCusum(Math.max(0, sum + changed - usual));
  }
}
