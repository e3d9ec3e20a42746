package gatehouse.api.credential;

import jakarta.annotation.PreDestroy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What terminals say is taken in the order in which each says it. A terminal that says more than
 * can be taken loses what is too much, not the others' turn: whatever is lost is asked for again.
 */
@Component
final class Lanes {

  private static final Logger log = LoggerFactory.getLogger(Lanes.class);
  private static final int LANES = 4;
  private static final int MOST_WAITING = 16;

  private final Map<Ledger.Key, Integer> waiting = new ConcurrentHashMap<>();
  private final ExecutorService[] lanes =
      IntStream.range(0, LANES)
          .mapToObj(lane -> Executors.newSingleThreadExecutor(work -> thread(work, lane)))
          .toArray(ExecutorService[]::new);

  /** Has what a terminal said taken, unless it says too much. */
  void offer(Ledger.Key terminal, Runnable work) {
    if (waiting.merge(terminal, 1, Integer::sum) > MOST_WAITING) {
      done(terminal);
      return;
    }
    execute(
        terminal,
        () -> {
          try {
            work.run();
          } finally {
            done(terminal);
          }
        });
  }

  /** Has something done about a terminal, behind what is already to be done about it. */
  void execute(Ledger.Key terminal, Runnable work) {
    lanes[Math.floorMod(terminal.hashCode(), LANES)].execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            log.warn(
                "Something of {}/{} is lost, it will be asked again",
                terminal.community(),
                terminal.device(),
                e);
          }
        });
  }

  @PreDestroy
  void stop() {
    for (ExecutorService lane : lanes) {
      lane.shutdown();
    }
  }

  private void done(Ledger.Key terminal) {
    waiting.computeIfPresent(terminal, (key, count) -> count > 1 ? count - 1 : null);
  }

  private static Thread thread(Runnable work, int lane) {
    Thread thread = new Thread(work, "credential-lists-" + lane);
    thread.setDaemon(true);
    return thread;
  }
}
