package gatehouse.replay;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Attention;
import gatehouse.alert.Coverage;
import gatehouse.alert.Evidence;
import gatehouse.alert.Explanation;
import gatehouse.alert.Severity;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.service.kafka.KafkaBroker;
import gatehouse.service.mqtt.Credentials;
import gatehouse.service.mqtt.MqttBroker;
import gatehouse.service.mqtt.Role;
import gatehouse.site.Device;
import gatehouse.site.Place;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.DeviceMessage;
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
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * A real broker and a real Kafka, with a few lines between them in the place of intake and job:
 * they let messages overtake each other as badly as they can, deliver some twice, and alert on
 * every denial.
 */
final class StandInPipeline implements Pipeline, MqttCallback {

  private final ReplayPlan plan;
  private final MqttBroker mqtt;
  private final KafkaBroker kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final MqttAsyncClient intake;
  private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
  private final Random random = new Random(11);
  private final List<DeviceEvent> held = new ArrayList<>();
  private final Set<String> devices = new HashSet<>();
  private Instant newest = Instant.EPOCH;
  private int late;

  StandInPipeline(Path dir, ReplayPlan plan) throws Exception {
    this.plan = plan;
    Path credentials = dir.resolve("credentials.csv");
    new Credentials()
        .add("ingest", Role.INGEST, "*", "ingest-secret")
        .add("replay-gateway", Role.GATEWAY, ReplayPlan.COMMUNITY, "gateway-secret")
        .write(credentials);
    this.mqtt = MqttBroker.start(dir.resolve("mqtt"), 0, credentials);
    this.kafka = KafkaBroker.start(dir.resolve("kafka"), 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(
              Arrays.stream(Topic.values())
                  .map(topic -> new NewTopic(topic.topicName(), 1, (short) 1))
                  .toList())
          .all()
          .get();
    }
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.intake = new MqttAsyncClient(mqtt.url(), "ingest-1", new MemoryPersistence());
    intake.setCallback(this);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName("ingest");
    options.setPassword("ingest-secret".getBytes(StandardCharsets.UTF_8));
    intake.connect(options).waitForCompletion(10_000);
    intake.subscribe("$share/ingest/gatehouse/v1/+/+/event", 1).waitForCompletion(10_000);
    ScheduledFuture<?> unused =
        worker.scheduleWithFixedDelay(this::letGo, 20, 20, TimeUnit.MILLISECONDS);
  }

  /** How many events came behind the watermark. */
  synchronized int late() {
    return late;
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    String[] parts = topic.split("/", -1);
    try {
      DeviceEvent event = DeviceMessage.decode(message.getPayload()).event();
      Origin origin = event.origin();
      synchronized (this) {
        held.add(
            event.withOrigin(
                new Origin(
                    origin.id(),
                    parts[2],
                    parts[3],
                    Place.of(""),
                    origin.time(),
                    Instant.now(),
                    origin.boot(),
                    origin.seq(),
                    false,
                    ClockQuality.UNKNOWN)));
      }
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that is held comes out, in any order, some of it twice. */
  private synchronized void letGo() {
    learnDevices();
    Collections.shuffle(held, random);
    for (DeviceEvent event : held) {
      if (devices.contains(event.device())) {
        publish(event);
        if (random.nextInt(20) == 0) {
          send(Topic.EVENTS, FactCodec.encode(event));
        }
      } else {
        DeadLetter letter =
            new DeadLetter(
                "ingest",
                "UNKNOWN_DEVICE",
                "",
                event.community(),
                event.device(),
                "",
                Instant.now(),
                Base64.getEncoder().encodeToString(DeviceMessage.encode(event)));
        send(Topic.DEAD_LETTERS, RecordCodec.of(DeadLetter.class).encode(letter));
      }
    }
    held.clear();
    Instant watermark = newest.minus(plan.watermarkBound()).minusMillis(1);
    send(
        Topic.PROGRESS,
        RecordCodec.of(Progress.class).encode(new Progress("job", 0, 1, watermark, Instant.now())));
  }

  private void publish(DeviceEvent event) {
    if (event.time().isBefore(newest.minus(plan.disorder()))) {
      late++;
    }
    newest = newest.isBefore(event.time()) ? event.time() : newest;
    if (event instanceof AccessEvent access && !access.passed()) {
      send(Topic.ALERTS, RecordCodec.of(Alert.class).encode(alert(access)));
    }
    send(Topic.EVENTS, FactCodec.encode(event));
  }

  private static Alert alert(AccessEvent event) {
    return new Alert(
        UUID.nameUUIDFromBytes(event.id().getBytes(StandardCharsets.UTF_8)).toString(),
        1,
        AlertState.CLOSED,
        "stand-in",
        1,
        event.community(),
        "3-Server-room",
        "denied",
        List.of(),
        Severity.P3,
        Set.of(),
        event.time(),
        event.time(),
        event.time(),
        event.time(),
        new Explanation("stand-in.denied", Map.of()),
        null,
        "",
        List.of(Evidence.of(event, "denied")),
        1,
        1,
        Coverage.NOT_NEEDED,
        ClockQuality.UNKNOWN,
        Map.of(),
        Attention.NOTIFY);
  }

  /** Until the last of them is known: they are published one after the other. */
  private void learnDevices() {
    if (devices.contains(ReplayPlan.CLOCK)) {
      return;
    }
    try (KafkaConsumer<byte[], byte[]> facts =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topic.FACTS.topicName(), 0);
      facts.assign(List.of(partition));
      facts.seekToBeginning(List.of(partition));
      long end = facts.endOffsets(List.of(partition)).get(partition);
      while (facts.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> read : facts.poll(Duration.ofMillis(300))) {
          if (FactCodec.decode(read.value()) instanceof Device device) {
            devices.add(device.id());
          }
        }
      }
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(Topic topic, byte[] value) {
    Future<?> unused = producer.send(new ProducerRecord<>(topic.topicName(), value));
  }

  @Override
  public String mqttUrl() {
    return mqtt.url();
  }

  @Override
  public String username() {
    return "replay-gateway";
  }

  @Override
  public String password() {
    return "gateway-secret";
  }

  @Override
  public String kafkaBootstrap() {
    return kafka.bootstrapServers();
  }

  @Override
  public void close() throws IOException {
    worker.shutdownNow();
    try {
      intake.disconnect().waitForCompletion(10_000);
      intake.close();
    } catch (MqttException e) {
      throw new IOException(e);
    }
    producer.close();
    mqtt.close();
    kafka.close();
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {}

  @Override
  public void mqttErrorOccurred(MqttException exception) {}

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String server) {}

  @Override
  public void authPacketArrived(int reason, MqttProperties properties) {}
}
