package gatehouse.stats;

/**
 * Whether a level has changed for good, even if too little for any one moment to tell: two
 * cumulative sums of log-likelihood ratios, one for a higher and one for a lower level.
 *
 * <p>S ← max(0, S + ln f₁(x) − ln f₀(x)); the level has changed when S exceeds a threshold h. For
 * negative binomial counts f₀ has mean λ and f₁ mean cλ, both with the same dispersion.
 *
 * <p>Source: E. S. Page, Continuous inspection schemes, Biometrika 41 (1954); for counts: J. M.
 * Lucas, Technometrics 27 (1985).
 *
 * @param up evidence for a higher level
 * @param down evidence for a lower one
 */
public record Cusum(double up, double down) {

  /** No evidence yet. */
  public static final Cusum ZERO = new Cusum(0, 0);

  /** ln f₁(x) − ln f₀(x) of a count, f₁ having {@code factor} times the mean. */
  public static double logRatio(int count, NegativeBinomial usual, double factor) {
    return new NegativeBinomial(usual.mean() * factor, usual.dispersion()).logProbability(count)
        - usual.logProbability(count);
  }

  /** The same after one more bin with these log-likelihood ratios. */
  public Cusum plus(double upRatio, double downRatio) {
    return new Cusum(Math.max(0, up + upRatio), Math.max(0, down + downRatio));
  }

  /** The same with no evidence left for a higher level. */
  public Cusum upReset() {
    return new Cusum(0, down);
  }

  /** The same with no evidence left for a lower level. */
  public Cusum downReset() {
    return new Cusum(up, 0);
  }
}
