package gatehouse.launcher.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where child processes leave their traces.
 *
 * @param run pid files and the status of the services
 * @param logs one log a service, with those of earlier starts beside it
 * @param temporary one temporary folder a service, emptied at each start
 */
public record RunFolder(Path run, Path logs, Path temporary) {
  private static final int KEPT_LOGS = 5;

  /** The usual folders below a data directory, created if missing. */
  public static RunFolder in(Path data) throws IOException {
    return new RunFolder(
        Files.createDirectories(data.resolve("run")),
        Files.createDirectories(data.resolve("logs")),
        Files.createDirectories(data.resolve("tmp")));
  }

  public Path log(String service) {
    return logs.resolve(service + ".log");
  }

  public PidFile pidFile(String service) {
    return new PidFile(run.resolve(service + ".pid"));
  }

  public Path statusFile() {
    return run.resolve("services");
  }

  /** Puts the log of the last start aside as {@code service.1.log}, the one before as 2 ... */
  void rotateLog(String service) throws IOException {
    for (int i = KEPT_LOGS - 1; i >= 0; i--) {
      Path from = i == 0 ? log(service) : logs.resolve(service + "." + i + ".log");
      if (Files.exists(from)) {
        Files.move(
            from,
            logs.resolve(service + "." + (i + 1) + ".log"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  Path emptyTemporary(String service) throws IOException {
    Path folder = temporary.resolve(service);
    delete(folder);
    return Files.createDirectories(folder);
  }

  /** Deletes a folder with all that is in it; what vanishes meanwhile is all right. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
