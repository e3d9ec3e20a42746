package gatehouse.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What the launcher tells other processes of its services. */
public final class StatusFile {
  private StatusFile() {}

  /** The services in their order; empty if nothing was ever started here. */
  public static List<ServiceStatus> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).map(ServiceStatus::ofLine).toList();
    }
  }

  static void write(Path file, List<ServiceStatus> services) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, services.stream().map(ServiceStatus::toLine).toList());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
