package gatehouse.launcher.process;

import java.time.Duration;

/** How long to wait before the next restart: twice as long each time, until a run lasted. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration LASTING = Duration.ofSeconds(60);

  private Duration next = FIRST;

  /**
   * The wait after a run that ended.
   *
   * @param run how long it lasted
   */
  Duration after(Duration run) {
    if (run.compareTo(LASTING) >= 0) {
      next = FIRST;
    }
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }
}
