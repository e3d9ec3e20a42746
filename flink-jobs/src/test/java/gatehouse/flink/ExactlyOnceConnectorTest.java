package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.service.kafka.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The connector calls internals of kafka-clients when it commits. A version of the client that
 * moved them fails here, where nothing restarts, and nowhere else in the tests.
 */
class ExactlyOnceConnectorTest {

  private static final int RECORDS = 400;

  @TempDir private Path dir;

  @Test
  void transactionsAreCommittedWithThisVersionOfTheClient() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(dir, 0)) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        admin.createTopics(List.of(new NewTopic("once", 1, (short) 1))).all().get();
      }
      Configuration configuration = new Configuration();
      configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
      env.enableCheckpointing(200);
      env.fromSource(
              new DataGeneratorSource<>(
                  number -> "n" + number,
                  RECORDS,
                  RateLimiterStrategy.perSecond(RECORDS),
                  Types.STRING),
              WatermarkStrategy.noWatermarks(),
              "numbers")
          .sinkTo(
              KafkaSink.<String>builder()
                  .setBootstrapServers(broker.bootstrapServers())
                  .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                  .setTransactionalIdPrefix("once")
                  .setProperty("transaction.timeout.ms", "60000")
                  .setRecordSerializer(
                      KafkaRecordSerializationSchema.<String>builder()
                          .setTopic("once")
                          .setValueSerializationSchema(new SimpleStringSchema())
                          .build())
                  .build());
      env.execute();
      assertThat(committed(broker)).hasSize(RECORDS).doesNotHaveDuplicates();
    }
  }

  private static List<String> committed(KafkaBroker broker) {
    List<String> values = new ArrayList<>();
    TopicPartition partition = new TopicPartition("once", 0);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }
}
