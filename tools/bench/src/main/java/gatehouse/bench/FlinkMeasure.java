package gatehouse.bench;

import gatehouse.event.DeviceEvent;
import gatehouse.launcher.FactPublisher;
import gatehouse.launcher.Home;
import gatehouse.launcher.Service;
import gatehouse.launcher.Stack;
import gatehouse.launcher.StackOptions;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The live job with all models beside a job that copies bytes: the same records, from Kafka to
 * Kafka. Each in a JVM of its own, warmed up first. The records whose time is taken are written in
 * one transaction, so that all of them are there at once when the clock starts and writing them
 * costs nothing while it runs.
 */
final class FlinkMeasure {
  private static final int PARTITIONS = 4;
  private static final int WARM_UP = 100_000;
  private static final int RECORDS = 200_000;
  private static final int HEAP_MEGABYTES = 1024;
  private static final String COPY = "bench.copy";
  private static final Duration STEP = Duration.ofMillis(10);

  /** How far the last note of progress may be behind the last event: the bound and a bit. */
  private static final Duration BEHIND = Duration.ofSeconds(3);

  /** Partitions without events count as idle after five seconds; until then they hold back time. */
  private static final Duration SETTLE = Duration.ofSeconds(8);

  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** Two communities a partition. */
  private static final List<String> COMMUNITIES =
      IntStream.range(0, 2 * PARTITIONS).mapToObj(i -> "community-" + i).toList();

  private final Path folder;
  private final Steps steps;
  private final Instant first = Instant.now().minus(STEP.multipliedBy(WARM_UP + RECORDS));
  private int round;

  FlinkMeasure(Path folder, Steps steps) {
    this.folder = folder;
    this.steps = steps;
  }

  Comparison run(int pairs) throws Exception {
    steps.now("starting Kafka");
    StackOptions options =
        StackOptions.isolated(folder.resolve("stack"))
            .withServices(Set.of(Service.KAFKA))
            .withPartitions(PARTITIONS);
    try (Stack stack = Stack.start(options)) {
      String kafka = stack.kafkaBootstrap();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
        admin.createTopics(List.of(new NewTopic(COPY, PARTITIONS, (short) 1))).all().get();
        FactPublisher.publish(kafka, Traffic.site(COMMUNITIES, first.minusSeconds(3600)));
        List<Comparison.Round> rounds =
            new Rounds(steps)
                .take(pairs, () -> passThrough(kafka, admin), () -> liveJob(kafka, admin));
        return Comparison.of(
            "flink: the job with all models, Kafka to Kafka",
            "a pass-through of the same records",
            RECORDS,
            rounds);
      }
    }
  }

  private Sample passThrough(String kafka, Admin admin) throws Exception {
    empty(kafka, admin);
    Path classes =
        Path.of(PassThrough.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Offsets copied = new Offsets(kafka, COPY);
        Child child =
            start(
                Child.classPath(Home.find().path(), "flink-jobs") + File.pathSeparator + classes,
                PassThrough.class.getName(),
                Map.of(),
                kafka,
                Topic.EVENTS.topicName(),
                COPY)) {
      long before = copied.total();
      return sample(
          kafka,
          child,
          () -> copied.await(before + WARM_UP, LIMIT),
          () -> copied.await(before + WARM_UP + RECORDS, LIMIT));
    }
  }

  private Sample liveJob(String kafka, Admin admin) throws Exception {
    empty(kafka, admin);
    try (EventTimes reached = new EventTimes(kafka);
        Child child =
            start(
                Child.classPath(Home.find().path(), "flink-jobs"),
                "gatehouse.flink.LiveJob",
                Map.of(
                    "GATEHOUSE_KAFKA_BOOTSTRAP",
                    kafka,
                    "GATEHOUSE_FLINK_REST_PORT",
                    "0",
                    "GATEHOUSE_FLINK_CHECKPOINTS",
                    folder.resolve("checkpoints-" + round).toString(),
                    // Event time must end with the records, not go on with the clock.
                    "GATEHOUSE_FLINK_SILENCE",
                    "PT0S"))) {
      return sample(
          kafka,
          child,
          () -> reached.await(time(WARM_UP), LIMIT),
          () -> reached.await(time(WARM_UP + RECORDS), LIMIT));
    }
  }

  /** Event time is this far when so many records are through: a little behind the last one. */
  private Instant time(int records) {
    return first.plus(STEP.multipliedBy(records)).minus(BEHIND);
  }

  /** Takes away what earlier rounds wrote. */
  private static void empty(String kafka, Admin admin) throws Exception {
    try (Offsets events = new Offsets(kafka, Topic.EVENTS.topicName())) {
      admin.deleteRecords(events.everything()).all().get();
    }
  }

  private Child start(
      String classPath, String mainClass, Map<String, String> environment, String... arguments)
      throws Exception {
    round++;
    Path own = Files.createDirectories(folder.resolve("round-" + round));
    return Child.start(own, classPath, mainClass, HEAP_MEGABYTES, environment, arguments);
  }

  /** Waits for something. */
  private interface Mark {
    void await() throws Exception;
  }

  private Sample sample(String kafka, Child child, Mark warm, Mark done) throws Exception {
    child.await("READY", LIMIT);
    Thread.sleep(SETTLE.toMillis());
    Traffic traffic = new Traffic(COMMUNITIES, first, STEP, "bench");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "linger.ms", "20", "transactional.id", "bench"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      write(producer, traffic, 0, WARM_UP);
      producer.commitTransaction();
      warm.await();
      producer.beginTransaction();
      write(producer, traffic, WARM_UP, WARM_UP + RECORDS);
      producer.flush();
      Duration cpuBefore = child.cpu();
      long start = System.nanoTime();
      producer.commitTransaction();
      done.await();
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuMicros = child.cpu().minus(cpuBefore).toNanos() / 1e3;
      return new Sample(RECORDS / seconds, cpuMicros / RECORDS);
    }
  }

  private static void write(
      KafkaProducer<byte[], byte[]> producer, Traffic traffic, int from, int to) {
    for (int i = from; i < to; i++) {
      DeviceEvent event = traffic.event(i);
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(
                  Topic.EVENTS.topicName(),
                  // Evenly, so that no partition is ahead of the others.
                  i % PARTITIONS,
                  event.community().getBytes(StandardCharsets.UTF_8),
                  FactCodec.encode(event)));
    }
  }
}
