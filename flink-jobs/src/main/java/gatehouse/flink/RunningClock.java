package gatehouse.flink;

import java.time.Duration;
import org.apache.flink.util.clock.RelativeClock;

/**
 * A clock that stands still while the process does. Idleness is measured with it: after a stall, a
 * long garbage collection for one, a partition full of events would else be taken for an idle one,
 * and its events would be late.
 */
final class RunningClock implements RelativeClock {

  /** The most that may pass between two looks; they come with every periodic watermark. */
  private static final Duration MOST = Duration.ofMillis(500);

  private final RelativeClock clock;
  private long before;
  // Zero means "not started" to Flink's timer.
  private long passed = 1;

  RunningClock(RelativeClock clock) {
    this.clock = clock;
    this.before = clock.relativeTimeNanos();
  }

  @Override
  public long relativeTimeNanos() {
    long now = clock.relativeTimeNanos();
    passed += Math.min(now - before, MOST.toNanos());
    before = now;
    return passed;
  }

  @Override
  public long relativeTimeMillis() {
    return Duration.ofNanos(relativeTimeNanos()).toMillis();
  }
}
