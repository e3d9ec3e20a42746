package gatehouse.model.health;

import gatehouse.event.ClockQuality;
import gatehouse.event.Origin;
import gatehouse.stats.BetaPosterior;

/**
 * Which share of a device's events never arrives, by the gaps in its numbers within a boot. Old
 * events fade: {@value #MEMORY} count fully.
 *
 * @param boot the boot the numbers belong to
 * @param highest the highest number so far, -1 if there is none
 * @param received faded count of events that came
 * @param lost faded count of events that did not
 */
public record Numbering(String boot, long highest, double received, double lost) {

  /** Nothing numbered yet. */
  public static final Numbering NONE = new Numbering("", -1, 0, 0);

  private static final double MEMORY = 500;

  /** Losses come one by one; a longer gap is an outage, which is told as such. */
  private static final long AT_ONCE = 2;

  /** One event in two hundred is what a good line loses: worth a hundred events. */
  private static final double PRIOR_LOST = 0.5;

  private static final double PRIOR_RECEIVED = 99.5;

  /**
   * The same after an event.
   *
   * @param outage whether the device was away before it, so that a gap says nothing
   */
  public Numbering after(Origin origin, boolean outage) {
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
    return new Numbering(origin.boot(), origin.seq(), received * kept + 1, lost * kept + gap);
  }

  /** How sure it is that more than this share is lost. */
  public double certainlyAbove(double share) {
    return posterior().probabilityAbove(share);
  }

  /** The share that is lost. */
  public double share() {
    return posterior().mean();
  }

  private BetaPosterior posterior() {
    return new BetaPosterior(PRIOR_LOST + lost, PRIOR_RECEIVED + received);
  }
}
