package gatehouse.model.care;

import gatehouse.stats.DurationSketch;
import gatehouse.stats.OperationalTime;
import java.time.Duration;
import java.time.Instant;

/**
 * What is usual for an elder, learned from their own signs of life.
 *
 * @param time which hours are active
 * @param gaps how long silences at home last, in operational time
 * @param outings how long they stay out
 */
public record Routine(OperationalTime time, DurationSketch gaps, DurationSketch outings) {

  /** Nothing learned; it begins now. */
  public static Routine startingAt(Instant now) {
    return new Routine(
        OperationalTime.startingAt(now),
        DurationSketch.empty(Duration.ofHours(1)),
        DurationSketch.empty(Duration.ofHours(2)));
  }

  /** The same with another clock of hours. */
  public Routine time(OperationalTime next) {
    return new Routine(next, gaps, outings);
  }

  /** The same with one more silence at home. */
  public Routine gap(Duration operational, Instant at, Duration halfLife) {
    return new Routine(time, gaps.plus(operational, at, halfLife), outings);
  }

  /** The same with one more outing. */
  public Routine outing(Duration length, Instant at, Duration halfLife) {
    return new Routine(time, gaps, outings.plus(length, at, halfLife));
  }

  /** Silences a day at home, at least one. */
  public double gapsPerDay() {
    return Math.max(1, gaps.size() / Math.max(1, time.days()));
  }
}
