package gatehouse.service.mqtt;

import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker as a process of its own. Environment: {@code GATEHOUSE_MQTT_DIR}, {@code
 * GATEHOUSE_MQTT_PORT} (1883), {@code GATEHOUSE_MQTT_BIND} (127.0.0.1), {@code
 * GATEHOUSE_MQTT_CREDENTIALS_FILE}. Prints {@code READY mqtt PORT} and ends with SIGTERM.
 */
public final class MqttBrokerMain {
  private static final Logger log = LoggerFactory.getLogger(MqttBrokerMain.class);

  private MqttBrokerMain() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> environment = System.getenv();
    MqttBroker broker =
        MqttBroker.start(
            Path.of(required(environment, "GATEHOUSE_MQTT_DIR")),
            environment.getOrDefault("GATEHOUSE_MQTT_BIND", MqttBroker.LOOPBACK),
            Integer.parseInt(environment.getOrDefault("GATEHOUSE_MQTT_PORT", "1883")),
            Path.of(required(environment, "GATEHOUSE_MQTT_CREDENTIALS_FILE")));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    broker.close();
                    log.info("Stopped");
                  } catch (Exception e) {
                    log.error("Not stopped cleanly", e);
                  }
                },
                "stop"));
    System.out.println("READY mqtt " + broker.port());
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + " is not set. Maybe start the broker by ./gatehouse up, which sets it.");
    }
    return value;
  }
}
