package gatehouse.api.notification;

import gatehouse.notification.Notification;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.nio.charset.StandardCharsets;
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

/** Publishes notifications as CloudEvents; those of one alert stay in their order. */
final class KafkaNotifications implements NotificationPublisher, AutoCloseable {

  private final KafkaProducer<byte[], byte[]> kafka;

  KafkaNotifications(String bootstrap) {
    this.kafka = new KafkaProducer<>(properties(bootstrap));
  }

  @Override
  public void publish(List<Notification> notifications) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Notification notification : notifications) {
      sent.add(kafka.send(record(notification)));
    }
    try {
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("a notification was not taken", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    kafka.close(java.time.Duration.ofSeconds(2));
  }

  private static ProducerRecord<byte[], byte[]> record(Notification notification) {
    String key = notification.alert() == null ? notification.community() : notification.alert();
    return new ProducerRecord<>(
        Topic.NOTIFICATIONS.topicName(),
        null,
        null,
        key.getBytes(StandardCharsets.UTF_8),
        RecordCodec.of(Notification.class).encode(notification),
        List.of(
            header("ce_specversion", "1.0"),
            header("ce_id", notification.id()),
            header("ce_type", WireName.of(Notification.class)),
            header("ce_source", notification.community()),
            header("ce_time", notification.at().toString()),
            header("content-type", "application/json")));
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static Properties properties(String bootstrap) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("client.id", "gatehouse-api-notifications");
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
