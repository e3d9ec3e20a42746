package gatehouse.launcher.city;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.labelled.scenario.Label;
import gatehouse.wire.FactCodec;
import gatehouse.wire.RecordCodec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A city in a file: one fact a line, as on Kafka. */
public final class CityFile implements CityOutlet {

  private static final RecordCodec<Label> LABELS = RecordCodec.of(Label.class);

  private final Path file;
  private final BufferedWriter out;
  private long events;
  private long facts;

  /** Writes to this file, which is made anew. */
  public CityFile(Path file) throws IOException {
    this.file = file;
    this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  /** Where the labels of the city in a file are written: {@code city.labels.jsonl} beside it. */
  public static Path labelsBeside(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".labels.jsonl");
  }

  /** Writes what was staged, one label a line. */
  public static void writeLabels(List<Label> labels, Path file) throws IOException {
    try (BufferedWriter lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (Label label : labels) {
        write(LABELS.encode(label), lines);
      }
    }
  }

  @Override
  public void take(Fact fact) throws IOException {
    write(FactCodec.encode(fact), out);
    if (fact instanceof DeviceEvent) {
      events++;
    } else {
      facts++;
    }
  }

  private static void write(byte[] json, BufferedWriter lines) throws IOException {
    lines.write(new String(json, StandardCharsets.UTF_8));
    lines.write('\n');
  }

  @Override
  public List<String> received() throws IOException {
    out.flush();
    return List.of(
        String.format(
            Locale.ROOT, "%,d events and %,d registry and site facts in %s", events, facts, file));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
