package gatehouse.flink;

import gatehouse.analysis.SettingsChange;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.Topic;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Facts and settings from Kafka, with watermarks.
 *
 * <p>Only device events move event time: a bound behind the latest of each partition, idle
 * partitions left out, wild clocks capped (see {@link EventWatermarks}, {@link EventClock}).
 * Registry and site facts hold it back while they are read for the first time and are never late.
 */
final class FactSource {

  private final StreamExecutionEnvironment env;
  private final Catalogue catalogue;
  private final String bootstrap;

  /** Sources of this job at this broker. */
  FactSource(StreamExecutionEnvironment env, Catalogue catalogue, String bootstrap) {
    this.env = env;
    this.catalogue = catalogue;
    this.bootstrap = bootstrap;
  }

  /**
   * How event time follows the events.
   *
   * @param bound how much disorder is waited for
   * @param idleness after how long without an event a partition is left out
   * @param silence after how long without any event time goes on by itself; zero: never
   */
  record Clock(Duration bound, Duration idleness, Duration silence) {}

  /**
   * What was read.
   *
   * @param stream the facts or settings
   * @param refused what could not be read
   */
  record Read<T>(DataStream<T> stream, DataStream<DeadLetter> refused) {}

  /** Device events, registry facts and site facts. */
  Read<Fact> facts(Clock clock) {
    TypeInformation<Incoming> type = FactDeserializer.type(catalogue);
    Duration bound = clock.bound();
    Read<Fact> events =
        split(
            env.fromSource(
                    kafka(Topic.EVENTS, new FactDeserializer(type)),
                    WatermarkStrategy.<Incoming>forGenerator(
                            context -> new EventWatermarks(bound, bound))
                        .withTimestampAssigner((incoming, kafka) -> incoming.timestamp())
                        .withIdleness(clock.idleness()),
                    "events",
                    type)
                .uid("events"));
    Read<Fact> known =
        split(
            env.fromSource(
                    kafka(Topic.FACTS, new FactDeserializer(type)),
                    WatermarkStrategy.<Incoming>forGenerator(context -> new FactWatermarks())
                        .withTimestampAssigner((incoming, kafka) -> incoming.timestamp())
                        .withIdleness(clock.idleness()),
                    "facts",
                    type)
                .uid("facts"));
    DataStream<Fact> timed =
        events.stream()
            .transform("event-clock", catalogue.factType(), EventClock.live(bound, clock.silence()))
            .uid("event-clock");
    return new Read<>(timed.union(known.stream()), events.refused().union(known.refused()));
  }

  /** Changes of settings. */
  Read<SettingsChange> settings() {
    SingleOutputStreamOperator<SettingsChange> settings =
        env.fromSource(
                kafka(Topic.SETTINGS, new SettingsDeserializer(catalogue)),
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

  private Read<Fact> split(DataStream<Incoming> incoming) {
    SingleOutputStreamOperator<Fact> facts =
        incoming.process(new FactSplit(), catalogue.factType()).name("read");
    return new Read<>(facts, facts.getSideOutput(Streams.DEAD));
  }

  private <T> KafkaSource<T> kafka(Topic topic, KafkaRecordDeserializationSchema<T> codec) {
    return KafkaSource.<T>builder()
        .setBootstrapServers(bootstrap)
        .setGroupId("gatehouse-flink-" + topic.name().toLowerCase(java.util.Locale.ROOT))
        .setTopics(topic.topicName())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setProperty("partition.discovery.interval.ms", "10000")
        .setProperty("isolation.level", "read_committed")
        .setDeserializer(codec)
        .build();
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
