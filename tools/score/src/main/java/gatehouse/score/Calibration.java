package gatehouse.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a score says how often its alerts are right.
 *
 * <p>Expected calibration error (Naeini, Cooper, Hauskrecht, AAAI 2015; Guo et al., ICML 2017):
 * with the n alerts in {@value #BINS} bins of equal width by their score, <i>ECE =
 * &Sigma;<sub>b</sub> n<sub>b</sub>/n &middot; |right<sub>b</sub>/n<sub>b</sub> &minus; mean
 * score<sub>b</sub>|</i>. The bins are those of the reliability diagram (Murphy and Winkler 1977).
 *
 * @param error the expected calibration error, 0..1; NaN: there were no alerts
 * @param bins those with alerts in them, by score
 */
public record Calibration(double error, List<Bin> bins) {

  private static final int BINS = 10;

  /**
   * Alerts of about the same score.
   *
   * @param from their score is at least this
   * @param to and less than this; the last bin includes 1
   * @param alerts how many
   * @param right how many of them were right
   * @param meanScore the mean of their scores
   */
  public record Bin(double from, double to, int alerts, int right, double meanScore) {

    /** The share that was right. */
    public double share() {
      return (double) right / alerts;
    }
  }

  /** The calibration of these alerts. */
  static Calibration of(List<Judged> alerts) {
    int[] count = new int[BINS];
    int[] right = new int[BINS];
    double[] sum = new double[BINS];
    for (Judged alert : alerts) {
      int bin = (int) Math.max(0, Math.min(BINS - 1, Math.floor(alert.score() * BINS)));
      count[bin]++;
      sum[bin] += alert.score();
      right[bin] += alert.right() ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    for (int i = 0; i < BINS; i++) {
      if (count[i] > 0) {
        Bin bin =
            new Bin(
                (double) i / BINS, (double) (i + 1) / BINS, count[i], right[i], sum[i] / count[i]);
        bins.add(bin);
        error += (double) count[i] / alerts.size() * Math.abs(bin.share() - bin.meanScore());
      }
    }
    return new Calibration(alerts.isEmpty() ? Double.NaN : error, List.copyOf(bins));
  }
}
