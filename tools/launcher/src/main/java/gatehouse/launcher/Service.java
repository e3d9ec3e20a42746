package gatehouse.launcher;

import gatehouse.launcher.data.Endpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The services, in the order in which they are shown; each is one JVM on its own class path. */
public enum Service {
  MQTT("tools/services/mqtt-broker", "gatehouse.service.mqtt.MqttBrokerMain", 256, Endpoint.MQTT),
  KAFKA(
      "tools/services/kafka-broker",
      "gatehouse.service.kafka.KafkaBrokerMain",
      384,
      Endpoint.KAFKA),
  DATABASE(
      "tools/services/database", "gatehouse.service.database.DatabaseMain", 128, Endpoint.DATABASE),
  INGEST("ingest", "gatehouse.ingest.IngestMain", 192, Endpoint.INGEST),
  FLINK("flink-jobs", "gatehouse.flink.LiveJob", 1024, Endpoint.FLINK),
  API("api", "gatehouse.api.ApiMain", 512, Endpoint.API),
  SIMULATOR("tools/simulator", "gatehouse.simulator.SimulatorMain", 128, null);

  private final String module;
  private final String mainClass;
  private final int heapMegabytes;
  private final @Nullable Endpoint endpoint;

  Service(String module, String mainClass, int heapMegabytes, @Nullable Endpoint endpoint) {
    this.module = module;
    this.mainClass = mainClass;
    this.heapMegabytes = heapMegabytes;
    this.endpoint = endpoint;
  }

  /** As in logs and messages: {@code mqtt}, {@code kafka} ... */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Service::word).toList();
  }

  String module() {
    return module;
  }

  String mainClass() {
    return mainClass;
  }

  int heapMegabytes() {
    return heapMegabytes;
  }

  @Nullable Endpoint endpoint() {
    return endpoint;
  }

  /** The services without which this one cannot do its work. */
  Set<Service> needs() {
    return switch (this) {
      case MQTT, KAFKA, DATABASE -> Set.of();
      case INGEST -> Set.of(MQTT, KAFKA);
      case FLINK -> Set.of(KAFKA);
      case API -> Set.of(MQTT, KAFKA, DATABASE);
      case SIMULATOR -> Set.of(INGEST, FLINK, API);
    };
  }
}
