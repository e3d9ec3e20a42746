package gatehouse.model;

import gatehouse.stats.BetaPosterior;

/**
 * How reliably the border of a site is read, for plates or for credentials: pairs of passages that
 * add up, and pairs in which one went unread.
 *
 * @param missedOut came in though nobody saw it leave
 * @param readOut came in, and was seen to leave before
 * @param missedIn left though nobody saw it come in
 * @param readIn left, and was seen to come in before
 * @param exits whether anybody was ever seen to leave
 */
public record BorderReads(
    double missedOut, double readOut, double missedIn, double readIn, boolean exits) {

  private static final double LIMIT = 4000;

  static final BorderReads NONE = new BorderReads(0, 0, 0, 0, false);

  /** One more exit that was read, or not; −1 takes back what was counted as missed. */
  BorderReads out(double missed, double read) {
    double keep = missedOut + readOut >= LIMIT ? 0.5 : 1;
    return new BorderReads(
        Math.max(0, missedOut * keep + missed), readOut * keep + read, missedIn, readIn, exits);
  }

  /** One more entry that was read, or not. */
  BorderReads in(double missed, double read) {
    double keep = missedIn + readIn >= LIMIT ? 0.5 : 1;
    return new BorderReads(
        missedOut, readOut, missedIn * keep + missed, readIn * keep + read, exits);
  }

  BorderReads withExits() {
    return exits ? this : new BorderReads(missedOut, readOut, missedIn, readIn, true);
  }

  /**
   * Probability that what was not seen to leave is still there, by Bayes' rule: a rare long stay
   * against an exit that was not read.
   *
   * @param share of visits that last beyond their limit
   */
  double stillInside(double share, double priorMissed, double priorRead) {
    double missed = new BetaPosterior(priorMissed + missedOut, priorRead + readOut).mean();
    return share / (share + missed);
  }

  /** The same for what left and was not seen to come in. */
  double cameUnseen(double share, double priorMissed, double priorRead) {
    double missed = new BetaPosterior(priorMissed + missedIn, priorRead + readIn).mean();
    return share / (share + missed);
  }
}
