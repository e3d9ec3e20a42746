package gatehouse.stats;

/**
 * What is known of a share after counting: the beta distribution, conjugate to yes/no counts.
 *
 * <p>Source: Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.4; the tail is the
 * regularised incomplete beta function, computed by the continued fraction of NIST DLMF 8.17.22
 * with Lentz's method.
 *
 * @param alpha prior successes plus counted ones, above 0
 * @param beta prior failures plus counted ones, above 0
 */
public record BetaPosterior(double alpha, double beta) {

  private static final int MAX_TERMS = 500;
  private static final double PRECISION = 1e-14;
  private static final double TINY = 1e-300;
  private static final double[] LANCZOS = {
    0.9999999999998099,
    676.5203681218851,
    -1259.1392167224028,
    771.3234287776531,
    -176.6150291621406,
    12.507343278686905,
    -0.13857109526572012,
    9.984369578019572e-06,
    1.5056327351493116e-07
  };

  public BetaPosterior {
    if (!(alpha > 0) || !(beta > 0)) {
      throw new IllegalArgumentException("alpha and beta must be above 0");
    }
  }

  /** The expected share. */
  public double mean() {
    return alpha / (alpha + beta);
  }

  /** The probability that the share is greater than {@code share}, which is within 0..1. */
  public double probabilityAbove(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is within 0..1");
    }
    // The fraction converges fast below the mean; the other side follows by symmetry.
    return share < (alpha + 1) / (alpha + beta + 2)
        ? 1 - lowerTail(share, alpha, beta)
        : lowerTail(1 - share, beta, alpha);
  }

  private static double lowerTail(double x, double a, double b) {
    if (x == 0) {
      return 0;
    }
    double logFront =
        logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
    return Math.exp(logFront) * continuedFraction(x, a, b) / a;
  }

  private static double continuedFraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double fraction = d;
    for (int m = 1; m <= MAX_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      fraction *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      double step = d * c;
      fraction *= step;
      if (Math.abs(step - 1) < PRECISION) {
        break;
      }
    }
    return fraction;
  }

  /** Lanczos' approximation, g = 7, nine terms; relative error below 1e-13 for positive x. */
  private static double logGamma(double x) {
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x - 1 + i);
    }
    double t = x - 1 + 7.5;
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  }

  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }
}
