package gatehouse.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Holds events back so that event time runs at a multiple of real time. */
public final class Pace {

  private final double speed;
  private final Instant first;
  private final long begin = System.nanoTime();

  /**
   * A pace.
   *
   * @param speed how many times faster than it happened; 0: as fast as possible
   * @param first time of the first event
   */
  public Pace(double speed, Instant first) {
    this.speed = speed;
    this.first = first;
  }

  /** Waits until it is this event time. */
  public void await(Instant time) throws InterruptedException {
    if (speed > 0) {
      double nanos = Duration.between(first, time).toMillis() * 1e6 / speed;
      TimeUnit.NANOSECONDS.sleep((long) nanos - (System.nanoTime() - begin));
    }
  }
}
