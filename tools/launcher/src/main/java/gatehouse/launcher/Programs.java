package gatehouse.launcher;

import gatehouse.launcher.process.RunFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs of the services as they were at the start. A service loads classes all its life; run
 * from where they are built, it would break at the next build.
 */
final class Programs {
  private final Home home;
  private final Path folder;

  /**
   * Programs of this checkout.
   *
   * @param folder where their copies go; what is there is deleted
   */
  Programs(Home home, Path folder) throws IOException {
    this.home = home;
    this.folder = folder;
    RunFolder.delete(folder);
  }

  /** The class path on which a service runs. */
  String classPath(Service service) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : home.classPath(service.module()).split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      entries.add(
          isOurs(path)
              ? copy(
                  path,
                  folder.resolve(service.word()).resolve(entries.size() + "-" + path.getFileName()))
              : entry);
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Libraries stay as they are; only what is built here changes. */
  private static boolean isOurs(Path entry) {
    return Files.isDirectory(entry) || entry.getFileName().toString().startsWith("gatehouse-");
  }

  private static String copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(visited).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = file.equals(from) ? to : to.resolve(from.relativize(file).toString());
            Files.copy(file, target);
            return FileVisitResult.CONTINUE;
          }
        });
    return to.toString();
  }
}
