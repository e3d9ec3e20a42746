package gatehouse.service.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * PostgreSQL's own programs, unpacked once per user: in {@code gatehouse/postgresql} below {@code
 * $XDG_CACHE_HOME} or {@code ~/.cache}.
 */
final class Binaries {
  /** What the unpacking writes last into a folder of programs. */
  private static final String COMPLETE = ".exists";

  private Binaries() {}

  /** Something that unpacks the programs into a folder if they are not there, and starts one. */
  interface Start {
    EmbeddedPostgres from(Path folder) throws IOException;
  }

  /**
   * Starts a server from complete programs. An unpacking that was interrupted leaves half of them,
   * and every later start would fail on the other half; so only one process unpacks at a time, and
   * what it finds half done it removes.
   */
  static synchronized EmbeddedPostgres unpackedOnce(Start start) throws IOException {
    Path folder = Files.createDirectories(cache());
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (removeIncomplete(folder)) {
        held.release();
      }
      return start.from(folder);
    }
  }

  /** Returns whether complete programs are there. */
  private static boolean removeIncomplete(Path folder) throws IOException {
    boolean complete = false;
    try (DirectoryStream<Path> unpacked = Files.newDirectoryStream(folder, "PG-*")) {
      for (Path one : unpacked) {
        if (Files.exists(one.resolve(COMPLETE))) {
          complete = true;
        } else {
          Folders.delete(one);
        }
      }
    }
    return complete;
  }

  private static Path cache() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path base =
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return base.resolve("gatehouse").resolve("postgresql");
  }
}
