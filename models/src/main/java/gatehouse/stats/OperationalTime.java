package gatehouse.stats;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Time as counted by how much is usually heard: an hour in which something nearly always happens
 * counts much, an hour of sleep little.
 *
 * <p>Of each hour of the day two sums are kept, halved every half-life: n, the hours in which
 * something was heard, and e, the hours watched. The probability that an hour is not silent is p =
 * (n + κ m) / (e + κ) with m = (Σn + κ p₀) / (Σe + κ), κ = {@value #SHRINKAGE}, p₀ = {@value
 * #PRIOR}; the hour counts as −ln(1 − p) hours. Silence of operational length x then has
 * probability e^(−x) if hours are independent, so the same length is equally surprising at any time
 * of day.
 *
 * <p>Source: time rescaling by the cumulative hazard (E. N. Brown et al., The Time-Rescaling
 * Theorem, Neural Computation 14, 2002) with the Bernoulli hazard of each hour; p is a beta
 * posterior mean.
 *
 * @param active decayed hours with something heard, by hour of the day
 * @param watched decayed hours watched, by hour of the day
 * @param lastActive the newest local hour counted as active, in hours since the epoch
 * @param asOf time to which both are decayed
 */
public record OperationalTime(
    List<Double> active, List<Double> watched, long lastActive, Instant asOf) {

  private static final int HOURS = 24;
  private static final double SHRINKAGE = 5;
  private static final double PRIOR = 0.4;
  private static final double MOST = 0.999;
  private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /** Spans are counted no further than this. */
  private static final Duration LONGEST = Duration.ofDays(60);

  /** Nothing heard yet. */
  public static OperationalTime startingAt(Instant time) {
    List<Double> zeros = List.copyOf(Collections.nCopies(HOURS, 0.0));
    return new OperationalTime(zeros, zeros, Long.MIN_VALUE, time);
  }

  /** The same after this span was watched, older knowledge decayed. */
  public OperationalTime watched(Instant from, Instant to, ZoneId zone, Duration halfLife) {
    double kept =
        to.isAfter(asOf)
            ? Math.pow(0.5, Duration.between(asOf, to).toMillis() / (double) halfLife.toMillis())
            : 1;
    List<Double> more = new ArrayList<>(watched.stream().map(hours -> hours * kept).toList());
    for (Slice slice : slices(from, to, zone)) {
      more.set(slice.hour(), more.get(slice.hour()) + slice.length());
    }
    return new OperationalTime(
        active.stream().map(hours -> hours * kept).toList(),
        List.copyOf(more),
        lastActive,
        to.isAfter(asOf) ? to : asOf);
  }

  /** The same after something was heard; a second time within the hour changes nothing. */
  public OperationalTime heard(Instant at, ZoneId zone) {
    ZonedDateTime local = at.atZone(zone);
    long hour = local.toLocalDate().toEpochDay() * HOURS + local.getHour();
    if (hour <= lastActive) {
      return this;
    }
    List<Double> more = new ArrayList<>(active);
    more.set(local.getHour(), more.get(local.getHour()) + 1);
    return new OperationalTime(List.copyOf(more), watched, hour, asOf);
  }

  /** Days watched, decayed. */
  public double days() {
    return watched.stream().mapToDouble(Double::doubleValue).sum() / HOURS;
  }

  /** The operational length of a span. */
  public Duration between(Instant from, Instant to, ZoneId zone) {
    double[] pace = pace();
    double hours = 0;
    for (Slice slice : slices(from, to, zone)) {
      hours += pace[slice.hour()] * slice.length();
    }
    return Duration.ofMillis(Math.round(hours * HOUR_MILLIS));
  }

  /** When this operational length has passed; {@link #LONGEST} later at most. */
  public Instant after(Instant from, Duration length, ZoneId zone) {
    double[] pace = pace();
    double left = length.toMillis() / HOUR_MILLIS;
    Instant end = from.plus(LONGEST);
    Instant start = from;
    while (start.isBefore(end)) {
      Slice slice = slice(start, end, zone);
      double here = pace[slice.hour()] * slice.length();
      if (here >= left) {
        return start.plusMillis(Math.round(left / pace[slice.hour()] * HOUR_MILLIS));
      }
      left -= here;
      start = slice.to();
    }
    return end;
  }

  /** How many operational hours each hour of the day counts. */
  private double[] pace() {
    double seen = active.stream().mapToDouble(Double::doubleValue).sum();
    double all = watched.stream().mapToDouble(Double::doubleValue).sum();
    double mean = (seen + SHRINKAGE * PRIOR) / (all + SHRINKAGE);
    double[] pace = new double[HOURS];
    for (int h = 0; h < HOURS; h++) {
      double share = (active.get(h) + SHRINKAGE * mean) / (watched.get(h) + SHRINKAGE);
      pace[h] = -Math.log1p(-Math.min(MOST, share));
    }
    return pace;
  }

  /** A part of a span within one hour of the day; length in hours. */
  private record Slice(Instant to, int hour, double length) {}

  private static List<Slice> slices(Instant from, Instant to, ZoneId zone) {
    Instant end = to.isAfter(from.plus(LONGEST)) ? from.plus(LONGEST) : to;
    List<Slice> slices = new ArrayList<>();
    Instant start = from;
    while (start.isBefore(end)) {
      Slice slice = slice(start, end, zone);
      slices.add(slice);
      start = slice.to();
    }
    return slices;
  }

  private static Slice slice(Instant from, Instant end, ZoneId zone) {
    ZonedDateTime local = from.atZone(zone);
    Instant next = local.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant();
    Instant to = next.isBefore(end) ? next : end;
    return new Slice(to, local.getHour(), Duration.between(from, to).toMillis() / HOUR_MILLIS);
  }
}
