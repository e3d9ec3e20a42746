package gatehouse.api.notification;

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

/**
 * Lets time pass for notifications. Nothing is remembered here: whatever waits is in the database,
 * so a restart finds it, and several processes share it.
 */
@Component
final class NotificationClock implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(NotificationClock.class);
  private static final long PERIOD_MILLIS = 250;
  private static final long DIGEST_SECONDS = 60;

  private final Dues dues;
  private final DailyDigests digests;
  private final Publishing publishing;
  private final Clock clock;

  /** Publishing has a thread of its own: Kafka away must not stop what becomes due. */
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, NotificationClock::thread);

  private volatile boolean running;

  NotificationClock(Dues dues, DailyDigests digests, Publishing publishing, Clock clock) {
    this.dues = dues;
    this.digests = digests;
    this.publishing = publishing;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    every(PERIOD_MILLIS, "What is due", this::due);
    every(PERIOD_MILLIS, "Publishing notifications", this::publish);
    every(DIGEST_SECONDS * 1_000, "Summing up a day", () -> digests.sum(clock.instant()));
  }

  @Override
  public void stop() {
    running = false;
    threads.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void due() {
    while (running && (dues.step(clock.instant()) || dues.resume(clock.instant()))) {
      // one after the other
    }
  }

  private void publish() {
    while (running && publishing.publish(clock.instant()) > 0) {
      // as long as there are any
    }
  }

  private void every(long millis, String what, Runnable work) {
    ScheduledFuture<?> unused =
        threads.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                report(what, e);
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  private void report(String what, RuntimeException e) {
    if (!running) {
      return;
    }
    if (StoreAway.causes(e)) {
      log.warn("{} fails: the database is away", what);
    } else if (e instanceof KafkaException) {
      log.warn("{} fails ({}); trying again", what, e.getClass().getSimpleName());
    } else {
      log.error("{} fails; trying again", what, e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "notifications-due");
    thread.setDaemon(true);
    return thread;
  }
}
