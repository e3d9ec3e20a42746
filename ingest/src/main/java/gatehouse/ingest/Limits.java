package gatehouse.ingest;

import java.time.Duration;

/**
 * What the intake takes from one device.
 *
 * @param clockCheck whether the device's clock is compared with ours
 * @param maxFuture how far ahead it may be
 * @param maxAge how old an event may be
 * @param skew up to where the clock counts as good
 * @param ratePerSecond live events a second, for long
 * @param burst live events at once
 * @param flush buffered events at once: a door that was offline hands over its store
 */
record Limits(
    boolean clockCheck,
    Duration maxFuture,
    Duration maxAge,
    Duration skew,
    double ratePerSecond,
    double burst,
    double flush) {

  /** The largest payload that is read, in bytes. */
  static final int PAYLOAD = 64 * 1024;

  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final int BURST_SECONDS = 4;
  private static final int FLUSH_SECONDS = 200;

  static Limits of(boolean clockCheck, Duration maxFuture, Duration maxAge, int ratePerSecond) {
    return new Limits(
        clockCheck,
        maxFuture,
        maxAge,
        SKEW,
        ratePerSecond,
        (double) ratePerSecond * BURST_SECONDS,
        (double) ratePerSecond * FLUSH_SECONDS);
  }
}
