package gatehouse.api.repair;

import gatehouse.api.ApiSettings;
import gatehouse.api.store.StoreAway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Repairs communities once their late events have come, one after the other. */
@Component
final class Repairs implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Repairs.class);
  private static final int ATTEMPTS = 3;

  /** Longer than Kafka keeps late events, so that one that is read again is known. */
  private static final Duration KEPT = Duration.ofDays(40);

  private final ApiSettings settings;
  private final LateStore store;
  private final CommunityRepair repair;
  private final RepairCounts counts;
  private final Clock clock;
  private final Map<String, Integer> failures = new HashMap<>();

  /** Its priority is a wish: whatever people wait for comes first. */
  @SuppressWarnings("ThreadPriorityCheck")
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "late-repair");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
          });

  private volatile boolean running;

  Repairs(
      ApiSettings settings,
      LateStore store,
      CommunityRepair repair,
      RepairCounts counts,
      Clock clock) {
    this.settings = settings;
    this.store = store;
    this.repair = repair;
    this.counts = counts;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    long pause = Math.max(250, Math.min(10_000, settings.repairQuiet().toMillis() / 4));
    ScheduledFuture<?> unusedRepairing =
        worker.scheduleWithFixedDelay(this::repairDue, pause, pause, TimeUnit.MILLISECONDS);
    ScheduledFuture<?> unusedForgetting =
        worker.scheduleWithFixedDelay(this::forget, 1, 60, TimeUnit.MINUTES);
  }

  @Override
  public void stop() {
    running = false;
    worker.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void repairDue() {
    try {
      Instant now = clock.instant();
      for (String community :
          store.due(now.minus(settings.repairQuiet()), now.minus(settings.repairPatience()))) {
        if (running) {
          repair(community);
        }
      }
    } catch (RuntimeException e) {
      if (running) {
        report("Looking for late events fails; trying again", e);
      }
    }
  }

  private void repair(String community) {
    try {
      repair.run(community);
      failures.remove(community);
    } catch (RuntimeException e) {
      if (!running) {
        return;
      }
      counts.failed.increment();
      report("A repair fails; trying again", e);
      if (!StoreAway.causes(e)
          && !(e instanceof KafkaException)
          && failures.merge(community, 1, Integer::sum) >= ATTEMPTS) {
        log.error("The late events of {} are given up after {} attempts", community, ATTEMPTS);
        repair.giveUp(community);
        failures.remove(community);
      }
    }
  }

  private void forget() {
    try {
      store.forget(clock.instant().minus(KEPT));
    } catch (RuntimeException e) {
      report("Forgetting repaired events fails", e);
    }
  }

  private static void report(String what, RuntimeException e) {
    if (StoreAway.causes(e)) {
      log.warn("{}: the database is away", what);
    } else if (e instanceof KafkaException) {
      log.warn("{}: {}", what, e.getClass().getSimpleName());
    } else {
      log.error("{}", what, e);
    }
  }
}
