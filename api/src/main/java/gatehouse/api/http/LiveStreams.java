package gatehouse.api.http;

import gatehouse.api.store.Notifications;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Server-sent events. A stream reads what is new whenever the database tells of a change; a
 * heartbeat keeps it alive and ends it when its reader may not see it any more.
 */
@Component
public final class LiveStreams {

  private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int FOR_EACH = 12;
  private static final int IN_ALL = 2_000;

  private final Notifications notifications;
  private final ScheduledExecutorService executor =
      Executors.newScheduledThreadPool(4, LiveStreams::thread);
  private final Map<String, Integer> open = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();

  LiveStreams(Notifications notifications) {
    this.notifications = notifications;
  }

  /** Sends what is new. */
  public interface Source {

    /**
     * Sends everything that was not sent yet.
     *
     * @return false if there will never be more
     * @throws IOException if the reader is gone
     */
    boolean send(SseEmitter to) throws IOException;
  }

  /**
   * Opens a stream.
   *
   * @param reader whose it is; each may have a few
   * @param channel what to listen to
   * @param relevant whether a text on the channel concerns this stream; empty texts always do
   * @param allowed whether the reader may still see it
   */
  public SseEmitter open(
      String reader,
      Notifications.Channel channel,
      Predicate<String> relevant,
      BooleanSupplier allowed,
      Source source) {
    int mine = open.merge(reader, 1, Integer::sum);
    if (mine > FOR_EACH || all.incrementAndGet() > IN_ALL) {
      open.merge(reader, -1, Integer::sum);
      if (mine <= FOR_EACH) {
        all.decrementAndGet();
      }
      throw Refusal.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-streams").after(HEARTBEAT);
    }
    SseEmitter emitter = new SseEmitter(0L);
    Stream stream = new Stream(emitter, source, allowed);
    Consumer<String> listener =
        text -> {
          if (text.isEmpty() || relevant.test(text)) {
            stream.wake();
          }
        };
    ScheduledFuture<?> heartbeat =
        executor.scheduleWithFixedDelay(
            stream::beat, HEARTBEAT.toSeconds(), HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
    AtomicInteger ended = new AtomicInteger();
    Runnable end =
        () -> {
          if (ended.getAndIncrement() == 0) {
            stream.over = true;
            heartbeat.cancel(false);
            notifications.off(channel, listener);
            open.computeIfPresent(reader, (name, count) -> count > 1 ? count - 1 : null);
            all.decrementAndGet();
          }
        };
    emitter.onCompletion(end);
    emitter.onTimeout(end);
    emitter.onError(failure -> end.run());
    notifications.on(channel, listener);
    // The reader learns that the line stands before anything happens.
    executor.execute(stream::greet);
    stream.wake();
    return emitter;
  }

  @PreDestroy
  void stop() {
    executor.shutdownNow();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "live-streams");
    thread.setDaemon(true);
    return thread;
  }

  /** One reader. Its source runs on one thread at a time, once more if woken meanwhile. */
  private final class Stream {

    private final SseEmitter emitter;
    private final Source source;
    private final BooleanSupplier allowed;
    private final AtomicInteger woken = new AtomicInteger();
    private volatile boolean over;

    Stream(SseEmitter emitter, Source source, BooleanSupplier allowed) {
      this.emitter = emitter;
      this.source = source;
      this.allowed = allowed;
    }

    void wake() {
      if (woken.getAndIncrement() == 0 && !executor.isShutdown()) {
        executor.execute(this::drain);
      }
    }

    private void drain() {
      int seen;
      do {
        seen = woken.get();
        step(source);
      } while (woken.addAndGet(-seen) > 0);
    }

    void greet() {
      step(Stream::sayHere);
    }

    void beat() {
      step(to -> allowed.getAsBoolean() && sayHere(to));
    }

    private static boolean sayHere(SseEmitter to) throws IOException {
      to.send(SseEmitter.event().comment("still here"));
      return true;
    }

    private synchronized void step(Source next) {
      if (over) {
        return;
      }
      try {
        if (!next.send(emitter)) {
          over = true;
          emitter.complete();
        }
      } catch (IOException | IllegalStateException e) {
        over = true;
        emitter.completeWithError(e);
      } catch (RuntimeException e) {
        // The reader comes back by itself and goes on where it was.
        log.warn("A stream ends: {}", e.getClass().getSimpleName());
        over = true;
        emitter.complete();
      }
    }
  }
}
