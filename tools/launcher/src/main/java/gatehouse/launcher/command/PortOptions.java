package gatehouse.launcher.command;

import gatehouse.launcher.data.Endpoint;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One port option for each thing that listens. */
final class PortOptions {
  private final Map<Endpoint, Integer> wanted = new EnumMap<>(Endpoint.class);

  @Option(names = "--api-port", paramLabel = "PORT", description = "API and console (8080).")
  void api(@Nullable Integer port) {
    want(Endpoint.API, port);
  }

  @Option(names = "--mqtt-port", paramLabel = "PORT", description = "MQTT broker (1883).")
  void mqtt(@Nullable Integer port) {
    want(Endpoint.MQTT, port);
  }

  @Option(names = "--kafka-port", paramLabel = "PORT", description = "Kafka (9092).")
  void kafka(@Nullable Integer port) {
    want(Endpoint.KAFKA, port);
  }

  @Option(names = "--database-port", paramLabel = "PORT", description = "PostgreSQL (5433).")
  void database(@Nullable Integer port) {
    want(Endpoint.DATABASE, port);
  }

  @Option(names = "--flink-port", paramLabel = "PORT", description = "Flink's REST (8081).")
  void flink(@Nullable Integer port) {
    want(Endpoint.FLINK, port);
  }

  @Option(
      names = "--ingest-port",
      paramLabel = "PORT",
      description = "Health and metrics of the intake (8082).")
  void ingest(@Nullable Integer port) {
    want(Endpoint.INGEST, port);
  }

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      description = "Health and metrics of the API (8083).")
  void management(@Nullable Integer port) {
    want(Endpoint.MANAGEMENT, port);
  }

  Map<Endpoint, Integer> wanted() {
    return Map.copyOf(wanted);
  }

  private void want(Endpoint endpoint, @Nullable Integer port) {
    if (port != null) {
      wanted.put(endpoint, port);
    }
  }
}
