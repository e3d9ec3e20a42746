package gatehouse.model.health;

import gatehouse.event.ClockQuality;
import gatehouse.event.Origin;
import gatehouse.stats.BetaPosterior;

/**
 * Which share of a device's events never arrives, by the gaps in its numbers within a boot. Old
 * events fade: {@value #MEMORY} count fully.
 *
 * <p>Whether it loses more than it used to is a cumulative sum of log-likelihood ratios, S ← max(0,
 * S + ln(p₁ / p₀)) for a lost event, S ← max(0, S + ln((1 − p₁) / (1 − p₀))) for one that came, p₀
 * being what a good line loses: what was well for months does not hide what is lost today (E. S.
 * Page, Continuous inspection schemes, Biometrika 41, 1954).
 *
 * @param boot the boot the numbers belong to
 * @param highest the highest number so far, -1 if there is none
 * @param received faded count of events that came since there is evidence
 * @param lost faded count of events that did not
 * @param evidence S, at most {@value #MOST}
 */
public record Numbering(String boot, long highest, double received, double lost, double evidence) {

  /** Nothing numbered yet. */
  public static final Numbering NONE = new Numbering("", -1, 0, 0, 0);

  private static final double MEMORY = 500;

  /** Losses come one by one; a longer gap is an outage, which is told as such. */
  private static final long AT_ONCE = 2;

  /** Beyond this, more evidence would only make the end late. */
  private static final double MOST = 15;

  /** The same, worth a hundred events. */
  private static final double PRIOR_LOST = 0.5;

  private static final double PRIOR_RECEIVED = 99.5;

  /**
   * The same after an event.
   *
   * @param usual the share p₀ that a good line loses
   * @param fault the share p₁ that a faulty line loses
   * @param outage whether the device was away before it, so that a gap says nothing
   */
  public Numbering after(Origin origin, double usual, double fault, boolean outage) {
    // In a replayed log the numbers are the log's, not the device's.
    if (origin.seq() < 0 || origin.clock() == ClockQuality.UNKNOWN) {
      return this;
    }
    boolean goesOn = boot.equals(origin.boot()) && highest >= 0;
    if (goesOn && origin.seq() <= highest) {
      return this;
    }
    double kept = 1 - 1 / MEMORY;
    long gap = goesOn && !outage ? Math.min(AT_ONCE, origin.seq() - highest - 1) : 0;
    double ratio = gap * Math.log(fault / usual) + Math.log1p(-fault) - Math.log1p(-usual);
    double next = Math.min(MOST, Math.max(0, evidence + ratio));
    return next <= 0
        ? new Numbering(origin.boot(), origin.seq(), 0, 0, 0)
        : new Numbering(origin.boot(), origin.seq(), received * kept + 1, lost * kept + gap, next);
  }

  /** The share that is lost since there is evidence of it. */
  public double share() {
    return new BetaPosterior(PRIOR_LOST + lost, PRIOR_RECEIVED + received).mean();
  }
}
