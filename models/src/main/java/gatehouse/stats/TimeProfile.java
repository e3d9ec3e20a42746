package gatehouse.stats;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * At what times of day something usually happens, and how surprising another time is.
 *
 * <p>{@value #BINS} half hours, on working days and on weekends; counts are halved every half-life.
 * The counts ñ of a class of days are smoothed over neighbouring half hours with weights 0.1, 0.2,
 * 0.4, 0.2, 0.1 round the clock, and drawn towards a usual profile g: f(k) = (κ g(k) + ñ(k)) / (κ +
 * Σñ), κ = {@value #PRIOR_EVENTS}. The surprise of a time in bin k is −log10 Σ f(j) over all bins j
 * with f(j) ≤ f(k): the probability of a time at least this unusual.
 *
 * <p>Source: Dirichlet-multinomial posterior mean (A. Gelman et al., Bayesian Data Analysis, 3rd
 * ed., section 3.4); the density-ranked tail is the p-value of a highest-density region.
 *
 * @param workdays decayed counts of working days
 * @param weekends decayed counts of Saturdays and Sundays
 * @param asOf time to which both are decayed
 * @param days on how many days something happened
 * @param events how much happened
 * @param lastDay the newest of those days, as days since the epoch
 */
public record TimeProfile(
    List<Double> workdays,
    List<Double> weekends,
    Instant asOf,
    int days,
    int events,
    long lastDay) {

  /** Half hours of a day. */
  public static final int BINS = 48;

  private static final int BIN_MINUTES = 30;
  private static final double PRIOR_EVENTS = 4;
  private static final double[] KERNEL = {0.1, 0.2, 0.4, 0.2, 0.1};

  /** Nothing has happened yet. */
  public static TimeProfile empty() {
    List<Double> zeros = List.copyOf(Collections.nCopies(BINS, 0.0));
    return new TimeProfile(zeros, zeros, Instant.EPOCH, 0, 0, Long.MIN_VALUE);
  }

  /**
   * The usual profile of what rarely happens at night.
   *
   * @param share the share of all that happens between {@code from} and {@code to}
   */
  public static List<Double> usual(LocalTime from, LocalTime to, double share) {
    List<Boolean> night = new ArrayList<>();
    for (int k = 0; k < BINS; k++) {
      LocalTime time = LocalTime.MIN.plusMinutes((long) k * BIN_MINUTES);
      boolean after = !time.isBefore(from);
      boolean before = time.isBefore(to);
      night.add(from.isBefore(to) ? after && before : after || before);
    }
    long bins = night.stream().filter(in -> in).count();
    double inside = bins == 0 ? 0 : share / bins;
    double outside = (1 - inside * bins) / Math.max(1, BINS - bins);
    return night.stream().map(in -> in ? inside : outside).toList();
  }

  /** The same with one more event of this weight. */
  public TimeProfile plus(Instant at, ZoneId zone, double weight, Duration halfLife) {
    ZonedDateTime local = at.atZone(zone);
    double kept =
        at.isAfter(asOf)
            ? Math.pow(0.5, Duration.between(asOf, at).toMillis() / (double) halfLife.toMillis())
            : 1;
    boolean weekend = isWeekend(local);
    long day = local.toLocalDate().toEpochDay();
    return new TimeProfile(
        decayed(workdays, kept, weekend ? -1 : bin(local), weight),
        decayed(weekends, kept, weekend ? bin(local) : -1, weight),
        at.isAfter(asOf) ? at : asOf,
        day > lastDay ? days + 1 : days,
        events + 1,
        Math.max(day, lastDay));
  }

  /** How many events it remembers, decayed. */
  public double size() {
    return sum(workdays) + sum(weekends);
  }

  /** −log10 of the probability of a time at least this unusual. */
  public double surprise(Instant at, ZoneId zone, List<Double> usual) {
    ZonedDateTime local = at.atZone(zone);
    List<Double> counts = isWeekend(local) ? weekends : workdays;
    double total = sum(counts);
    double[] share = new double[BINS];
    for (int k = 0; k < BINS; k++) {
      double smooth = 0;
      for (int j = 0; j < KERNEL.length; j++) {
        smooth += KERNEL[j] * counts.get(Math.floorMod(k + j - KERNEL.length / 2, BINS));
      }
      share[k] = (PRIOR_EVENTS * usual.get(k) + smooth) / (PRIOR_EVENTS + total);
    }
    double here = share[bin(local)];
    double tail = 0;
    for (double each : share) {
      tail += each <= here + 1e-12 ? each : 0;
    }
    return -Math.log10(Math.max(tail, Double.MIN_NORMAL));
  }

  /** The same, or the surprise of the usual profile as long as less than this is known. */
  public double surprise(
      Instant at, ZoneId zone, List<Double> usual, int leastEvents, int leastDays) {
    return events >= leastEvents && days >= leastDays
        ? surprise(at, zone, usual)
        : empty().surprise(at, zone, usual);
  }

  private static List<Double> decayed(List<Double> counts, double kept, int bin, double weight) {
    List<Double> next = new ArrayList<>(counts.size());
    for (int k = 0; k < counts.size(); k++) {
      next.add(counts.get(k) * kept + (k == bin ? weight : 0));
    }
    return List.copyOf(next);
  }

  private static double sum(List<Double> counts) {
    return counts.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static boolean isWeekend(ZonedDateTime local) {
    DayOfWeek day = local.getDayOfWeek();
    return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
  }

  private static int bin(ZonedDateTime local) {
    return local.toLocalTime().toSecondOfDay() / (BIN_MINUTES * 60);
  }
}
