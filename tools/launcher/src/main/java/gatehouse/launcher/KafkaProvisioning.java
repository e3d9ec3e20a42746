package gatehouse.launcher;

import gatehouse.wire.Topic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/** What must be in Kafka before a service comes. */
final class KafkaProvisioning {
  private static final long LIMIT_SECONDS = 30;

  private final String bootstrap;

  KafkaProvisioning(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  /** Creates the topics that are missing; returns when each partition can be written to. */
  void topics(int partitions) throws ExecutionException, InterruptedException, TimeoutException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      Set<String> there = admin.listTopics().names().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing =
          Arrays.stream(Topic.values())
              .filter(topic -> !there.contains(topic.topicName()))
              .map(topic -> declared(topic, partitions))
              .toList();
      admin.createTopics(missing).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      awaitLeaders(admin);
    }
  }

  /**
   * Asks every leader for its end. A new partition is announced before its leader takes records; a
   * producer whose first batch comes too early and whose second does not can never send the first
   * one again, because the broker then takes its number for an old one.
   */
  private static void awaitLeaders(Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<String> topics = Arrays.stream(Topic.values()).map(Topic::topicName).toList();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    admin
        .describeTopics(topics)
        .allTopicNames()
        .get(LIMIT_SECONDS, TimeUnit.SECONDS)
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(
                        partition ->
                            ends.put(
                                new TopicPartition(name, partition.partition()),
                                OffsetSpec.latest())));
    admin.listOffsets(ends).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static NewTopic declared(Topic topic, int partitions) {
    Map<String, String> configuration = new HashMap<>();
    if (topic.cleanup() == Topic.Cleanup.COMPACT) {
      configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    } else {
      configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
      configuration.put(
          TopicConfig.RETENTION_MS_CONFIG, Long.toString(topic.retention().toMillis()));
    }
    return new NewTopic(topic.topicName(), partitions, (short) 1).configs(configuration);
  }
}
