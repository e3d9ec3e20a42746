package gatehouse.ingest;

import gatehouse.config.Key;
import gatehouse.config.Secret;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The configuration of the intake.
 *
 * @param kafkaBootstrap Kafka's address
 * @param mqttUrl the MQTT broker's address
 * @param mqttUsername the intake's own credential at the broker
 * @param mqttPassword belongs to it
 * @param metricsBind the address of the metrics and health server
 * @param metricsPort its port; 0 for a free one
 * @param clients MQTT connections that share the subscription
 * @param clockCheck whether the devices' clocks are compared with this machine's
 * @param maxFuture how far ahead a device's clock may be
 * @param maxAge how old an event may be
 * @param ratePerSecond what one device may send for long
 * @param instance tells apart several intakes at one broker
 */
public record IngestConfig(
    @Key(
            value = "kafka.bootstrap",
            says = "Kafka's host:port, several separated by commas.",
            byDefault = "127.0.0.1:9092")
        String kafkaBootstrap,
    @Key(
            value = "mqtt.url",
            says = "The MQTT broker, tcp://host:port or ssl://host:port.",
            byDefault = "tcp://127.0.0.1:1883")
        String mqttUrl,
    @Key(
            value = "mqtt.username",
            says = "The user name of this service at the broker.",
            byDefault = "ingest")
        String mqttUsername,
    @Key(value = "mqtt.password", says = "The password of this service at the broker.")
        Secret mqttPassword,
    @Key(
            value = "ingest.metrics-bind",
            says = "The address on which /metrics, /health and /ready are served.",
            byDefault = "127.0.0.1")
        String metricsBind,
    @Key(
            value = "ingest.metrics-port",
            says = "The port on which /metrics, /health and /ready are served; 0 for a free one.",
            byDefault = "8082",
            min = 0,
            max = 65535)
        int metricsPort,
    @Key(
            value = "ingest.clients",
            says = "MQTT connections that share the subscription.",
            byDefault = "2",
            min = 1,
            max = 16)
        int clients,
    @Key(
            value = "ingest.clock-check",
            says =
                "Whether the devices' clocks are compared with this machine's; off to replay old"
                    + " logs.",
            byDefault = "on")
        boolean clockCheck,
    @Key(
            value = "ingest.max-future",
            says = "How far ahead a device's clock may be before its events are refused.",
            byDefault = "PT120S",
            min = 1,
            max = 86400)
        Duration maxFuture,
    @Key(
            value = "ingest.max-age",
            says = "How old an event may be before it is refused.",
            byDefault = "P7D",
            min = 60,
            max = 31536000)
        Duration maxAge,
    @Key(
            value = "ingest.rate-per-second",
            says =
                "Events a second that one device may send for long; a burst may have four times as"
                    + " many, a flushed store 200 times.",
            byDefault = "50",
            min = 1,
            max = 1000000)
        int ratePerSecond,
    @Key(
            value = "ingest.instance",
            says = "Tells apart several intakes at one broker; must stay the same over restarts.",
            byDefault = "a")
        String instance) {

  private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

  /** Checks what the ranges of the keys cannot say. */
  public IngestConfig {
    if (!INSTANCE.matcher(instance).matches()) {
      throw new IllegalArgumentException(
          "GATEHOUSE_INGEST_INSTANCE must be up to 32 letters, digits, - or _.");
    }
  }

  /** What is taken from one device. */
  Limits limits() {
    return Limits.of(clockCheck, maxFuture, maxAge, ratePerSecond);
  }
}
