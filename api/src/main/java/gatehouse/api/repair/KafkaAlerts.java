package gatehouse.api.repair;

import gatehouse.alert.Alert;
import gatehouse.api.kafka.KafkaWriter;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes alert revisions as the live job does: same key, same JSON, same CloudEvents headers.
 */
final class KafkaAlerts implements AlertPublisher {

  private final String bootstrap;

  KafkaAlerts(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  /** Repairs are rare: a producer lives for one of them. */
  @Override
  public void publish(List<Alert> revisions) {
    if (revisions.isEmpty()) {
      return;
    }
    try (KafkaWriter kafka = new KafkaWriter(bootstrap, "gatehouse-api-repair")) {
      kafka.write(revisions.stream().map(KafkaAlerts::record).toList());
    }
  }

  private static ProducerRecord<byte[], byte[]> record(Alert alert) {
    Instant closedAt = alert.closedAt();
    Instant time = closedAt == null ? alert.lastEventTime() : closedAt;
    return new ProducerRecord<>(
        Topic.ALERTS.topicName(),
        null,
        null,
        alert.id().getBytes(StandardCharsets.UTF_8),
        RecordCodec.of(Alert.class).encode(alert),
        List.of(
            KafkaWriter.header("ce_specversion", "1.0"),
            KafkaWriter.header("ce_id", alert.id() + "/" + alert.revision()),
            KafkaWriter.header("ce_type", WireName.of(Alert.class)),
            KafkaWriter.header("ce_source", alert.community() + "/" + alert.model()),
            KafkaWriter.header("ce_time", time.toString()),
            KafkaWriter.header("content-type", "application/json")));
  }
}
