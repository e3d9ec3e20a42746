package gatehouse.launcher;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The launcher's own classes, all loaded at once: it runs for days, and must still be able to stop
 * cleanly after the checkout was built again under it.
 */
final class OwnClasses {
  private static final String SUFFIX = ".class";

  private OwnClasses() {}

  static void load() throws IOException {
    try {
      Path root =
          Path.of(OwnClasses.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isDirectory(root)) {
        return;
      }
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(one -> one.toString().endsWith(SUFFIX)).toList()) {
          String name = root.relativize(file).toString().replace('/', '.');
          Class.forName(
              name.substring(0, name.length() - SUFFIX.length()),
              false,
              OwnClasses.class.getClassLoader());
        }
      }
    } catch (URISyntaxException | ClassNotFoundException e) {
      throw new IOException("The launcher's own classes cannot be loaded.", e);
    }
  }
}
