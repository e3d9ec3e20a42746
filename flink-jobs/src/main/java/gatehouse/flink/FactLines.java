package gatehouse.flink;

import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.jspecify.annotations.Nullable;

/**
 * Facts from files, one JSON object a line, in the order of the files. A line that is no fact
 * becomes a dead letter with file and line number.
 */
final class FactLines implements GeneratorFunction<Long, Incoming> {

  private static final long serialVersionUID = 1L;

  private final List<String> files;

  private transient @Nullable BufferedReader reader;
  private transient int file;
  private transient long line;
  private transient long next;

  FactLines(List<Path> files) {
    this.files = new ArrayList<>(files.stream().map(Path::toString).toList());
  }

  /** How many lines there are. */
  static long count(List<Path> files) throws IOException {
    long lines = 0;
    for (Path file : files) {
      try (Stream<String> all = Files.lines(file, StandardCharsets.UTF_8)) {
        lines += all.count();
      }
    }
    return lines;
  }

  /** The lines are asked for one after the other; after a restart from some number on. */
  @Override
  public Incoming map(Long number) throws IOException {
    if (number < next) {
      close();
      file = 0;
      next = 0;
    }
    String text = "";
    while (next <= number) {
      text = readLine();
      next++;
    }
    return read(text);
  }

  private String readLine() throws IOException {
    while (true) {
      if (reader == null) {
        reader = Files.newBufferedReader(Path.of(files.get(file)), StandardCharsets.UTF_8);
        line = 0;
      }
      String text = reader.readLine();
      if (text != null) {
        line++;
        return text;
      }
      close();
      file++;
    }
  }

  private Incoming read(String text) {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    String wrong;
    try {
      return Incoming.of(FactCodec.decode(json));
    } catch (WireException e) {
      wrong = String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      wrong = Refused.where(e);
    }
    return new Incoming(
        null, Refused.bytes(wrong, files.get(file) + ":" + line, Instant.EPOCH, json));
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
