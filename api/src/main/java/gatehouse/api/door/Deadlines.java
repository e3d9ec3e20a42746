package gatehouse.api.door;

import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.StoreAway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends commands whose time is over, whoever sent them: EXPIRED if certainly nothing was sent,
 * UNKNOWN if it was and the door stayed silent.
 */
@Component
final class Deadlines implements SmartLifecycle {

  /** How long after its end a command's answers are waited for. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Deadlines.class);
  private static final long PERIOD_MILLIS = 250;
  private static final Scope EVERY_DOOR = new Scope(Scope.EVERYWHERE, "DOORS", "");

  private final Store store;
  private final CommandStore commands;
  private final Clock clock;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(Deadlines::thread);
  private volatile boolean running;

  Deadlines(@Qualifier("doors") Store store, CommandStore commands, Clock clock) {
    this.store = store;
    this.commands = commands;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(this::sweep, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
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

  private void sweep() {
    Instant now = clock.instant();
    try {
      store.run(
          EVERY_DOOR,
          tx -> {
            for (UUID id : commands.neverSent(tx, now)) {
              commands.advance(tx, id, CommandState.EXPIRED, now, "NOT_SENT");
            }
            for (UUID id : commands.unanswered(tx, now.minus(GRACE))) {
              commands.advance(tx, id, CommandState.UNKNOWN, now, "NO_ANSWER");
            }
          });
    } catch (RuntimeException e) {
      if (!StoreAway.causes(e)) {
        log.error("Commands could not be ended; trying again", e);
      }
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "door-deadlines");
    thread.setDaemon(true);
    return thread;
  }
}
