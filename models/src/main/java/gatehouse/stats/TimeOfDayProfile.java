package gatehouse.stats;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * At what time of day something usually happens (models-spec T5): a decayed count for each half
 * hour, on workdays and at weekends, smoothed round the clock with weights 0.1, 0.2, 0.4, 0.2, 0.1,
 * and drawn towards a cohort's profile g by a Dirichlet prior of {@value #PRIOR} events: f(k) = (κ
 * g(k) + ñ(k)) / (κ + Σñ).
 *
 * <p>The surprise of a time is −log10 of the probability of a half hour at most as likely as its
 * own, a density-ranked tail, so that two habits of a day are both unsurprising.
 *
 * <p>Sources: Dirichlet–multinomial posterior mean, A. Gelman et al., Bayesian Data Analysis, 3rd
 * ed. (2013), section 3.4; density-ranked tail: highest-density regions, R. J. Hyndman, The
 * American Statistician 50 (1996).
 *
 * @param workday decayed counts of Monday to Friday
 * @param weekend decayed counts of Saturday and Sunday
 * @param days on how many days something was counted
 * @param lastDay the last of them, as epoch day
 * @param asOf time to which the counts are decayed
 */
public record TimeOfDayProfile(
    List<Double> workday, List<Double> weekend, int days, long lastDay, Instant asOf) {

  /** Half hours of a day. */
  public static final int BINS = 48;

  private static final double PRIOR = 4;
  private static final int MINUTES = 30;
  private static final double[] KERNEL = {0.1, 0.2, 0.4, 0.2, 0.1};

  /** Nothing counted yet. */
  public static final TimeOfDayProfile EMPTY =
      new TimeOfDayProfile(
          List.copyOf(Collections.nCopies(BINS, 0.0)),
          List.copyOf(Collections.nCopies(BINS, 0.0)),
          0,
          Long.MIN_VALUE,
          Instant.EPOCH);

  /** The same with one more event, at its local time. */
  public TimeOfDayProfile plus(ZonedDateTime at, Duration halfLife) {
    Instant time = at.toInstant();
    double kept =
        time.isAfter(asOf)
            ? Math.pow(0.5, Duration.between(asOf, time).toMillis() / (double) halfLife.toMillis())
            : 1;
    long day = at.toLocalDate().toEpochDay();
    boolean end = isWeekend(at);
    return new TimeOfDayProfile(
        counted(workday, kept, end ? -1 : bin(at)),
        counted(weekend, kept, end ? bin(at) : -1),
        days + (day > lastDay ? 1 : 0),
        Math.max(lastDay, day),
        time.isAfter(asOf) ? time : asOf);
  }

  /** How many events it remembers, decayed. */
  public double size() {
    return sum(workday) + sum(weekend);
  }

  /**
   * −log10 of the probability of a half hour at most as likely as that of this local time.
   *
   * @param cohort share of each half hour in the cohort; sums to 1
   * @param personal whether its own counts matter; false: the cohort alone
   */
  public double surprise(ZonedDateTime at, List<Double> cohort, boolean personal) {
    List<Double> own = isWeekend(at) ? weekend : workday;
    double total = personal ? sum(own) : 0;
    double[] density = new double[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      double smoothed = personal ? smoothed(own, bin) : 0;
      density[bin] = (PRIOR * cohort.get(bin) + smoothed) / (PRIOR + total);
    }
    double here = density[bin(at)];
    double tail = 0;
    for (double share : density) {
      // Equal up to rounding counts as equal.
      tail += share <= here * (1 + 1e-9) ? share : 0;
    }
    return -Math.log10(Math.min(1, tail));
  }

  private static double smoothed(List<Double> counts, int bin) {
    double sum = 0;
    for (int i = 0; i < KERNEL.length; i++) {
      sum += KERNEL[i] * counts.get(Math.floorMod(bin + i - KERNEL.length / 2, BINS));
    }
    return sum;
  }

  private static List<Double> counted(List<Double> counts, double kept, int bin) {
    List<Double> next = new ArrayList<>(counts.size());
    for (int i = 0; i < counts.size(); i++) {
      next.add(counts.get(i) * kept + (i == bin ? 1 : 0));
    }
    return List.copyOf(next);
  }

  private static double sum(List<Double> counts) {
    return counts.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static boolean isWeekend(ZonedDateTime at) {
    return at.getDayOfWeek() == DayOfWeek.SATURDAY || at.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  private static int bin(ZonedDateTime at) {
    return (at.getHour() * 60 + at.getMinute()) / MINUTES;
  }
}
