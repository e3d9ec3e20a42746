package gatehouse.score.report;

import gatehouse.score.Scorecard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The scorecard as JSON. */
public final class JsonFile {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonFile() {}

  /** Writes it to a file. */
  public static void write(Scorecard card, Path file) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(card) + "\n");
  }
}
