package gatehouse.launcher.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How much memory processes really use. */
final class Memory {
  private Memory() {}

  /**
   * The memory of processes and of those they started, as people read it.
   *
   * <p>By proportional set size, so that pages which PostgreSQL's processes share count once.
   */
  static String ofTrees(LongStream pids) {
    long kilobytes =
        pids.mapToObj(ProcessHandle::of)
            .flatMap(Optional::stream)
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .mapToLong(process -> proportional(process.pid()))
            .sum();
    return kilobytes / 1024 + " MB";
  }

  private static long proportional(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}
