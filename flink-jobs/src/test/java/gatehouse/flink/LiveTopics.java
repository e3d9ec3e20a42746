package gatehouse.flink;

import gatehouse.alert.Alert;
import gatehouse.analysis.SettingsChange;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.service.kafka.KafkaBroker;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Progress;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A Kafka with all topics, what a test sends to it, and everything the job has written. */
final class LiveTopics implements AutoCloseable {

  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KafkaBroker broker;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<Topic, List<ConsumerRecord<byte[], byte[]>>> written = new HashMap<>();

  private long facts;
  private @Nullable Thread trickle;

  LiveTopics(Path dir) throws Exception {
    broker = KafkaBroker.start(dir, 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      admin
          .createTopics(
              Arrays.stream(Topic.values())
                  .map(topic -> new NewTopic(topic.topicName(), PARTITIONS, (short) 1))
                  .toList())
          .all()
          .get();
    }
    // One request at a time: of a topic that is this new the broker may refuse a first batch and
    // take
    // a second one, and takes the first no more.
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap(), "max.in.flight.requests.per.connection", "1"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap(), "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all = new ArrayList<>();
    for (Topic topic : List.of(Topic.ALERTS, Topic.LATE, Topic.DEAD_LETTERS, Topic.PROGRESS)) {
      written.put(topic, new ArrayList<>());
      for (int partition = 0; partition < PARTITIONS; partition++) {
        all.add(new TopicPartition(topic.topicName(), partition));
      }
    }
    consumer.assign(all);
  }

  String bootstrap() {
    return broker.bootstrapServers();
  }

  /** Sends as the intake and the registry do. */
  void send(List<? extends Fact> facts) throws Exception {
    for (Fact fact : facts) {
      Topic topic = fact instanceof DeviceEvent ? Topic.EVENTS : Topic.FACTS;
      send(topic, fact.community(), FactCodec.encode(fact));
    }
    producer.flush();
  }

  /** Sends a backlog, without waiting for each; events go to the partition that is said. */
  void send(List<? extends Fact> facts, ToIntFunction<Fact> partition) {
    for (Fact fact : facts) {
      boolean event = fact instanceof DeviceEvent;
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(
                  (event ? Topic.EVENTS : Topic.FACTS).topicName(),
                  event ? partition.applyAsInt(fact) : null,
                  fact.community().getBytes(StandardCharsets.UTF_8),
                  FactCodec.encode(fact)));
    }
    producer.flush();
  }

  /** From now on something new becomes known all the time, on every partition. */
  void letFactsTrickle() {
    trickle =
        new Thread(
            () -> {
              for (int i = 0; !Thread.interrupted(); i++) {
                Instant now = Instant.now();
                for (int partition = 0; partition < PARTITIONS; partition++) {
                  Future<RecordMetadata> unused =
                      producer.send(
                          new ProducerRecord<>(
                              Topic.FACTS.topicName(),
                              partition,
                              new byte[0],
                              FactCodec.encode(Histories.credential("trickle", "c" + i, now))));
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
              }
            });
    trickle.start();
  }

  void send(SettingsChange change) throws Exception {
    send(Topic.SETTINGS, change.model(), RecordCodec.of(SettingsChange.class).encode(change));
  }

  void send(Topic topic, String key, byte[] value) throws Exception {
    if (topic == Topic.FACTS) {
      facts++;
    }
    producer
        .send(new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value))
        .get();
  }

  /** Waits until the job has written what is asked for. */
  void await(String what, Predicate<LiveTopics> there) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!there.test(this)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("not written within " + PATIENCE + ": " + what);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        for (Topic topic : written.keySet()) {
          if (topic.topicName().equals(record.topic())) {
            written.get(topic).add(record);
          }
        }
      }
    }
  }

  /** Waits until a checkpoint of the job holds all facts sent so far. */
  void awaitFactsRead() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      await("facts read", live -> committed(admin) >= facts);
    }
  }

  private static long committed(Admin admin) {
    try {
      return admin
          .listConsumerGroupOffsets("gatehouse-flink-facts")
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(offset -> offset == null ? 0 : offset.offset())
          .sum();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until every subtask has come to this event time. */
  void awaitProgress(Instant time) throws Exception {
    await("progress to " + time, topics -> topics.hasReached(time));
  }

  private boolean hasReached(Instant time) {
    Map<Integer, Progress> last = new HashMap<>();
    List<Progress> all = read(Topic.PROGRESS, Progress.class);
    all.forEach(progress -> last.put(progress.subtask(), progress));
    return !last.isEmpty()
        && last.size() == all.get(0).parallelism()
        && last.values().stream().noneMatch(progress -> progress.watermark().isBefore(time));
  }

  List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
    return List.copyOf(written.get(topic));
  }

  /** The last revision of every alert of a community. */
  List<Alert> alerts(String community) {
    return TestJob.last(
        read(Topic.ALERTS, Alert.class).stream()
            .filter(alert -> alert.community().equals(community))
            .toList());
  }

  List<DeadLetter> deadLetters() {
    return read(Topic.DEAD_LETTERS, DeadLetter.class);
  }

  List<Fact> late() {
    List<Fact> late = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : written.get(Topic.LATE)) {
      try {
        late.add(FactCodec.decode(record.value()));
      } catch (WireException e) {
        throw new AssertionError(e);
      }
    }
    return late;
  }

  private <T extends Record> List<T> read(Topic topic, Class<T> type) {
    List<T> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : written.get(topic)) {
      try {
        values.add(RecordCodec.of(type).decode(record.value()));
      } catch (WireException e) {
        throw new AssertionError(e);
      }
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    if (trickle != null) {
      trickle.interrupt();
      try {
        trickle.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    producer.close();
    consumer.close();
    broker.close();
  }
}
