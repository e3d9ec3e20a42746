package gatehouse.simulator.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nonces a door has seen and when they expire, in a file. One that has expired may be
 * forgotten: the command that bears it is refused by its time.
 */
public final class NonceMemory {

  private static final int REWRITE_AFTER = 1_000;

  private final Path file;
  private final Map<String, Instant> seen = new HashMap<>();
  private int appended;

  private NonceMemory(Path file) {
    this.file = file;
  }

  /** The memory in a file; empty if there is none yet. A line that was cut off is left out. */
  public static NonceMemory open(Path file) throws IOException {
    NonceMemory memory = new NonceMemory(file);
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    for (String line : lines) {
      String[] fields = line.split(" ", -1);
      if (fields.length == 3 && fields[2].equals(".")) {
        memory.seen.put(fields[0], Instant.ofEpochMilli(Long.parseLong(fields[1])));
      }
    }
    return memory;
  }

  /**
   * Remembers a nonce.
   *
   * @return false if it was known
   */
  public synchronized boolean remember(String nonce, Instant expires, Instant now)
      throws IOException {
    if (seen.containsKey(nonce)) {
      return false;
    }
    append(line(nonce, expires));
    seen.put(nonce, expires);
    if (++appended > REWRITE_AFTER) {
      // A clock that was set back must not make room for an old command: keep an hour more.
      seen.values().removeIf(end -> end.plusSeconds(3600).isBefore(now));
      rewrite();
    }
    return true;
  }

  private void append(String line) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      write(channel, line);
    }
  }

  private void rewrite() throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    StringBuilder lines = new StringBuilder();
    seen.forEach((nonce, expires) -> lines.append(line(nonce, expires)));
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, lines.toString());
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    appended = 0;
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  /** The dot at the end tells a whole line from one that was cut off. */
  private static String line(String nonce, Instant expires) {
    return nonce + ' ' + expires.toEpochMilli() + " .\n";
  }
}
