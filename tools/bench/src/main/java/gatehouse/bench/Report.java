package gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that was measured in one run.
 *
 * @param takenAt when it began
 * @param java the version that ran everything
 * @param processors how many the machine has
 * @param comparisons throughput beside a baseline
 * @param latencies times
 * @param states sizes of the models' state
 */
public record Report(
    Instant takenAt,
    String java,
    int processors,
    List<Comparison> comparisons,
    List<Latency> latencies,
    List<StateSize> states) {

  void write(Path file) throws IOException {
    Files.writeString(
        file,
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(this));
  }
}
