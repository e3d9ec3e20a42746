package gatehouse.api.door;

import gatehouse.api.store.StoreAway;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Publishes facts of doors as they come, on a thread of its own: no door ever waits for it. */
@Component
final class DoorFactsClock implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(DoorFactsClock.class);
  private static final long PERIOD_MILLIS = 500;

  private final DoorFacts facts;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DoorFactsClock::thread);
  private volatile boolean running;

  DoorFactsClock(DoorFacts facts, Clock clock) {
    this.facts = facts;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    ScheduledFuture<?> unusedPublishing =
        thread.scheduleWithFixedDelay(
            () -> tryTo(() -> facts.publish(clock.instant())),
            PERIOD_MILLIS,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
    ScheduledFuture<?> unusedWithdrawing =
        thread.scheduleWithFixedDelay(
            () -> tryTo(() -> facts.withdraw(clock.instant())), 1, 1, TimeUnit.MINUTES);
  }

  @Override
  public void stop() {
    running = false;
    thread.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void tryTo(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (running && (StoreAway.causes(e) || e instanceof KafkaException)) {
        log.warn("Facts of doors wait ({})", e.getClass().getSimpleName());
      } else if (running) {
        log.error("Facts of doors cannot be published; trying again", e);
      }
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "door-facts");
    thread.setDaemon(true);
    return thread;
  }
}
