package gatehouse.model.tailgate;

import gatehouse.alert.Evidence;
import gatehouse.stats.BetaPosterior;
import gatehouse.stats.Cusum;
import gatehouse.stats.NegativeBinomial;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often more persons pass a door than were let in: learned for each quarter of the day, and
 * added up day by day, so that a lasting increase shows.
 *
 * @param excess openings with too many, faded, by quarter of the day
 * @param clean other openings, faded, by quarter of the day
 * @param days how many days were counted, at most {@value #ENOUGH}
 * @param today openings today, by quarter
 * @param excessToday those with too many
 * @param dayEnd when today ends; null: nothing was counted today
 * @param examples the newest openings with too many, at most {@value #EXAMPLES}
 * @param rise the evidence for a lasting increase
 */
public record DoorDays(
    List<Double> excess,
    List<Double> clean,
    int days,
    List<Integer> today,
    List<Integer> excessToday,
    @Nullable Instant dayEnd,
    List<Evidence> examples,
    Cusum rise) {

  private static final int QUARTERS = 4;
  private static final int ENOUGH = 1000;
  private static final int EXAMPLES = 10;
  private static final List<Double> NO_SHARES = Collections.nCopies(QUARTERS, 0.0);
  private static final List<Integer> NO_COUNTS = Collections.nCopies(QUARTERS, 0);

  /** Nothing counted yet. */
  public static final DoorDays NONE =
      new DoorDays(
          List.copyOf(NO_SHARES),
          List.copyOf(NO_SHARES),
          0,
          List.copyOf(NO_COUNTS),
          List.copyOf(NO_COUNTS),
          null,
          List.of(),
          Cusum.ZERO);

  /**
   * What is believed before anything is counted, and how days are weighed.
   *
   * @param priorExcess openings with too many
   * @param priorClean other openings
   * @param halfLife after this time an opening counts half
   * @param factor the increase that matters
   * @param dispersion variance of a day's count divided by its mean
   * @param learnDays so many days are only learned from
   */
  public record Rules(
      double priorExcess,
      double priorClean,
      Duration halfLife,
      double factor,
      double dispersion,
      int learnDays) {}

  /** The same with one more opening. */
  public DoorDays plus(Instant time, ZoneId zone, @Nullable Evidence tooMany) {
    int quarter = quarter(time, zone);
    LocalDate day = time.atZone(zone).toLocalDate();
    List<Evidence> next = new ArrayList<>(examples);
    if (tooMany != null) {
      next.add(tooMany);
    }
    return new DoorDays(
        excess,
        clean,
        days,
        oneMore(today, quarter),
        tooMany == null ? excessToday : oneMore(excessToday, quarter),
        dayEnd == null ? day.plusDays(1).atStartOfDay(zone).toInstant() : dayEnd,
        List.copyOf(next.subList(Math.max(0, next.size() - EXAMPLES), next.size())),
        rise);
  }

  /** The learned share of openings with too many at this time of day. */
  public double share(Instant time, ZoneId zone, Rules rules) {
    return share(quarter(time, zone), rules);
  }

  /** How many openings with too many there were today. */
  public int excessCount() {
    return excessToday.stream().mapToInt(Integer::intValue).sum();
  }

  /** How many openings there were today. */
  public int count() {
    return today.stream().mapToInt(Integer::intValue).sum();
  }

  /** How many openings with too many were to be expected today. */
  public double expected(Rules rules) {
    double expected = 0;
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      expected += share(quarter, rules) * today.get(quarter);
    }
    return Math.max(0.1, expected);
  }

  /** The same with today judged and learned; what is far beyond the usual is learned in part. */
  public DoorDays ended(Rules rules) {
    double expected = expected(rules);
    boolean known = days >= rules.learnDays();
    NegativeBinomial usual = new NegativeBinomial(expected, rules.dispersion());
    Cusum next =
        known ? rise.plus(Cusum.logRatio(excessCount(), usual, rules.factor()), 0) : Cusum.ZERO;
    double most = Math.max(1, rules.factor() * expected);
    double part = known && excessCount() > most ? most / excessCount() : 1;
    double fade =
        Math.pow(0.5, Duration.ofDays(1).toMillis() / (double) rules.halfLife().toMillis());
    List<Double> nextExcess = new ArrayList<>();
    List<Double> nextClean = new ArrayList<>();
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      double tooMany = excessToday.get(quarter) * part;
      nextExcess.add(excess.get(quarter) * fade + tooMany);
      nextClean.add(clean.get(quarter) * fade + today.get(quarter) - tooMany);
    }
    return new DoorDays(
        List.copyOf(nextExcess),
        List.copyOf(nextClean),
        Math.min(ENOUGH, days + 1),
        List.copyOf(NO_COUNTS),
        List.copyOf(NO_COUNTS),
        null,
        examples,
        next);
  }

  /** The same after an alert: evidence begins anew. */
  public DoorDays told() {
    return new DoorDays(excess, clean, days, today, excessToday, dayEnd, List.of(), Cusum.ZERO);
  }

  private double share(int quarter, Rules rules) {
    return new BetaPosterior(
            rules.priorExcess() + excess.get(quarter), rules.priorClean() + clean.get(quarter))
        .mean();
  }

  private static int quarter(Instant time, ZoneId zone) {
    return time.atZone(zone).getHour() * QUARTERS / 24;
  }

  private static List<Integer> oneMore(List<Integer> counts, int quarter) {
    List<Integer> next = new ArrayList<>(counts);
    next.set(quarter, next.get(quarter) + 1);
    return List.copyOf(next);
  }
}
