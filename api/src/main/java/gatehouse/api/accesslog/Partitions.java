package gatehouse.api.accesslog;

import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.StoreAway;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Makes the event store's partitions ahead of their days. */
@Component
final class Partitions implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Partitions.class);
  private static final int DAYS_BACK = 7;
  private static final int DAYS_AHEAD = 7;

  private final Store store;
  private final Clock clock;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "event-partitions");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean running;

  Partitions(@Qualifier("consumers") Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    ensure();
    ScheduledFuture<?> unused = executor.scheduleWithFixedDelay(this::ensure, 1, 1, TimeUnit.HOURS);
  }

  @Override
  public void stop() {
    running = false;
    executor.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void ensure() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    for (int day = -DAYS_BACK; day <= DAYS_AHEAD; day++) {
      LocalDate date = today.plusDays(day);
      try {
        store.run(
            Scope.NOBODY,
            tx ->
                tx.query("select 1 from event.make_partition(:day)")
                    .bind("day", date)
                    .mapTo(Integer.class)
                    .one());
      } catch (RuntimeException e) {
        // Its events stay in the default partition.
        log.warn(
            "No partition for {}{}", date, StoreAway.causes(e) ? ": the database is away" : "", e);
      }
    }
  }
}
