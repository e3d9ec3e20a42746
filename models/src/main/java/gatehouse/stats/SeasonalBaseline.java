package gatehouse.stats;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many are usual at this half hour of the week: a decayed gamma–Poisson rate for each of
 * {@value #SLOTS} half hours, drawn towards the mean of the same time on all workdays or all
 * weekend days as long as little is known of the half hour itself.
 *
 * <p>With decayed counts a[h] and visits b[h] of half hour h, and A[c][k], B[c][k] of half hour k
 * of day class c: the half hours before and after have the mean n = (A[c][k−1] + A[c][k+1] + 2) /
 * (B[c][k−1] + B[c][k+1] + 1), the class has m = (A[c][k] + n) / (B[c][k] + 1), so that neighbours
 * count like one visit, and the rate is λ = max(floor, (a[h] + κ m) / (b[h] + κ)). A visit first
 * multiplies counts and visits by what is kept, ρ.
 *
 * <p>A visit may be part of a half hour: its exposure is the share of the half hour it lasted.
 *
 * <p>Source: the conjugate gamma–Poisson posterior mean with a hierarchical prior, e.g. A. Gelman
 * et al., Bayesian Data Analysis, 3rd ed. (2013), section 2.6; exponential discounting: M. West, J.
 * Harrison, Bayesian Forecasting and Dynamic Models (1997). Single precision halves the state.
 *
 * @param week decayed count of each half hour of the week, Monday first
 * @param weekVisits decayed visits of each
 * @param day decayed count of each half hour of a workday, then of a weekend day
 * @param dayVisits decayed visits of each
 */
public record SeasonalBaseline(
    List<Float> week, List<Float> weekVisits, List<Float> day, List<Float> dayVisits) {

  private static final int DAY = 48;
  private static final int SLOTS = 7 * DAY;
  private static final int DAY_CLASSES = 2;
  private static final double PRIOR_COUNT = 2;
  private static final double PRIOR_VISITS = 1;
  private static final double NEIGHBOURS = 1;

  /** Nothing seen yet: two a half hour are expected. */
  public static final SeasonalBaseline EMPTY =
      new SeasonalBaseline(
          zeros(SLOTS), zeros(SLOTS), zeros(DAY_CLASSES * DAY), zeros(DAY_CLASSES * DAY));

  /**
   * How it learns.
   *
   * @param shrinkage κ, visits of the class mean that count like visits of the half hour itself
   * @param weekKept ρ of the week's half hours, kept at each visit
   * @param dayKept ρ of the day classes
   * @param floor least rate, a half hour
   */
  public record Memory(double shrinkage, double weekKept, double dayKept, double floor) {}

  /**
   * A half hour of the week.
   *
   * @param ofWeek 0 to 335, Monday midnight first
   */
  public record Slot(int ofWeek) {

    /** The half hour of this local time. */
    public static Slot at(ZonedDateTime local) {
      int halfHour = local.getHour() * 2 + local.getMinute() / 30;
      return new Slot((local.getDayOfWeek().getValue() - 1) * DAY + halfHour);
    }

    private int ofDay() {
      return ofWeek % DAY;
    }

    private int dayClass() {
      return ofWeek / DAY < DayOfWeek.SATURDAY.getValue() - 1 ? 0 : 1;
    }

    private int inClass(int shift) {
      return dayClass() * DAY + Math.floorMod(ofDay() + shift, DAY);
    }
  }

  /** The rate λ, a half hour. */
  public double rate(Slot slot, Memory memory) {
    double around = PRIOR_COUNT;
    double visitsAround = PRIOR_VISITS;
    for (int shift = -1; shift <= 1; shift += 2) {
      around += day.get(slot.inClass(shift));
      visitsAround += dayVisits.get(slot.inClass(shift));
    }
    int ofClass = slot.inClass(0);
    double mean =
        (day.get(ofClass) + NEIGHBOURS * around / visitsAround)
            / (dayVisits.get(ofClass) + NEIGHBOURS);
    double own = week.get(slot.ofWeek()) + memory.shrinkage() * mean;
    return Math.max(memory.floor(), own / (weekVisits.get(slot.ofWeek()) + memory.shrinkage()));
  }

  /** How often this time of a workday, or of a weekend day, was visited, decayed. */
  public double visits(Slot slot) {
    return dayVisits.get(slot.inClass(0));
  }

  /** The same after a visit of this half hour in which so many were counted. */
  public SeasonalBaseline plus(Slot slot, double count, double exposure, Memory memory) {
    double weekKept = Math.pow(memory.weekKept(), exposure);
    double dayKept = Math.pow(memory.dayKept(), exposure);
    return new SeasonalBaseline(
        grown(week, slot.ofWeek(), weekKept, count),
        grown(weekVisits, slot.ofWeek(), weekKept, exposure),
        grown(day, slot.inClass(0), dayKept, count),
        grown(dayVisits, slot.inClass(0), dayKept, exposure));
  }

  /** The rate that this share of the half hours of the week stays below. */
  public double quantile(double share, Memory memory) {
    List<Double> rates = new ArrayList<>(SLOTS);
    for (int slot = 0; slot < SLOTS; slot++) {
      rates.add(rate(new Slot(slot), memory));
    }
    Collections.sort(rates);
    return rates.get(Math.min(SLOTS - 1, (int) (share * SLOTS)));
  }

  private static List<Float> grown(List<Float> values, int index, double kept, double added) {
    List<Float> grown = new ArrayList<>(values);
    grown.set(index, (float) (values.get(index) * kept + added));
    return List.copyOf(grown);
  }

  private static List<Float> zeros(int size) {
    return List.copyOf(Collections.nCopies(size, 0f));
  }
}
