package gatehouse.api.repair;

import gatehouse.alert.Alert;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

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
    try (KafkaProducer<byte[], byte[]> kafka = new KafkaProducer<>(properties())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Alert revision : revisions) {
        sent.add(kafka.send(record(revision)));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("an alert was not taken", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
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
            header("ce_specversion", "1.0"),
            header("ce_id", alert.id() + "/" + alert.revision()),
            header("ce_type", WireName.of(Alert.class)),
            header("ce_source", alert.community() + "/" + alert.model()),
            header("ce_time", time.toString()),
            header("content-type", "application/json")));
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("client.id", "gatehouse-api-repair");
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("max.block.ms", "10000");
    properties.put("delivery.timeout.ms", "30000");
    properties.put("request.timeout.ms", "10000");
    properties.put("key.serializer", ByteArraySerializer.class.getName());
    properties.put("value.serializer", ByteArraySerializer.class.getName());
    return properties;
  }
}
