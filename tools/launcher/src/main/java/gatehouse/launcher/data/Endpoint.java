package gatehouse.launcher.data;

import java.util.Locale;

/** Every port that is listened on, with what it is by default. All on the loopback interface. */
public enum Endpoint {
  MQTT(1883),
  KAFKA(9092),
  DATABASE(5433),
  API(8080),
  FLINK(8081),
  INGEST(8082),
  MANAGEMENT(8083);

  private final int defaultPort;

  Endpoint(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  public int defaultPort() {
    return defaultPort;
  }

  /** As in options and files: {@code mqtt}, {@code kafka} ... */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
