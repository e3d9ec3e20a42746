package gatehouse.launcher.data;

import gatehouse.launcher.process.PidFile;
import gatehouse.launcher.process.RunFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything Gatehouse keeps on this machine. One launcher at a time works on it. */
public final class DataDirectory {
  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /** Opens a directory, created if missing, that only its owner may look into. */
  public static DataDirectory open(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    if (!Files.exists(absolute)) {
      Files.createDirectories(
          absolute,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new DataDirectory(absolute.toRealPath());
  }

  /** Whether something was ever started in this directory. */
  public static boolean exists(Path path) {
    return Files.exists(path.resolve("run"));
  }

  public Path path() {
    return path;
  }

  /** Where one service keeps its own. */
  public Path of(String service) {
    return path.resolve(service);
  }

  public RunFolder runFolder() throws IOException {
    return RunFolder.in(path);
  }

  public Path portsFile() {
    return path.resolve("ports");
  }

  public Secrets secrets() throws IOException {
    return Secrets.in(path.resolve("secrets"));
  }

  /** The launcher that works on this directory now. */
  public Optional<ProcessHandle> launcher() throws IOException {
    return launcherFile().find();
  }

  /**
   * Takes the directory for this process.
   *
   * @throws InUseException if another launcher has it
   */
  public Hold hold() throws IOException {
    runFolder();
    FileChannel channel =
        FileChannel.open(
            path.resolve("run").resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw new InUseException(path, launcher().map(ProcessHandle::pid).orElse(0L));
    }
    ProcessHandle self = ProcessHandle.current();
    launcherFile().write(self, program(self));
    return new Hold(channel, launcherFile());
  }

  /** The program's file name: its folder is not in the command line if it came by a link. */
  private static String program(ProcessHandle process) {
    return process.info().command().map(path -> Path.of(path).getFileName().toString()).orElse("");
  }

  private PidFile launcherFile() {
    return new PidFile(path.resolve("run").resolve("launcher.pid"));
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The right to work on a data directory; the end of the process gives it back as well. */
  public static final class Hold implements AutoCloseable {
    private final FileChannel channel;
    private final PidFile launcherFile;

    private Hold(FileChannel channel, PidFile launcherFile) {
      this.channel = channel;
      this.launcherFile = launcherFile;
    }

    @Override
    public void close() throws IOException {
      launcherFile.delete();
      channel.close();
    }
  }
}
