package gatehouse.bench;

import gatehouse.wire.Progress;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far the job has come, by its own notes of progress from now on. */
final class EventTimes implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<Integer, Instant> bySubtask = new HashMap<>();
  private int subtasks = Integer.MAX_VALUE;

  EventTimes(String bootstrap) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topic.PROGRESS.topicName()).stream()
            .map(one -> new TopicPartition(one.topic(), one.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** Waits until every subtask has come to this time. */
  void await(Instant time, Duration limit) throws IOException, WireException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (bySubtask.size() < subtasks
        || bySubtask.values().stream().anyMatch(reached -> reached.isBefore(time))) {
      if (System.nanoTime() > deadline) {
        throw new IOException("The job is at " + bySubtask + " after " + limit + ", not " + time);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Progress progress = RecordCodec.of(Progress.class).decode(record.value());
        subtasks = progress.parallelism();
        bySubtask.put(progress.subtask(), progress.watermark());
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
