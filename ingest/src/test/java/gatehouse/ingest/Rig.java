package gatehouse.ingest;

import gatehouse.event.Direction;
import gatehouse.service.kafka.KafkaBroker;
import gatehouse.service.mqtt.Credentials;
import gatehouse.service.mqtt.MqttBroker;
import gatehouse.service.mqtt.Role;
import gatehouse.site.Device;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real MQTT broker and a real Kafka with the topics in it. Tests keep to their own community. */
final class Rig implements AutoCloseable {

  static final String PASSWORD = "kingfisher-over-water-7";

  /** The limits a deployment has by default. */
  static final Limits USUAL = limits(50);

  /** Limits that no test reaches by speed. */
  static final Limits FAST = limits(1_000_000);

  private static final int PARTITIONS = 4;
  private static final List<Rig> SHARED = new ArrayList<>();

  private final Path dir;
  private final Path credentials;
  private final Path passwordFile;
  private MqttBroker mqtt;
  private KafkaBroker kafka;

  private Rig(Path dir) throws IOException {
    this.dir = dir;
    this.credentials = dir.resolve("credentials.csv");
    this.passwordFile = Files.writeString(dir.resolve("ingest.password"), PASSWORD);
  }

  static Limits limits(int ratePerSecond) {
    return Limits.of(true, Duration.ofMinutes(2), Duration.ofDays(7), ratePerSecond);
  }

  /** A rig of one's own. */
  static Rig start() throws Exception {
    Rig rig = new Rig(Files.createTempDirectory("gatehouse-ingest"));
    new Credentials().add("ingest", Role.INGEST, "*", PASSWORD).write(rig.credentials);
    rig.mqtt = MqttBroker.start(rig.dir.resolve("mqtt"), 0, rig.credentials);
    rig.startKafka();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", rig.bootstrap()))) {
      admin
          .createTopics(
              Arrays.stream(Topic.values())
                  .map(topic -> new NewTopic(topic.topicName(), PARTITIONS, (short) 1))
                  .toList())
          .all()
          .get();
    }
    return rig;
  }

  /** The one that all tests of this JVM share. */
  static synchronized Rig shared() throws Exception {
    if (SHARED.isEmpty()) {
      Rig rig = start();
      SHARED.add(rig);
      Runtime.getRuntime().addShutdownHook(new Thread(rig::closeQuietly));
    }
    return SHARED.get(0);
  }

  void startKafka() throws IOException {
    kafka = KafkaBroker.start(dir.resolve("kafka"), 0);
  }

  void stopKafka() {
    kafka.close();
  }

  String bootstrap() {
    return kafka.bootstrapServers();
  }

  int mqttPort() {
    return mqtt.port();
  }

  Path passwordFile() {
    return passwordFile;
  }

  /** A client that may publish for every device of the community. */
  Gateway gateway(String community) throws Exception {
    Credentials.addTo(credentials, "gateway-" + community, Role.GATEWAY, community, PASSWORD);
    return Gateway.connect(mqtt.url(), "gateway-" + community, community);
  }

  /** Registers access terminals at the place "gate", with no side of their own. */
  void register(String community, String... devices) throws Exception {
    for (String device : devices) {
      register(
          new Device(
              device,
              community,
              Instant.EPOCH,
              "gate",
              "access-terminal",
              Direction.UNKNOWN,
              device,
              true));
    }
  }

  void register(Device device) throws InterruptedException, ExecutionException {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topic.FACTS.topicName(),
                  "device/" + device.community() + '/' + device.id(),
                  FactCodec.encode(device)))
          .get();
    }
  }

  IngestConfig config(Limits limits, String mqttUrl) {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("GATEHOUSE_MQTT_URL", mqttUrl);
    environment.put("GATEHOUSE_INGEST_RATE_PER_SECOND", "" + (int) limits.ratePerSecond());
    return gatehouse.config.ConfigLoader.load(IngestConfig.class, environment);
  }

  /** The environment of an intake in its own process. */
  Map<String, String> environment() {
    return Map.of(
        "GATEHOUSE_KAFKA_BOOTSTRAP", bootstrap(),
        "GATEHOUSE_MQTT_URL", mqtt.url(),
        "GATEHOUSE_MQTT_PASSWORD_FILE", passwordFile.toString(),
        "GATEHOUSE_INGEST_METRICS_PORT", "0");
  }

  Ingest ingest(Limits limits) throws IOException {
    return ingest(limits, mqtt.url(), Patience.USUAL);
  }

  /** An intake that takes messages. */
  Ingest ingest(Limits limits, String mqttUrl, Patience patience) throws IOException {
    Ingest ingest = Ingest.start(config(limits, mqttUrl), limits, InstantSource.system(), patience);
    Waiting.until(ingest::isReady, () -> "not ready: " + ingest.obstacles());
    return ingest;
  }

  /** All records of a topic that are of the community, in order of partition and offset. */
  List<ConsumerRecord<String, byte[]>> records(Topic topic, String community) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap(), "fetch.max.wait.ms", "20"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      while (!ends.isEmpty()) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      }
    }
    records.removeIf(record -> !community.equals(record.key()));
    return records;
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    mqtt.close();
    kafka.close();
    try (var files = Files.walk(dir)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
