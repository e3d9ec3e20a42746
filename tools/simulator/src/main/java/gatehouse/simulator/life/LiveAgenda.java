package gatehouse.simulator.life;

import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.simulator.device.Fleet;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets things happen as the clock goes, on one thread. */
public final class LiveAgenda implements Agenda, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LiveAgenda.class);

  private final Fleet fleet;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "life"));

  /** An agenda for these devices. */
  public LiveAgenda(Fleet fleet) {
    this.fleet = fleet;
  }

  /** What fails is logged, and life goes on. */
  @Override
  public void after(Duration delay, Runnable something) {
    if (executor.isShutdown()) {
      return;
    }
    ScheduledFuture<?> unused =
        executor.schedule(
            () -> {
              try {
                something.run();
              } catch (RuntimeException e) {
                log.error("Something could not happen", e);
              }
            },
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void report(
      Duration delay, String community, String device, Function<Origin, DeviceEvent> event) {
    after(delay, () -> fleet.reporter(community + '/' + device).report(event));
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
