package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.fact.Fact;
import gatehouse.wire.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that was stopped while it still read what was known comes to its end when it goes on. */
class EndingSourceTest {

  private static final int FACTS = 400;
  private static final AtomicInteger READ = new AtomicInteger();

  @TempDir private Path dir;

  @Test
  void aSourceThatWasStoppedInTheMiddleGoesOnAndEnds() throws Exception {
    READ.set(0);
    try (LiveTopics topics = new LiveTopics(dir.resolve("kafka"))) {
      List<Fact> facts = new ArrayList<>();
      for (int i = 0; i < FACTS; i++) {
        facts.add(Histories.credential("k" + i % 7, "c" + i, Instant.EPOCH));
      }
      topics.send(facts);
      JobClient first = start(topics, Map.of());
      Path checkpoint = awaitCheckpointInTheMiddle();
      first.cancel().get(60, TimeUnit.SECONDS);
      assertThat(READ.get()).isLessThan(FACTS);

      JobClient second =
          start(
              topics,
              Map.of(StateRecoveryOptions.SAVEPOINT_PATH.key(), checkpoint.toUri().toString()));
      second.getJobExecutionResult().get(90, TimeUnit.SECONDS);
      assertThat(READ.get()).isGreaterThanOrEqualTo(FACTS);
    }
  }

  private JobClient start(LiveTopics topics, Map<String, String> others) throws Exception {
    Configuration configuration = Configuration.fromMap(others);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, dir.resolve("cp").toUri().toString());
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    KafkaSource<String> source =
        KafkaSource.<String>builder()
            .setBootstrapServers(topics.bootstrap())
            .setTopics(Topic.FACTS.topicName())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded(OffsetsInitializer.latest())
            .setProperty("max.poll.records", "10")
            .setDeserializer(KafkaRecordDeserializationSchema.valueOnly(new SimpleStringSchema()))
            .build();
    env.fromSource(
            new EndingSource<>(source),
            WatermarkStrategy.noWatermarks(),
            "known",
            org.apache.flink.api.common.typeinfo.Types.STRING)
        .uid("known")
        .map(EndingSourceTest::slowly)
        .returns(org.apache.flink.api.common.typeinfo.Types.STRING)
        .uid("slowly")
        .sinkTo(new DiscardingSink<>())
        .uid("away");
    return env.executeAsync();
  }

  private static String slowly(String value) throws InterruptedException {
    READ.incrementAndGet();
    Thread.sleep(10);
    return value;
  }

  private Path awaitCheckpointInTheMiddle() throws Exception {
    Instant end = Instant.now().plusSeconds(60);
    while (Instant.now().isBefore(end)) {
      if (READ.get() > 20) {
        try (Stream<Path> files = Files.walk(dir.resolve("cp"))) {
          List<Path> whole =
              files.filter(path -> path.getFileName().toString().equals("_metadata")).toList();
          if (!whole.isEmpty()) {
            return whole.get(whole.size() - 1).getParent();
          }
        }
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no checkpoint");
  }
}
