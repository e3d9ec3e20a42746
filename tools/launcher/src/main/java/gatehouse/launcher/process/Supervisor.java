package gatehouse.launcher.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps services running: starts them side by side as far as their needs allow, starts one again
 * that dies, and stops them in reverse order.
 */
public final class Supervisor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration STALE_GRACE = Duration.ofSeconds(15);

  private final Map<String, SupervisedService> services = new LinkedHashMap<>();
  private final RunFolder folder;
  private final Watcher watcher;

  /**
   * Starts the services; returns at once.
   *
   * @param specs in the order to show them; a service stands behind those it needs
   * @param startLimit how long one may take until it is ready for the first time
   */
  public Supervisor(List<ServiceSpec> specs, RunFolder folder, Duration startLimit, Watcher watcher)
      throws IOException {
    this.folder = folder;
    this.watcher = watcher;
    for (ServiceSpec spec : specs) {
      if (!services.keySet().containsAll(spec.needs())) {
        throw new IllegalArgumentException(
            spec.name() + " needs " + spec.needs() + ", of which not all stand before it");
      }
      services.put(
          spec.name(), new SupervisedService(spec, folder, startLimit, services, this::changed));
    }
    endLeftOvers(folder, specs.stream().map(ServiceSpec::name).toList());
    services.values().forEach(SupervisedService::start);
  }

  /**
   * Ends what a killed launcher left running on this folder. A process that merely got the same
   * number is not touched.
   */
  public static void endLeftOvers(RunFolder folder, List<String> names) throws IOException {
    List<ProcessHandle> left = new ArrayList<>();
    for (String name : names) {
      folder.pidFile(name).find().ifPresent(left::add);
    }
    if (!left.isEmpty()) {
      log.warn("Ending {} services that an earlier launcher left behind", left.size());
    }
    left.forEach(ProcessHandle::destroy);
    for (ProcessHandle one : left) {
      try {
        one.onExit().get(STALE_GRACE.toSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        one.destroyForcibly();
      } catch (ExecutionException e) {
        throw new IOException("Could not wait for process " + one.pid(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while ending process " + one.pid(), e);
      }
    }
    for (String name : names) {
      folder.pidFile(name).delete();
    }
  }

  /**
   * Waits until every service was ready once.
   *
   * @throws StartFailedException for the first one that does not come up
   */
  public void awaitReady() throws StartFailedException, InterruptedException {
    CompletableFuture<?>[] all =
        services.values().stream()
            .map(SupervisedService::firstReady)
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Void> any = new CompletableFuture<>();
    for (CompletableFuture<?> one : all) {
      CompletableFuture<?> unused =
          one.whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  any.completeExceptionally(failure);
                }
              });
    }
    try {
      CompletableFuture.anyOf(any, CompletableFuture.allOf(all)).get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof StartFailedException failure
          ? failure
          : new StartFailedException("The start failed.", e);
    }
  }

  /** All services in their order. */
  public List<ServiceStatus> status() {
    return services.values().stream().map(SupervisedService::status).toList();
  }

  /** Stops all, those first that nobody needs any more. */
  @Override
  public void close() {
    List<SupervisedService> running = new ArrayList<>(services.values());
    while (!running.isEmpty()) {
      List<SupervisedService> next =
          running.stream()
              .filter(
                  one ->
                      running.stream()
                          .noneMatch(other -> other.spec().needs().contains(one.spec().name())))
              .toList();
      List<Thread> stops =
          next.stream().map(one -> new Thread(one::stop, "stop-" + one.spec().name())).toList();
      stops.forEach(Thread::start);
      for (Thread stop : stops) {
        joinFully(stop);
      }
      running.removeAll(next);
    }
    try {
      RunFolder.delete(folder.temporary());
    } catch (IOException e) {
      log.warn("Temporary files are left in {}", folder.temporary());
    }
  }

  /** An interrupt must not leave services behind: it is noted and kept for later. */
  private static void joinFully(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void changed(ServiceStatus changed) {
    watcher.changed(changed);
    try {
      StatusFile.write(folder.statusFile(), status());
    } catch (IOException e) {
      log.warn("The status file cannot be written: {}", e.toString());
    }
  }
}
