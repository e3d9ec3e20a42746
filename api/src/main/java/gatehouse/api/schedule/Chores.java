package gatehouse.api.schedule;

import gatehouse.api.store.StoreAway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * Work that is done again and again, from the API's start to its stop. Each piece has a thread of
 * its own, so that none waits for another; one that fails is tried again at its next turn.
 */
@Component
public final class Chores implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Chores.class);

  private final List<Chore> chores = new ArrayList<>();
  private final List<ScheduledExecutorService> threads = new ArrayList<>();
  private volatile boolean running;

  private record Chore(String name, Duration pause, Runnable work) {}

  /**
   * Has something done again and again; to be said before the API starts.
   *
   * @param name of the thread, and in the log
   * @param pause between the end of one turn and the next
   */
  public synchronized void every(Duration pause, String name, Runnable work) {
    chores.add(new Chore(name, pause, work));
  }

  /** Whether the API runs: a turn that works through a queue ends when it stops. */
  public boolean goOn() {
    return running;
  }

  @Override
  public synchronized void start() {
    running = true;
    for (Chore chore : chores) {
      ScheduledExecutorService thread =
          Executors.newSingleThreadScheduledExecutor(work -> thread(chore, work));
      threads.add(thread);
      long millis = chore.pause().toMillis();
      ScheduledFuture<?> unused =
          thread.scheduleWithFixedDelay(
              () -> turn(chore), Math.min(millis, 1_000), millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    threads.forEach(ScheduledExecutorService::shutdownNow);
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void turn(Chore chore) {
    try {
      chore.work().run();
    } catch (RuntimeException e) {
      if (!running) {
        return;
      }
      if (StoreAway.causes(e) || e instanceof KafkaException) {
        log.warn("{} waits ({})", chore.name(), e.getClass().getSimpleName());
      } else {
        log.error("{} failed; trying again", chore.name(), e);
      }
    }
  }

  private static Thread thread(Chore chore, Runnable work) {
    Thread thread = new Thread(work, chore.name());
    thread.setDaemon(true);
    return thread;
  }
}
