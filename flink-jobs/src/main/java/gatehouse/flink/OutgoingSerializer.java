package gatehouse.flink;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Kafka records with CloudEvents headers in binary mode. Their Kafka timestamp is the time of
 * sending, not event time: retention goes by it, and a replayed year would be deleted at once.
 */
final class OutgoingSerializer implements KafkaRecordSerializationSchema<Outgoing> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Outgoing record, KafkaSinkContext context, @Nullable Long timestamp) {
    return new ProducerRecord<>(
        record.topic().topicName(),
        null,
        null,
        record.key().getBytes(StandardCharsets.UTF_8),
        record.value().getBytes(StandardCharsets.UTF_8),
        List.of(
            header("ce_specversion", "1.0"),
            header("ce_id", record.id()),
            header("ce_type", record.type()),
            header("ce_source", record.source()),
            header("ce_time", record.time().toString()),
            header("content-type", "application/json")));
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
