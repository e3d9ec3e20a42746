package gatehouse.stats;

/**
 * Whether a count process is as usual, in a surge (something is on), or in a drop: the forward
 * filter of a hidden Markov chain with three states.
 *
 * <p>From "as usual" a surge begins with probability z a bin, and a drop likewise; either lasts L
 * bins on average. After each bin the state's probabilities are the prior ones times the likelihood
 * of the bin's counts in each state, normalised. Several flows that share the hidden state add
 * their log-likelihoods.
 *
 * <p>Source: the causal (forward) part of A. Ihler, J. Hutchins, P. Smyth, Adaptive event detection
 * with time-varying Poisson processes, KDD 2006, with negative binomial in place of Poisson counts;
 * L. R. Rabiner, Proc. IEEE 77 (1989), section III.
 *
 * @param surge probability of a surge
 * @param drop probability of a drop
 */
public record SurgeFilter(double surge, double drop) {

  /** Probabilities stay this far from 0 and 1, so that the chain can always leave a state. */
  private static final double LEAST = 1e-12;

  /** As usual for all that is known. */
  public static final SurgeFilter USUAL = new SurgeFilter(LEAST, LEAST);

  /**
   * How the hidden state changes.
   *
   * @param onset probability, a bin, that a surge begins; the same for a drop
   * @param length mean length in bins, at least 1
   */
  public record Chain(double onset, double length) {}

  /**
   * Log-likelihoods of a bin's counts.
   *
   * @param usual as usual
   * @param surge in a surge
   * @param drop in a drop; where a drop cannot be told from usual, the same as {@code usual}
   */
  public record Likelihood(double usual, double surge, double drop) {

    /** Nothing counted yet. */
    public static final Likelihood NONE = new Likelihood(0, 0, 0);

    /** Of both together, if they are independent given the state. */
    public Likelihood and(Likelihood other) {
      return new Likelihood(usual + other.usual, surge + other.surge, drop + other.drop);
    }

    /** The same where a drop cannot be told from usual. */
    public Likelihood blindToDrops() {
      return new Likelihood(usual, surge, usual);
    }
  }

  /**
   * The log-likelihood of a count of NB1 passages with this mean and dispersion.
   *
   * @param extra mean of what a surge adds, itself gamma distributed
   * @param extraShape shape of that gamma distribution
   * @param dropShare share of the mean that is left in a drop
   */
  public static Likelihood likelihood(
      int count, NegativeBinomial usual, double extra, double extraShape, double dropShare) {
    double mean = usual.mean() + extra;
    double variance = usual.mean() * usual.dispersion() + extra * (1 + extra / extraShape);
    return new Likelihood(
        usual.logProbability(count),
        new NegativeBinomial(mean, variance / mean).logProbability(count),
        new NegativeBinomial(usual.mean() * dropShare, usual.dispersion()).logProbability(count));
  }

  /** The same after one more bin. */
  public SurgeFilter after(Likelihood bin, Chain chain) {
    double usual = 1 - surge - drop;
    double lasts = 1 - 1 / chain.length();
    double priorSurge = surge * lasts + usual * chain.onset();
    double priorDrop = drop * lasts + usual * chain.onset();
    double most = Math.max(bin.usual(), Math.max(bin.surge(), bin.drop()));
    double inSurge = priorSurge * Math.exp(bin.surge() - most);
    double inDrop = priorDrop * Math.exp(bin.drop() - most);
    double asUsual = (1 - priorSurge - priorDrop) * Math.exp(bin.usual() - most);
    double total = inSurge + inDrop + asUsual;
    return new SurgeFilter(kept(inSurge / total), kept(inDrop / total));
  }

  /** Log odds of a surge against usual. */
  public double surgeOdds() {
    return Math.log(surge / usual());
  }

  /** Log odds of a drop against usual. */
  public double dropOdds() {
    return Math.log(drop / usual());
  }

  /** Probability that all is as usual. */
  public double usual() {
    return Math.max(LEAST, 1 - surge - drop);
  }

  private static double kept(double probability) {
    return Math.min(1 - 2 * LEAST, Math.max(LEAST, probability));
  }
}
