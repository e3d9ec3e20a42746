package gatehouse.flink;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a job that runs in its own JVM, so that the next run goes on where this one
 * was killed.
 *
 * <p>Flink writes {@code jobs/JOB/chk-N}; a complete one is sealed here with the checksum of each
 * of its files, because Flink would read a flipped bit as state. Seals stand apart: Flink must be
 * able to delete its own folders.
 */
final class CheckpointFolder {

  private static final Logger log = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final String METADATA = "_metadata";
  private static final String SEAL = ".sha256";

  private final Path jobs;
  private final Path seals;

  CheckpointFolder(Path folder) {
    this.jobs = folder.resolve("jobs");
    this.seals = folder.resolve("seals");
  }

  /** Where Flink puts its checkpoints. */
  Path jobs() {
    return jobs;
  }

  /**
   * The newest checkpoint that is whole; empty if there never was one.
   *
   * @throws IllegalStateException if there were some and none of them can be used
   */
  Optional<Path> newest() throws IOException {
    List<Path> sealed = newestFirst(seals, path -> path.toString().endsWith(SEAL));
    for (Path seal : sealed) {
      String wrong = broken(seal);
      if (wrong.isEmpty()) {
        return Optional.of(checkpoint(seal));
      }
      log.warn("Checkpoint {} cannot be used: {}. Trying the one before.", checkpoint(seal), wrong);
    }
    List<Path> unsealed = newestFirst(jobs, path -> path.endsWith(METADATA));
    for (Path metadata : unsealed) {
      Path checkpoint = folder(metadata);
      if (!Files.exists(seal(checkpoint))) {
        if (isReadable(metadata)) {
          log.warn("Checkpoint {} was never sealed, but it can be read.", checkpoint);
          return Optional.of(checkpoint);
        }
        log.warn("Checkpoint {} cannot be used: its metadata is broken.", checkpoint);
      }
    }
    if (sealed.isEmpty() && unsealed.isEmpty()) {
      return Optional.empty();
    }
    throw new IllegalStateException(
        "None of the checkpoints in "
            + jobs.getParent()
            + " can be used, and the job does not start empty by itself."
            + System.lineSeparator()
            + "Maybe restore that folder from a backup; or delete it, then everything is worked out"
            + " again from what Kafka still keeps, and alerts come again with the same ids.");
  }

  /**
   * Seals every complete checkpoint of a job that is not sealed yet; forgets what is superseded.
   */
  void seal(String job, int keep) throws IOException {
    for (Path metadata : newestFirst(jobs.resolve(job), path -> path.endsWith(METADATA))) {
      Path checkpoint = folder(metadata);
      Path seal = seal(checkpoint);
      if (!Files.exists(seal)) {
        try {
          write(seal, content(checkpoint));
        } catch (NoSuchFileException e) {
          log.debug("{} was superseded before it was sealed", checkpoint);
        }
      }
    }
    List<Path> mine = newestFirst(seals, path -> name(path).startsWith(job + "_"));
    if (mine.size() >= keep) {
      for (Path old : mine.subList(keep, mine.size())) {
        Files.deleteIfExists(old);
      }
      for (Path other : newestFirst(seals, path -> !name(path).startsWith(job + "_"))) {
        Files.deleteIfExists(other);
      }
      forgetOtherJobs(job);
    }
  }

  private void forgetOtherJobs(String job) throws IOException {
    try (Stream<Path> others = Files.list(jobs)) {
      for (Path other : others.filter(path -> !name(path).equals(job)).toList()) {
        deleteAll(other);
      }
    }
  }

  static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  /** Why the sealed checkpoint is not whole; empty if it is. */
  private String broken(Path seal) throws IOException {
    Path checkpoint = checkpoint(seal);
    if (!Files.isDirectory(checkpoint)) {
      return "it is gone";
    }
    try {
      return Files.readString(seal).equals(content(checkpoint))
          ? ""
          : "its files are not what they were when it was sealed";
    } catch (NoSuchFileException e) {
      return "a file of it is gone";
    }
  }

  private static boolean isReadable(Path metadata) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
      Checkpoints.loadCheckpointMetadata(
          in, CheckpointFolder.class.getClassLoader(), metadata.toString());
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** One line a file: checksum and name. */
  private static String content(Path checkpoint) throws IOException {
    StringBuilder content = new StringBuilder();
    List<Path> files;
    try (Stream<Path> all = Files.list(checkpoint)) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      content.append(checksum(file)).append("  ").append(name(file)).append('\n');
    }
    return content.toString();
  }

  private static String checksum(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void write(Path seal, String content) throws IOException {
    Path parent = folder(seal);
    Files.createDirectories(parent);
    Path draft = parent.resolve(name(seal) + ".draft");
    Files.writeString(draft, content, StandardCharsets.UTF_8);
    Files.move(draft, seal, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> newestFirst(Path folder, java.util.function.Predicate<Path> which)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    record Aged(Path path, java.nio.file.attribute.FileTime time) {}
    List<Aged> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).filter(which).toList()) {
        found.add(new Aged(path, Files.getLastModifiedTime(path)));
      }
    }
    found.sort(Comparator.comparing(Aged::time).reversed());
    return found.stream().map(Aged::path).toList();
  }

  private Path seal(Path checkpoint) {
    return seals.resolve(name(folder(checkpoint)) + "_" + name(checkpoint) + SEAL);
  }

  private Path checkpoint(Path seal) {
    String name = name(seal);
    int at = name.indexOf('_');
    return jobs.resolve(name.substring(0, at))
        .resolve(name.substring(at + 1, name.length() - SEAL.length()));
  }

  private static Path folder(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " stands in no folder");
    }
    return parent;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
