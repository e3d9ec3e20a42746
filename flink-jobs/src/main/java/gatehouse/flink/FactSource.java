package gatehouse.flink;

import gatehouse.analysis.SettingsChange;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.Topic;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.common.TopicPartition;

/**
 * Facts and settings from Kafka, with watermarks.
 *
 * <p>Only device events move event time: a bound behind the latest of each partition, idle
 * partitions left out, wild clocks capped (see {@link PartitionWatermarks}, {@link EventClock}).
 * What was known at the start, registry and site facts up to the end of their topic, is read by a
 * source of its own, which ends; until then it holds back event time. Later ones hold back nothing
 * and are never late.
 *
 * <p>A backlog is read in step: no partition, nor the events before the facts, runs ahead of the
 * slowest by more than the drift. What is ahead waits in the models' buffers, on the heap.
 */
final class FactSource {

  /** Whoever is in it waits for the slowest. */
  private static final String IN_STEP = "event-time";

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final StreamExecutionEnvironment env;
  private final Catalogue catalogue;
  private final String bootstrap;
  private final TypeInformation<Incoming> incoming;

  /** Sources of this job at this broker. */
  FactSource(StreamExecutionEnvironment env, Catalogue catalogue, String bootstrap) {
    this.env = env;
    this.catalogue = catalogue;
    this.bootstrap = bootstrap;
    this.incoming = FactDeserializer.type(catalogue);
  }

  /**
   * How event time follows the events.
   *
   * @param bound how much disorder is waited for
   * @param idleness after how long without an event a partition is left out
   * @param silence after how long without any event time goes on by itself; zero: never
   * @param drift how far a partition may be ahead of the slowest
   */
  record Clock(Duration bound, Duration idleness, Duration silence, Duration drift)
      implements Serializable {}

  /**
   * What was read.
   *
   * @param stream the facts or settings
   * @param refused what could not be read
   */
  record Read<T>(DataStream<T> stream, DataStream<DeadLetter> refused) {}

  /**
   * Device events, registry facts and site facts.
   *
   * @param known where the topic of the facts ends at the start
   */
  Read<Fact> facts(Clock clock, Map<TopicPartition, Long> known) {
    Read<Fact> events =
        read(
            "events",
            kafka(Topic.EVENTS, "events", new FactDeserializer(incoming)).build(),
            WatermarkStrategy.<Incoming>forGenerator(
                    context -> new PartitionWatermarks(clock, context.getInputActivityClock()))
                .withWatermarkAlignment(IN_STEP, clock.drift(), LOOK_EVERY));
    Read<Fact> before =
        read(
            "facts-known",
            new EndingSource<>(
                kafka(Topic.FACTS, "facts-known", new FactDeserializer(incoming))
                    .setBounded(OffsetsInitializer.offsets(known))
                    // Of a reader that has ended, it would be said for ever how far it is behind.
                    .setProperty("commit.offsets.on.checkpoint", "false")
                    .build()),
            WatermarkStrategy.<Incoming>forGenerator(context -> new HoldsBack<>())
                .withWatermarkAlignment(IN_STEP, clock.drift(), LOOK_EVERY));
    Read<Fact> since =
        read(
            "facts",
            kafka(Topic.FACTS, "facts", new FactDeserializer(incoming))
                .setStartingOffsets(OffsetsInitializer.offsets(known))
                .build(),
            WatermarkStrategy.forGenerator(context -> new NeverHoldsBack<>()));
    DataStream<Fact> timed =
        events.stream()
            .transform(
                "event-clock",
                catalogue.factType(),
                EventClock.live(clock.bound(), clock.silence()))
            .uid("event-clock");
    DataStream<Fact> registry =
        before.stream()
            .union(since.stream())
            .transform("registry-clock", catalogue.factType(), new RegistryClock());
    return new Read<>(
        timed.union(registry), events.refused().union(before.refused(), since.refused()));
  }

  /** Changes of settings. */
  Read<SettingsChange> settings() {
    SingleOutputStreamOperator<SettingsChange> settings =
        env.fromSource(
                kafka(Topic.SETTINGS, "settings", new SettingsDeserializer(catalogue)).build(),
                WatermarkStrategy.forGenerator(context -> new NeverHoldsBack<>()),
                "settings",
                RecordTypes.of(IncomingSettings.class))
            .uid("settings")
            .setParallelism(1)
            .process(new SettingsSplit(), RecordTypes.of(SettingsChange.class))
            .name("settings-read")
            .setParallelism(1);
    return new Read<>(settings, settings.getSideOutput(Streams.DEAD));
  }

  private Read<Fact> read(
      String name, Source<Incoming, ?, ?> source, WatermarkStrategy<Incoming> watermarks) {
    SingleOutputStreamOperator<Fact> facts =
        env.fromSource(
                source,
                watermarks.withTimestampAssigner((fact, kafka) -> fact.timestamp()),
                name,
                incoming)
            .uid(name)
            .process(new FactSplit(), catalogue.factType())
            .name("read");
    return new Read<>(facts, facts.getSideOutput(Streams.DEAD));
  }

  private <T> KafkaSourceBuilder<T> kafka(
      Topic topic, String name, KafkaRecordDeserializationSchema<T> codec) {
    return KafkaSource.<T>builder()
        .setBootstrapServers(bootstrap)
        .setGroupId("gatehouse-flink-" + name)
        .setTopics(topic.topicName())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setProperty("partition.discovery.interval.ms", "10000")
        .setProperty("isolation.level", "read_committed")
        .setDeserializer(codec);
  }

  /** Tells facts from what is none. */
  static final class FactSplit extends ProcessFunction<Incoming, Fact> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Incoming incoming, Context context, Collector<Fact> out) {
      if (incoming.fact() != null) {
        out.collect(incoming.fact());
      } else if (incoming.refused() != null) {
        context.output(Streams.DEAD, incoming.refused());
      }
    }
  }

  /** Tells changes of settings from what is none. */
  static final class SettingsSplit extends ProcessFunction<IncomingSettings, SettingsChange> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(
        IncomingSettings incoming, Context context, Collector<SettingsChange> out) {
      if (incoming.change() != null) {
        out.collect(incoming.change());
      } else if (incoming.refused() != null) {
        context.output(Streams.DEAD, incoming.refused());
      }
    }
  }
}
