package gatehouse.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Names a process so that it can be found again, also after the number went to another one: with
 * its start time and a word from its command line.
 */
public final class PidFile {
  /** The kernel gives the start in hundredths of a second after a boot time that may be trimmed. */
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  private final Path file;

  public PidFile(Path file) {
    this.file = file;
  }

  /**
   * Remembers a process.
   *
   * @param mark a word of its command line that no other process has
   */
  public void write(ProcessHandle process, String mark) throws IOException {
    String start = process.info().startInstant().map(Instant::toString).orElse("");
    Files.write(file, List.of(Long.toString(process.pid()), start, mark));
  }

  /** The process, if it is alive and still the one that was remembered. */
  public Optional<ProcessHandle> find() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 3) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0)))
        .filter(ProcessHandle::isAlive)
        .filter(process -> startedAt(process, lines.get(1)))
        .filter(process -> commandLine(process).contains(lines.get(2)));
  }

  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private static boolean startedAt(ProcessHandle process, String expected) {
    Optional<Instant> start = process.info().startInstant();
    if (start.isEmpty() || expected.isEmpty()) {
      return false;
    }
    return Duration.between(start.get(), Instant.parse(expected)).abs().compareTo(TOLERANCE) <= 0;
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException e) {
      return process.info().commandLine().orElse("");
    }
  }
}
