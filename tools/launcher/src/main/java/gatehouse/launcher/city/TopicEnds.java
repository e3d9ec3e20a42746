package gatehouse.launcher.city;

import gatehouse.wire.Topic;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Where topics of Kafka end at a moment.
 *
 * @param records of each topic, over its partitions
 */
record TopicEnds(Map<Topic, Long> records) {

  private static final long LIMIT_SECONDS = 10;

  /**
   * Asks Kafka.
   *
   * @throws IOException if it does not answer, or has not one of the topics
   */
  static TopicEnds of(String bootstrap, List<Topic> topics)
      throws IOException, InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS)))) {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (TopicDescription topic :
          admin
              .describeTopics(topics.stream().map(Topic::topicName).toList())
              .allTopicNames()
              .get(LIMIT_SECONDS, TimeUnit.SECONDS)
              .values()) {
        topic
            .partitions()
            .forEach(
                one ->
                    asked.put(
                        new TopicPartition(topic.name(), one.partition()), OffsetSpec.latest()));
      }
      Map<Topic, Long> records = new EnumMap<>(Topic.class);
      admin
          .listOffsets(asked)
          .all()
          .get(LIMIT_SECONDS, TimeUnit.SECONDS)
          .forEach(
              (partition, end) -> {
                for (Topic topic : topics) {
                  if (topic.topicName().equals(partition.topic())) {
                    records.merge(topic, end.offset(), Long::sum);
                  }
                }
              });
      return new TopicEnds(records);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new IOException(
            "Kafka at " + bootstrap + " has not the topics of Gatehouse. Maybe another address.",
            e);
      }
      throw gone(bootstrap, e);
    } catch (TimeoutException e) {
      throw gone(bootstrap, e);
    }
  }

  private static IOException gone(String bootstrap, Exception e) {
    return new IOException(
        "Kafka at " + bootstrap + " does not answer. Maybe it is down, or at another address.", e);
  }

  /** How many records a topic got since then. */
  long since(TopicEnds then, Topic topic) {
    return records.getOrDefault(topic, 0L) - then.records.getOrDefault(topic, 0L);
  }
}
