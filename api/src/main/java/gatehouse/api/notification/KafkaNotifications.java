package gatehouse.api.notification;

import gatehouse.api.kafka.KafkaWriter;
import gatehouse.notification.Notification;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes notifications as CloudEvents; those of one alert stay in their order. */
final class KafkaNotifications implements NotificationPublisher, AutoCloseable {

  private final KafkaWriter kafka;

  KafkaNotifications(String bootstrap) {
    this.kafka = new KafkaWriter(bootstrap, "gatehouse-api-notifications");
  }

  @Override
  public void publish(List<Notification> notifications) {
    kafka.write(notifications.stream().map(KafkaNotifications::record).toList());
  }

  @Override
  public void close() {
    kafka.close();
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
            KafkaWriter.header("ce_specversion", "1.0"),
            KafkaWriter.header("ce_id", notification.id()),
            KafkaWriter.header("ce_type", WireName.of(Notification.class)),
            KafkaWriter.header("ce_source", notification.community()),
            KafkaWriter.header("ce_time", notification.at().toString()),
            KafkaWriter.header("content-type", "application/json")));
  }
}
