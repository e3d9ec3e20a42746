package gatehouse.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service: a thread that starts its process, waits until it is ready, and until it ends. */
final class SupervisedService {
  private static final Logger log = LoggerFactory.getLogger(SupervisedService.class);
  private static final long PROBE_MILLIS = 100;
  private static final int FIRST_START_ATTEMPTS = 3;
  private static final int LOG_LINES_SHOWN = 15;

  private final ServiceSpec spec;
  private final RunFolder folder;
  private final Duration startLimit;
  private final Watcher watcher;
  private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  private volatile @Nullable Process process;
  private volatile ServiceStatus status;

  SupervisedService(
      ServiceSpec spec,
      RunFolder folder,
      Duration startLimit,
      Map<String, SupervisedService> others,
      Watcher watcher) {
    this.spec = spec;
    this.folder = folder;
    this.startLimit = startLimit;
    this.watcher = watcher;
    this.status =
        new ServiceStatus(
            spec.name(), ServiceState.WAITING, 0, spec.port(), Instant.now(), Duration.ZERO, 0);
    this.thread = new Thread(() -> live(others), "service-" + spec.name());
  }

  ServiceSpec spec() {
    return spec;
  }

  ServiceStatus status() {
    return status;
  }

  /** Done when the service was ready for the first time; fails if that does not come about. */
  CompletableFuture<Void> firstReady() {
    return firstReady;
  }

  void start() {
    thread.start();
  }

  /** Tells the process to end, and kills it after its grace. Returns when it is gone. */
  void stop() {
    Process running;
    synchronized (this) {
      stopping.countDown();
      running = process;
    }
    if (running != null && running.isAlive()) {
      set(ServiceState.STOPPING);
      running.destroy();
      try {
        if (!running.waitFor(spec.stopGrace().toMillis(), TimeUnit.MILLISECONDS)) {
          log.warn("{} did not stop in time and is killed", spec.name());
          running.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        running.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    set(ServiceState.STOPPED);
  }

  private void live(Map<String, SupervisedService> others) {
    try {
      for (String need : spec.needs()) {
        SupervisedService other = others.get(need);
        if (other != null) {
          other.firstReady.get();
        }
      }
      folder.rotateLog(spec.name());
      Backoff backoff = new Backoff();
      for (int attempt = 1; !isStopping(); attempt++) {
        Instant started = Instant.now();
        long logStart = Files.exists(log()) ? Files.size(log()) : 0;
        Process running = launch(started);
        try {
          awaitReady(running, started, logStart, attempt);
          int code = running.waitFor();
          if (!isStopping()) {
            log.warn("{} ended with code {}", spec.name(), code);
            pause(backoff.after(Duration.between(started, Instant.now())));
          }
        } finally {
          folder.pidFile(spec.name()).delete();
        }
      }
    } catch (InterruptedException e) {
      // Only stop() interrupts, and it waits for this thread to be done.
      firstReady.completeExceptionally(new StartFailedException(spec.name() + " was stopped."));
    } catch (StartFailedException e) {
      fail(e);
    } catch (ExecutionException e) {
      fail(new StartFailedException(spec.name() + " was not started.", e));
    } catch (Exception | LinkageError e) {
      // Without this a class that was built away would end the thread and leave everybody waiting.
      fail(new StartFailedException(spec.name() + " cannot be kept running: " + e, e));
    }
  }

  private Process launch(Instant started) throws IOException {
    Path temporary = folder.emptyTemporary(spec.name());
    ProcessBuilder builder = new ProcessBuilder(spec.command());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    environment.put("TMPDIR", temporary.toString());
    environment.putAll(spec.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    synchronized (this) {
      if (isStopping()) {
        throw new IOException("stopped before it was started");
      }
      process = builder.start();
    }
    Process running = process;
    running.getOutputStream().close();
    folder
        .pidFile(spec.name())
        .write(running.toHandle(), spec.command().get(spec.command().size() - 1));
    set(
        new ServiceStatus(
            spec.name(),
            ServiceState.STARTING,
            running.pid(),
            spec.port(),
            started,
            Duration.ZERO,
            status.restarts()));
    return running;
  }

  /** Returns when the service is ready or its process has ended. */
  private void awaitReady(Process running, Instant started, long logStart, int attempt)
      throws Exception {
    Instant limit = started.plus(startLimit);
    while (running.isAlive() && !isStopping()) {
      if (isReady(logStart)) {
        becomeReady(started);
        return;
      }
      if (!firstReady.isDone() && Instant.now().isAfter(limit)) {
        running.destroyForcibly();
        throw new StartFailedException(
            spec.name() + " was not ready within " + startLimit.toSeconds() + " s." + lastLines());
      }
      Thread.sleep(PROBE_MILLIS);
    }
    if (!firstReady.isDone() && !isStopping() && attempt >= FIRST_START_ATTEMPTS) {
      throw new StartFailedException(
          "%s ended with code %d at each of %d starts.%s"
              .formatted(spec.name(), running.waitFor(), attempt, lastLines()));
    }
  }

  private boolean isReady(long logStart) throws InterruptedException {
    try {
      return spec.probe().isReady(log(), logStart);
    } catch (IOException e) {
      return false;
    }
  }

  private void becomeReady(Instant started) throws Exception {
    Duration startTime = Duration.between(started, Instant.now());
    if (!firstReady.isDone()) {
      spec.onFirstReady().run();
    }
    ServiceStatus before = status;
    set(
        new ServiceStatus(
            before.name(),
            ServiceState.READY,
            before.pid(),
            before.port(),
            started,
            startTime,
            before.restarts()));
    firstReady.complete(null);
  }

  private void pause(Duration wait) throws InterruptedException {
    ServiceStatus before = status;
    set(
        new ServiceStatus(
            before.name(),
            ServiceState.RESTARTING,
            before.pid(),
            before.port(),
            before.since(),
            before.startTime(),
            before.restarts() + 1));
    if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException();
    }
  }

  private void fail(StartFailedException failure) {
    set(ServiceState.FAILED);
    firstReady.completeExceptionally(failure);
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void set(ServiceState state) {
    ServiceStatus before = status;
    set(
        new ServiceStatus(
            before.name(),
            state,
            before.pid(),
            before.port(),
            before.since(),
            before.startTime(),
            before.restarts()));
  }

  private void set(ServiceStatus next) {
    status = next;
    watcher.changed(next);
  }

  private Path log() {
    return folder.log(spec.name());
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log());
      List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
      return " Its log ends:\n    "
          + String.join("\n    ", last)
          + "\n  Maybe "
          + log()
          + " says more.";
    } catch (IOException e) {
      return "";
    }
  }
}
