package gatehouse.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How many records a topic has had, asked without reading any. */
final class Offsets implements AutoCloseable {
  private static final long LOOK_MILLIS = 20;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  Offsets(String bootstrap, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(one -> new TopicPartition(one.topic(), one.partition()))
            .toList();
  }

  /** In all partitions. */
  long total() {
    return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
  }

  /** All that is there now, for {@link org.apache.kafka.clients.admin.Admin#deleteRecords}. */
  Map<TopicPartition, RecordsToDelete> everything() {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    consumer
        .endOffsets(partitions)
        .forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end)));
    return all;
  }

  /** Waits until the topic has had so many. */
  void await(long total, Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (total() < total) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "Kafka has " + total() + " records after " + limit + ", not " + total);
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
