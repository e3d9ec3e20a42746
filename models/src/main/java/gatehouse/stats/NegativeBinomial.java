package gatehouse.stats;

/**
 * Counts that vary more than Poisson's: the negative binomial distribution NB1, whose variance is a
 * fixed multiple of its mean.
 *
 * <p>With mean m and dispersion ψ &gt; 1: r = m / (ψ − 1), p = 1 / ψ, and P(X = x) = Γ(r + x) /
 * (Γ(r) x!) · pʳ · (1 − p)ˣ. Counts at doors have a variance of two to three times their mean, so
 * Poisson tails would raise false alarms.
 *
 * <p>Source: A. C. Cameron, P. K. Trivedi, Regression Analysis of Count Data, 2nd ed. (2013),
 * section 3.3 (NB1); the mid-p value: H. O. Lancaster, JASA 56 (1961).
 *
 * @param mean expected count, &gt; 0
 * @param dispersion variance divided by mean, &gt; 1
 */
public record NegativeBinomial(double mean, double dispersion) {

  /** Terms of a tail below this share of the sum so far change nothing that is shown. */
  private static final double NEGLIGIBLE = 1e-15;

  public NegativeBinomial {
    if (!(mean > 0) || !(dispersion > 1)) {
      throw new IllegalArgumentException(
          "mean must be > 0 and dispersion > 1, not " + mean + " and " + dispersion);
    }
  }

  /** The probability of exactly this count. */
  public double probability(int count) {
    return count < 0 ? 0 : Math.exp(logProbability(count));
  }

  /** The logarithm of the probability of exactly this count, which must not be negative. */
  public double logProbability(int count) {
    double r = shape();
    return LogGamma.of(r + count)
        - LogGamma.of(r)
        - LogGamma.of(count + 1.0)
        - r * Math.log(dispersion)
        + count * Math.log1p(-1 / dispersion);
  }

  /** P(X ≥ count). */
  public double tail(int count) {
    if (count <= 0) {
      return 1;
    }
    return count > mean ? upperSum(count) : Math.max(0, 1 - lowerSum(count));
  }

  /** P(X &gt; count) + ½ P(X = count): the probability of something at least this extreme. */
  public double midP(int count) {
    return tail(count + 1) + probability(count) / 2;
  }

  /** −log10 of {@link #midP}: 3 means once in a thousand such windows. */
  public double surprise(int count) {
    return -Math.log10(Math.max(midP(count), Double.MIN_NORMAL));
  }

  /** The least count that is not exceeded with at least this probability, below 1. */
  public int quantile(double probability) {
    double term = probability(0);
    double sum = term;
    int count = 0;
    while (sum < probability && (count <= mean || term > NEGLIGIBLE)) {
      term *= ratioAfter(count);
      sum += term;
      count++;
    }
    return count;
  }

  private double shape() {
    return mean / (dispersion - 1);
  }

  private double upperSum(int from) {
    double term = probability(from);
    double sum = term;
    for (int k = from; term > sum * NEGLIGIBLE; k++) {
      term *= ratioAfter(k);
      sum += term;
    }
    return sum;
  }

  private double lowerSum(int until) {
    double term = probability(0);
    double sum = term;
    for (int k = 0; k < until - 1; k++) {
      term *= ratioAfter(k);
      sum += term;
    }
    return sum;
  }

  /** P(X = k + 1) / P(X = k). */
  private double ratioAfter(int k) {
    return (shape() + k) / (k + 1) * (1 - 1 / dispersion);
  }
}
