package gatehouse.ingest;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The last events in Kafka, read once at the start: what a killed intake had published but not yet
 * acknowledged comes again, and is recognised by them.
 *
 * <p>What that does not cover, and at-least-once allows: more than {@value #PER_PARTITION} events
 * of a partition between the kill and the redelivery, and what another instance published and was
 * killed before acknowledging while this one was already running. Those get through twice, with the
 * same id.
 */
final class RecentEvents {

  private static final long PER_PARTITION = 10_000;
  private static final Duration POLL = Duration.ofMillis(200);

  private RecentEvents() {}

  /** Reads them into memory. Blocks until Kafka answers; returns their number. */
  static int recall(String bootstrap, Senders senders) {
    int recalled = 0;
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "fetch.max.wait.ms", "50"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.EVENTS.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
      consumer.assign(partitions);
      ends.forEach(
          (partition, end) ->
              consumer.seek(
                  partition, Math.max(first.getOrDefault(partition, 0L), end - PER_PARTITION)));
      forgetRead(ends, consumer);
      while (!ends.isEmpty()) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          recalled += recall(record, senders);
        }
        forgetRead(ends, consumer);
      }
    }
    return recalled;
  }

  private static void forgetRead(
      Map<TopicPartition, Long> ends, KafkaConsumer<String, byte[]> consumer) {
    ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static int recall(ConsumerRecord<String, byte[]> record, Senders senders) {
    try {
      Fact fact = FactCodec.decode(record.value());
      if (fact instanceof DeviceEvent event) {
        senders.of(new DeviceId(event.community(), event.device())).remember(Fingerprint.of(event));
        return 1;
      }
    } catch (WireException e) {
      // Not ours to judge: whoever reads events reports it.
      return 0;
    }
    return 0;
  }
}
