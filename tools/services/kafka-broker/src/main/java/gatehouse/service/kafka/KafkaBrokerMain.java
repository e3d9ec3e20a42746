package gatehouse.service.kafka;

import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker as a process of its own. Environment: {@code GATEHOUSE_KAFKA_DIR}, {@code
 * GATEHOUSE_KAFKA_PORT} (9092), {@code GATEHOUSE_KAFKA_BIND} (127.0.0.1), {@code
 * GATEHOUSE_KAFKA_ADVERTISED} (127.0.0.1: the host name clients are told to use). Prints {@code
 * READY kafka PORT} and ends with SIGTERM.
 */
public final class KafkaBrokerMain {
  private static final Logger log = LoggerFactory.getLogger(KafkaBrokerMain.class);

  private KafkaBrokerMain() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> environment = System.getenv();
    String dir = environment.get("GATEHOUSE_KAFKA_DIR");
    if (dir == null || dir.isBlank()) {
      throw new IllegalArgumentException(
          "GATEHOUSE_KAFKA_DIR is not set. Maybe start Kafka by ./gatehouse up, which sets it.");
    }
    KafkaBroker broker =
        KafkaBroker.start(
            Path.of(dir),
            environment.getOrDefault("GATEHOUSE_KAFKA_BIND", KafkaBroker.LOOPBACK),
            environment.getOrDefault("GATEHOUSE_KAFKA_ADVERTISED", KafkaBroker.LOOPBACK),
            Integer.parseInt(environment.getOrDefault("GATEHOUSE_KAFKA_PORT", "9092")));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  broker.close();
                  log.info("Stopped");
                },
                "stop"));
    System.out.println("READY kafka " + broker.port());
  }
}
