package gatehouse.flink;

import gatehouse.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The live job as a process of its own, with the probes for models; for tests that kill it. */
final class ProbeLiveMain {

  private ProbeLiveMain() {}

  /**
   * Starts the process; event time does not go on by itself.
   *
   * @param heap as for -Xmx
   * @param configuration besides Kafka's address
   */
  static Process start(LiveTopics topics, String heap, Path log, Map<String, String> configuration)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ProbeLiveMain.class.getName());
    builder
        .environment()
        .putAll(
            Map.of(
                "GATEHOUSE_KAFKA_BOOTSTRAP", topics.bootstrap(),
                "GATEHOUSE_FLINK_REST_PORT", "0",
                "GATEHOUSE_FLINK_SILENCE", "PT0S"));
    builder.environment().putAll(configuration);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  public static void main(String[] args) throws Exception {
    try {
      LiveJob.watch(
          new LiveJob(ConfigLoader.load(LiveConfig.class), ProbeModel::entries).startHere());
    } catch (IllegalStateException e) {
      System.out.println("REFUSED " + e.getMessage());
      System.exit(3);
    }
  }
}
