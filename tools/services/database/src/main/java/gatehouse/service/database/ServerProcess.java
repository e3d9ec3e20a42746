package gatehouse.service.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server process of a data directory; also one that a killed process left behind. */
final class ServerProcess {
  private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
  private static final int STOP_SECONDS = 30;

  private ServerProcess() {}

  /** Stops the server on this directory, if there is one: quickly, and at worst without tidying. */
  static void stopLeftOver(Path data) throws IOException {
    Optional<ProcessHandle> found = find(data);
    if (found.isEmpty()) {
      return;
    }
    log.warn("Stopping the PostgreSQL that an earlier process left behind: {}", found.get().pid());
    // SIGINT: end the sessions and write a checkpoint. SIGQUIT: end now and recover at next start.
    for (String signal : List.of("INT", "QUIT")) {
      signal(found.get(), signal);
      try {
        found.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException e) {
        log.warn("It did not stop within {} s", STOP_SECONDS);
      } catch (ExecutionException e) {
        throw new IOException("Could not wait for process " + found.get().pid(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while stopping process " + found.get().pid(), e);
      }
    }
    throw new IOException(
        "PostgreSQL process " + found.get().pid() + " still uses " + data + " and does not stop.");
  }

  /** The live process named in the directory's pid file, if it is this directory's server. */
  static Optional<ProcessHandle> find(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(ProcessHandle::isAlive)
        .filter(process -> commandLine(process).contains(data.toString()));
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException e) {
      return process.info().commandLine().orElse("");
    }
  }

  private static void signal(ProcessHandle process, String signal) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while signalling process " + process.pid(), e);
    }
  }
}
