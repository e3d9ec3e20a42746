package gatehouse.launcher.command;

import gatehouse.launcher.Home;
import gatehouse.launcher.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which Gatehouse on this machine is meant. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept. Default: data in the checkout.")
  private @Nullable Path path;

  Path path() {
    return path == null ? Home.find().path().resolve("data") : path;
  }

  /** How to say the same to another command: empty if the directory is the usual one. */
  String asOption() {
    return path == null ? "" : " --data " + path;
  }

  /**
   * The directory of a Gatehouse that was started before.
   *
   * @throws IOException if there is none
   */
  DataDirectory existing() throws IOException {
    if (!DataDirectory.exists(path())) {
      throw new IOException(
          "Nothing was ever started in "
              + path().toAbsolutePath().normalize()
              + ". Maybe ./gatehouse up, or another --data DIR.");
    }
    return DataDirectory.open(path());
  }

  /**
   * The directory of a Gatehouse that is running now.
   *
   * @throws IOException if it is not
   */
  DataDirectory running() throws IOException {
    DataDirectory directory = existing();
    if (directory.launcher().isEmpty()) {
      throw new IOException(
          "Gatehouse is not running on " + directory.path() + ". Maybe ./gatehouse up first.");
    }
    return directory;
  }
}
