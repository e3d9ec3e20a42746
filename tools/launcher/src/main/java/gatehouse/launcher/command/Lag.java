package gatehouse.launcher.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many records each reader of Kafka has not read yet. */
final class Lag {
  private static final int LIMIT_SECONDS = 10;

  private final String bootstrap;

  Lag(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  /** A line for each consumer group. */
  void print(PrintWriter out) throws IOException {
    out.printf("  %-34s %10s%n", "reader of Kafka", "behind by");
    byGroup().forEach((group, records) -> out.printf("  %-34s %10d records%n", group, records));
    out.println();
  }

  /** Records behind, by consumer group; only groups that have committed something. */
  Map<String, Long> byGroup() throws IOException {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                LIMIT_SECONDS * 1000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                LIMIT_SECONDS * 1000))) {
      Map<String, Long> lags = new TreeMap<>();
      for (var group : admin.listGroups().all().get(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        lags.put(group.groupId(), ofGroup(admin, group.groupId()));
      }
      return lags;
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Kafka at " + bootstrap + " does not answer.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while asking Kafka.", e);
    }
  }

  private static long ofGroup(Admin admin, String group)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> read =
        admin
            .listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
            .partitionsToOffsetAndMetadata(group)
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends =
        admin
            .listOffsets(
                read.keySet().stream()
                    .collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest())))
            .all()
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    long behind = 0;
    for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> end : ends.entrySet()) {
      OffsetAndMetadata position = read.get(end.getKey());
      if (position != null) {
        behind += Math.max(0, end.getValue().offset() - position.offset());
      }
    }
    return behind;
  }
}
