package gatehouse.ingest;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what other threads do; the limit is for machines that are busy, not a measure. */
final class Waiting {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private Waiting() {}

  static void until(Callable<Boolean> condition, Supplier<String> otherwise) {
    try {
      await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(condition);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError(otherwise.get(), e);
    }
  }

  /** Until this many messages have come and every one of them is settled. */
  static void untilSettled(Ingest ingest, long received) {
    until(
        () -> {
          Ledger.Balance balance = ingest.balance();
          return balance.received() - balance.returned() >= received && balance.inFlight() == 0;
        },
        () -> "expected " + received + " settled: " + ingest.balance());
  }
}
