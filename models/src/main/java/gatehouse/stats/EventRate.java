package gatehouse.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How often something happens, learned while forgetting: a decayed gamma–Poisson rate, one bin a
 * part of the day, drawn towards the mean of all bins as long as little is known.
 *
 * <p>With counts a[h], observed days b (both halved every half-life), B bins, a prior of one day at
 * {@code prior} a day, and κ = {@value #SHRINKAGE}: m = (Σa + prior) / (b + 1) / B, and the rate of
 * bin h is B · (a[h] + κ m) / (b + κ) a day, at least {@code floor}. This is the class-mean
 * shrinkage of the seasonal baseline (κ days of the mean), without the days of the week.
 *
 * <p>Source: the conjugate gamma–Poisson posterior mean, e.g. A. Gelman et al., Bayesian Data
 * Analysis, 3rd ed. (2013), section 2.6; decay by exponential discounting (M. West, J. Harrison,
 * Bayesian Forecasting and Dynamic Models, 1997).
 *
 * @param counts decayed count of each bin
 * @param days decayed time under observation
 * @param asOf time to which both are decayed
 */
public record EventRate(List<Double> counts, double days, Instant asOf) {

  /** Days of the mean that count like observation of the bin itself. */
  private static final double SHRINKAGE = 6;

  private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

  /** Nothing seen yet; observation begins. */
  public static EventRate startingAt(Instant time, int bins) {
    return new EventRate(List.copyOf(Collections.nCopies(bins, 0.0)), 0, time);
  }

  /** The same with time gone on; an earlier time changes nothing. */
  public EventRate at(Instant time, Duration halfLife) {
    double passed = (time.toEpochMilli() - asOf.toEpochMilli()) / DAY_MILLIS;
    if (passed <= 0) {
      return this;
    }
    double halfLifeDays = halfLife.toMillis() / DAY_MILLIS;
    double kept = Math.pow(0.5, passed / halfLifeDays);
    List<Double> decayed = counts.stream().map(count -> count * kept).toList();
    return new EventRate(decayed, days * kept + halfLifeDays / Math.log(2) * (1 - kept), time);
  }

  /** The same with one more event in a bin. */
  public EventRate plus(int bin) {
    List<Double> more = new ArrayList<>(counts);
    more.set(bin, more.get(bin) + 1);
    return new EventRate(List.copyOf(more), days, asOf);
  }

  /** The mean over all bins, events a day. */
  public double perDay(double prior, double floor) {
    return Math.max(floor, mean(prior));
  }

  /** The rate of a bin, events a day. */
  public double perDay(int bin, double prior, double floor) {
    double perBin = mean(prior) / counts.size();
    double rate = (counts.get(bin) + SHRINKAGE * perBin) / (days + SHRINKAGE) * counts.size();
    return Math.max(floor, rate);
  }

  private double mean(double prior) {
    double total = counts.stream().mapToDouble(Double::doubleValue).sum();
    return (total + prior) / (days + 1);
  }
}
