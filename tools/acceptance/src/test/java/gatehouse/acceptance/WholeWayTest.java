package gatehouse.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.launcher.Service;
import gatehouse.launcher.Stack;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.process.ServiceStatus;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.wire.DeviceMessage;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * From a stock MQTT client to the API, through every service as {@code ./gatehouse up} starts it,
 * and again after each of them was killed.
 */
@ExtendWith(City.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeWayTest {

  private static final String COMMUNITY = "acceptance";
  private static final String TERMINAL = "terminal-1";
  private static final String OTHER = "terminal-2";

  private final Stack stack;
  private final String silence = UUID.randomUUID().toString();
  @TempDir Path folder;

  WholeWayTest(Stack stack) {
    this.stack = stack;
  }

  @BeforeAll
  void registerTheTerminals() throws Exception {
    stack.secrets().provisionDevices(List.of(COMMUNITY + "/" + TERMINAL, COMMUNITY + "/" + OTHER));
    Instant now = Instant.now();
    publish(new Community(COMMUNITY, now, "验收小区", "", "", "Asia/Shanghai", null));
    publish(new PlaceEntry(COMMUNITY, now, now, Place.of("north-door")));
    for (String device : List.of(TERMINAL, OTHER)) {
      publish(
          new Device(
              device, COMMUNITY, now, "north-door", "access-terminal", Direction.IN, device, true));
    }
    silenceTheDoor();
  }

  private void silenceTheDoor() throws Exception {
    String wish =
        "{\"community\":\"%s\",\"place\":\"north-door\",\"reason\":\"acceptance\",\"ends\":\"%s\"}";
    HttpResponse<String> answer =
        ApiClient.of(stack, "police")
            .put(
                "/silences/" + silence,
                wish.formatted(COMMUNITY, Instant.now().plus(Duration.ofDays(1))));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private void publish(Fact fact) throws Exception {
    try (KafkaProducer<String, byte[]> kafka =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.kafkaBootstrap()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      String key = WireName.of(fact.getClass()) + "/" + fact.community() + "/" + fact.id();
      kafka
          .send(new ProducerRecord<>(Topic.FACTS.topicName(), key, FactCodec.encode(fact)))
          .get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aDuressUseReachesThePolice() throws Exception {
    ApiClient police = ApiClient.of(stack, "police");
    String event = UUID.randomUUID().toString();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(publish(TERMINAL, TERMINAL, duress(event))).isZero();
              assertThat(alertsWith(police, event)).isNotEmpty();
            });
    assertThat(alertsWith(police, event)).as("one alert however often it was sent").hasSize(1);
  }

  @Test
  void anotherDevicesTopicIsRefused() throws Exception {
    ApiClient police = ApiClient.of(stack, "police");
    String event = UUID.randomUUID().toString();
    publish(TERMINAL, OTHER, duress(event));
    // What is sent properly after it has gone the whole way; so would have what was refused.
    String marker = UUID.randomUUID().toString();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(publish(TERMINAL, TERMINAL, duress(marker))).isZero();
              assertThat(alertsWith(police, marker)).isNotEmpty();
            });
    assertThat(alertsWith(police, event)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Service.class,
      names = {"INGEST", "FLINK", "API", "MQTT", "KAFKA", "DATABASE"})
  void aKilledServiceComesBackAndAnAlertStillArrives(Service service) throws Exception {
    ServiceStatus before = status(service);
    ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
    String event = UUID.randomUUID().toString();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              assertThat(publish(TERMINAL, TERMINAL, duress(event))).isZero();
              assertThat(alertsWith(ApiClient.of(stack, "police"), event)).hasSize(1);
            });
    assertThat(status(service).restarts()).isGreaterThan(before.restarts());
    ApiClient police = ApiClient.of(stack, "police");
    assertThat(police.json("/silences?community=" + COMMUNITY).findValuesAsString("id"))
        .as("what people decided is still there")
        .containsExactly(silence);
    assertThat(alertsWith(police, event).get(0).path("telling").path("outcome").asString())
        .as("and danger passes it")
        .isEqualTo("TOLD");
  }

  private ServiceStatus status(Service service) {
    return stack.status().stream()
        .filter(status -> status.name().equals(service.word()))
        .findFirst()
        .orElseThrow();
  }

  private int publish(String credential, String topic, AccessEvent event) throws Exception {
    String username = COMMUNITY + "/" + credential;
    Path message = folder.resolve("message.json");
    Files.write(message, DeviceMessage.encode(event));
    Process client =
        new ProcessBuilder(
                "mosquitto_pub",
                "-V",
                "5",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(stack.ports().of(Endpoint.MQTT)),
                "-i",
                COMMUNITY + ":" + credential,
                "-u",
                username,
                "-P",
                password(username),
                "-q",
                "1",
                "-t",
                "gatehouse/v1/" + COMMUNITY + "/" + topic + "/event",
                "-f",
                message.toString())
            .redirectErrorStream(true)
            .start();
    client.getInputStream().readAllBytes();
    return client.waitFor();
  }

  private String password(String username) throws Exception {
    return Files.readAllLines(stack.secrets().devicePasswords(), StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith(username + ","))
        .findFirst()
        .orElseThrow()
        .substring(username.length() + 1);
  }

  private static List<JsonNode> alertsWith(ApiClient client, String event) throws Exception {
    return client
        .json("/alerts?model=duress&community=" + COMMUNITY + "&limit=100")
        .path("items")
        .valueStream()
        .filter(alert -> alert.toString().contains("card-" + event))
        .toList();
  }

  private static AccessEvent duress(String id) {
    Instant now = Instant.now();
    return new AccessEvent(
        new Origin(
            id, COMMUNITY, TERMINAL, Place.of(""), now, now, id, 1, false, ClockQuality.UNKNOWN),
        "card-" + id,
        CredentialType.PIN,
        "resident",
        null,
        null,
        Direction.IN,
        Outcome.GRANTED,
        DenialReason.NONE,
        true,
        null);
  }
}
