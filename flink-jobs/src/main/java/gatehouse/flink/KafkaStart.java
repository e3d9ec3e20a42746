package gatehouse.flink;

import gatehouse.analysis.SettingsChange;
import gatehouse.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the job needs of Kafka before it starts: its topics, the settings, how much is known. */
final class KafkaStart {

  private static final Logger log = LoggerFactory.getLogger(KafkaStart.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrap;

  KafkaStart(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  /**
   * Waits until every topic exists.
   *
   * @throws IllegalStateException naming those that are missing after a minute
   */
  void awaitTopics() throws InterruptedException {
    Set<String> missing = new TreeSet<>();
    Arrays.stream(Topic.values()).map(Topic::topicName).forEach(missing::add);
    Instant end = Instant.now().plus(PATIENCE);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      while (true) {
        try {
          missing.removeAll(admin.listTopics().names().get());
        } catch (ExecutionException e) {
          log.info("Kafka does not answer yet: {}", e.getMessage());
        }
        if (missing.isEmpty()) {
          return;
        }
        if (Instant.now().isAfter(end)) {
          throw new IllegalStateException(
              "Kafka at "
                  + bootstrap
                  + " does not have the topics "
                  + missing
                  + "."
                  + System.lineSeparator()
                  + "Maybe it is down, or the topics were not created.");
        }
        Thread.sleep(POLL.toMillis());
      }
    }
  }

  /** Where a topic ends now, by partition. */
  Map<TopicPartition, Long> ends(Topic topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(partitions(topic, consumer));
    }
  }

  /** All changes of settings up to now that the catalogue allows. */
  List<SettingsChange> settings(Catalogue catalogue) {
    SettingsDeserializer codec = new SettingsDeserializer(catalogue);
    List<SettingsChange> changes = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(Topic.SETTINGS, consumer);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (!isRead(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          SettingsChange change = record.value() == null ? null : codec.read(record).change();
          if (change != null) {
            changes.add(change);
          }
        }
      }
    }
    return changes;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "enable.auto.commit",
            false,
            "isolation.level",
            "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(Topic topic, KafkaConsumer<?, ?> consumer) {
    return consumer.partitionsFor(topic.topicName()).stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  private static boolean isRead(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
