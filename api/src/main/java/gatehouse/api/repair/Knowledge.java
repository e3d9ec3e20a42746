package gatehouse.api.repair;

import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.fact.Fact;
import gatehouse.model.ModelCatalogue;
import gatehouse.registry.WatchOrder;
import gatehouse.wire.FactCodec;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What the models know besides events, read from Kafka: the database has only the newest version of
 * a thing, the models judge by the one that held at an event's time.
 *
 * @param facts registry and site facts of a community, and the watch orders of all
 */
record Knowledge(List<Fact> facts, SettingsBook settings) {

  private static final Duration POLL = Duration.ofMillis(500);

  static Knowledge read(String bootstrap, String community) {
    List<Fact> facts = new ArrayList<>();
    SettingsBook settings = new SettingsBook();
    try (KafkaConsumer<byte[], byte[]> kafka = new KafkaConsumer<>(properties(bootstrap))) {
      readAll(kafka, Topic.FACTS, value -> fact(value, community).ifPresent(facts::add));
      readAll(kafka, Topic.SETTINGS, value -> change(value).ifPresent(settings::add));
    }
    return new Knowledge(facts, settings);
  }

  private static void readAll(
      KafkaConsumer<byte[], byte[]> kafka, Topic topic, Consumer<byte[]> each) {
    List<PartitionInfo> partitions = kafka.partitionsFor(topic.topicName());
    List<TopicPartition> all =
        partitions.stream().map(one -> new TopicPartition(one.topic(), one.partition())).toList();
    kafka.assign(all);
    kafka.seekToBeginning(all);
    Map<TopicPartition, Long> ends = kafka.endOffsets(all);
    while (ends.entrySet().stream()
        .anyMatch(end -> kafka.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : kafka.poll(POLL)) {
        byte @Nullable [] value = record.value();
        if (value != null) {
          each.accept(value);
        }
      }
    }
  }

  /** What cannot be read is a dead letter of the job and known to nobody. */
  private static Optional<Fact> fact(byte[] json, String community) {
    try {
      Fact fact = FactCodec.decode(json);
      return fact.community().equals(community) || fact instanceof WatchOrder
          ? Optional.of(fact)
          : Optional.empty();
    } catch (WireException e) {
      return Optional.empty();
    }
  }

  private static Optional<SettingsChange> change(byte[] json) {
    try {
      SettingsChange change = RecordCodec.of(SettingsChange.class).decode(json);
      Optional<ModelEntry<?, ?, ?>> entry = ModelCatalogue.find(change.model());
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      Object unused = entry.get().model(change.values());
      return Optional.of(change);
    } catch (WireException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Properties properties(String bootstrap) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("client.id", "gatehouse-api-repair-knowledge");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    properties.put("isolation.level", "read_committed");
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    return properties;
  }
}
