package gatehouse.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The checkout that the programs come from.
 *
 * @param path its root
 */
public record Home(Path path) {
  private static final String PROPERTY = "gatehouse.home";

  /**
   * The checkout named by the system property {@code gatehouse.home}, else the one around the
   * working directory.
   */
  public static Home find() {
    String configured = System.getProperty(PROPERTY);
    Path start = Path.of(configured == null ? "" : configured).toAbsolutePath().normalize();
    for (Path path = start; path != null; path = path.getParent()) {
      if (isCheckout(path)) {
        return new Home(path);
      }
    }
    throw new IllegalStateException(
        start + " is not in a checkout of Gatehouse. Maybe run ./gatehouse from its root.");
  }

  /**
   * The class path on which a module's program runs.
   *
   * @param module the module's folder below the root
   * @throws IOException if the module is not built
   */
  String classPath(String module) throws IOException {
    Path target = path.resolve(module).resolve("target");
    Path libraries = target.resolve("runtime.classpath");
    if (!Files.exists(libraries) || !Files.isDirectory(target.resolve("classes"))) {
      throw new IOException(
          module + " is not built. Maybe ./gatehouse up, which builds what is missing.");
    }
    String rest = Files.readString(libraries).strip();
    return target.resolve("classes") + (rest.isEmpty() ? "" : File.pathSeparator + rest);
  }

  private static boolean isCheckout(@Nullable Path path) {
    return path != null
        && Files.exists(path.resolve("pom.xml"))
        && Files.isDirectory(path.resolve("tools").resolve("launcher"));
  }
}
