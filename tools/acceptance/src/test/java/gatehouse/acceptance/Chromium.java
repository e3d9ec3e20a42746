package gatehouse.acceptance;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The browser the machine has; {@code ./gatehouse test} sees to it that there is one. */
final class Chromium {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private Chromium() {}

  static Path path() {
    String chosen = System.getenv("CHROMIUM");
    if (chosen != null && !chosen.isBlank()) {
      return Path.of(chosen);
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no Chromium on the path. Maybe run ./gatehouse test, which installs it"));
  }
}
