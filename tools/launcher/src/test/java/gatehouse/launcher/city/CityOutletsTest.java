package gatehouse.launcher.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.labelled.CitySettings;
import gatehouse.labelled.CityStream;
import gatehouse.labelled.LabelledCity;
import gatehouse.labelled.scenario.Label;
import gatehouse.launcher.Service;
import gatehouse.launcher.Stack;
import gatehouse.launcher.StackOptions;
import gatehouse.launcher.data.Secrets;
import gatehouse.site.Device;
import gatehouse.wire.DeviceMessage;
import gatehouse.wire.FactCodec;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A small labelled city in a file, and in real brokers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CityOutletsTest {

  private static final CitySettings SETTINGS =
      new CitySettings(5, 5, LocalDate.parse("2026-03-02"), 2, 1, 8, 3);
  private static final int REPORTED = 40;

  @TempDir private static Path folder;
  private final List<Fact> told = new ArrayList<>();
  private List<Label> labels = List.of();
  private Stack stack;

  @BeforeAll
  void begin() throws Exception {
    labels = new CityStream(new LabelledCity(SETTINGS)).play((fact, at) -> told.add(fact));
    stack =
        Stack.start(
            StackOptions.isolated(folder.resolve("data"))
                .withServices(EnumSet.of(Service.MQTT, Service.KAFKA))
                .withPartitions(1));
  }

  @AfterAll
  void end() throws IOException {
    stack.close();
  }

  @Test
  void aFileHoldsExactlyWhatTheGeneratorDrewInTheOrderOfArrival() throws Exception {
    Path file = folder.resolve("city.jsonl");
    try (CityOutlet outlet = new CityFile(file)) {
      tell(told, outlet);
      assertThat(outlet.received()).singleElement().asString().contains(file.toString());
    }
    List<Fact> read = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      read.add(FactCodec.decode(line.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(read).isEqualTo(told);
    assertThat(byNumber(read)).isEqualTo(byNumber(drawn()));
    assertThat(events(read)).isSortedAccordingTo((a, b) -> arrival(a).compareTo(arrival(b)));
  }

  @Test
  void theLabelsLieBesideIt() throws Exception {
    Path file = CityFile.labelsBeside(folder.resolve("some.city.jsonl"));
    assertThat(file).isEqualTo(folder.resolve("some.city.labels.jsonl"));
    CityFile.writeLabels(labels, file);
    List<Label> read = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      read.add(RecordCodec.of(Label.class).decode(line.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(read).isNotEmpty().isEqualTo(labels);
  }

  @Test
  void kafkaHoldsEventsByCommunityAndFactsByKindAndId() throws Exception {
    try (CityOutlet outlet = new CityTopics(stack.kafkaBootstrap())) {
      tell(told, outlet);
      assertThat(String.join("\n", outlet.received()))
          .contains(String.format("%,d events", events(told).size()));
    }
    List<Fact> events = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records(Topic.EVENTS, events(told).size())) {
      Fact event = FactCodec.decode(record.value());
      assertThat(record.key()).isEqualTo(event.community());
      events.add(event);
    }
    assertThat(events).isEqualTo(events(told));
    List<Fact> facts = told.stream().filter(fact -> !(fact instanceof DeviceEvent)).toList();
    assertThat(records(Topic.FACTS, facts.size()))
        .extracting(ConsumerRecord::key)
        .isEqualTo(
            facts.stream()
                .map(f -> WireName.of(f.getClass()) + "|" + f.community() + "|" + f.id())
                .toList());
  }

  @Test
  void kafkaThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new CityTopics("127.0.0.1:1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:1 does not answer");
  }

  @Test
  void devicesReportWithTheirOwnCredentialsOverFewConnections() throws Exception {
    Secrets secrets = stack.secrets();
    secrets.provisionDevices(
        told.stream()
            .filter(Device.class::isInstance)
            .map(fact -> fact.community() + "/" + fact.id())
            .toList());
    Map<String, String> passwords = new HashMap<>();
    for (String line : Files.readAllLines(secrets.devicePasswords())) {
      passwords.put(line.split(",", 2)[0], line.split(",", 2)[1]);
    }
    List<Fact> some = events(told).subList(0, REPORTED);
    List<Fact> devices = told.stream().filter(Device.class::isInstance).limit(10).toList();
    BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
    MqttAsyncClient intake = intake(heard);
    CityDevices.Broker broker = new CityDevices.Broker(stack.mqttUrl(), passwords, 15);
    try (CityDevices outlet = new CityDevices(broker, null)) {
      tell(devices, outlet);
      tell(some, outlet);
      assertThat(String.join("\n", outlet.received()))
          .contains(REPORTED + " events acknowledged")
          .contains("10 registry and site facts not published");
      assertThat(outlet.acknowledged()).isEqualTo(REPORTED);
    }
    List<String> ids = new ArrayList<>();
    while (ids.size() < REPORTED) {
      byte[] message = heard.poll(10, TimeUnit.SECONDS);
      assertThat(message).as("after %d messages", ids.size()).isNotNull();
      ids.add(DeviceMessage.decode(message).event().id());
    }
    assertThat(ids).containsExactlyInAnyOrderElementsOf(some.stream().map(Fact::id).toList());
    intake.disconnect().waitForCompletion(5_000);
    intake.close();
  }

  @Test
  void aDeviceWithoutPasswordIsNamed() throws Exception {
    CityDevices.Broker broker = new CityDevices.Broker(stack.mqttUrl(), Map.of(), 5);
    DeviceEvent event = (DeviceEvent) events(told).get(0);
    try (CityDevices outlet = new CityDevices(broker, null)) {
      assertThatThrownBy(() -> outlet.take(event))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no password for the device " + event.community() + "/");
    }
  }

  private MqttAsyncClient intake(BlockingQueue<byte[]> heard) throws Exception {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(Secrets.INGEST_USER);
    options.setPassword(
        Files.readString(stack.secrets().mqttPassword(Secrets.INGEST_USER))
            .strip()
            .getBytes(StandardCharsets.UTF_8));
    MqttAsyncClient client =
        new MqttAsyncClient(stack.mqttUrl(), "ingest-test", new MemoryPersistence());
    client.connect(options).waitForCompletion(10_000);
    client.setCallback(new Hearing(heard));
    client.subscribe("$share/ingest/gatehouse/v1/+/+/event", 1).waitForCompletion(10_000);
    return client;
  }

  private record Hearing(BlockingQueue<byte[]> heard) implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      heard.add(message.getPayload());
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

  private List<ConsumerRecord<String, byte[]>> records(Topic topic, int number) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", stack.kafkaBootstrap()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partition = List.of(new TopicPartition(topic.topicName(), 0));
      consumer.assign(partition);
      consumer.seekToBeginning(partition);
      long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (records.size() < number && System.nanoTime() < limit) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    assertThat(records).hasSize(number);
    return records;
  }

  private static void tell(List<Fact> facts, CityOutlet outlet) throws Exception {
    for (Fact fact : facts) {
      outlet.take(fact);
    }
  }

  /** The city, district by district, without the stream. */
  private static List<Fact> drawn() {
    List<Fact> facts = new ArrayList<>();
    LabelledCity city = new LabelledCity(SETTINGS);
    for (int district = 0; district < city.districts(); district++) {
      city.district(
          district,
          facts::addAll,
          day -> {
            facts.addAll(day.facts());
            day.deliveries().forEach(delivery -> facts.add(delivery.event()));
          });
    }
    return facts;
  }

  private static Map<Fact, Long> byNumber(List<Fact> facts) {
    return facts.stream().collect(Collectors.groupingBy(fact -> fact, Collectors.counting()));
  }

  private static List<Fact> events(List<Fact> facts) {
    return facts.stream().filter(DeviceEvent.class::isInstance).toList();
  }

  private static Instant arrival(Fact event) {
    return ((DeviceEvent) event).origin().receivedAt();
  }
}
