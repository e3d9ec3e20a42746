package gatehouse.api.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.fact.Fact;
import gatehouse.registry.Lockdown;
import gatehouse.registry.RemoteOpenRequest;
import gatehouse.registry.RemoteOpenRequest.Answer;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the models hear of remote opening and lockdowns. */
class DoorFactsTest {

  private final String community = "facts-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void requestsAndTheirAnswersAndLockdownsBecomeFacts() {
    String door = TestSite.door(community, "door");
    Client resident = Client.of(TestSite.account("RESIDENT", community, door));
    Client property = Client.of(TestSite.account("PROPERTY", community));
    assertThat(open(resident, door)).isEqualTo(202);
    String lockdown = "/api/v1/lockdowns/door/" + community + ":" + door;
    assertThat(property.put(lockdown, "{\"reason\":\"drill\"}").status()).isEqualTo(204);
    assertThat(open(resident, door)).isEqualTo(423);
    assertThat(property.delete(lockdown).status()).isEqualTo(204);

    await().until(() -> facts().values().stream().filter(one -> one != null).count() == 4);
    List<RemoteOpenRequest> requests =
        facts().values().stream()
            .filter(RemoteOpenRequest.class::isInstance)
            .map(RemoteOpenRequest.class::cast)
            .toList();
    assertThat(requests)
        .extracting(RemoteOpenRequest::answer)
        .containsExactlyInAnyOrder(Answer.AUTHORISED, Answer.LOCKDOWN);
    assertThat(requests).extracting(RemoteOpenRequest::place).containsOnly("place-" + door);
    List<Lockdown> lockdowns =
        facts().values().stream()
            .filter(Lockdown.class::isInstance)
            .map(Lockdown.class::cast)
            .toList();
    assertThat(lockdowns).extracting(Lockdown::lockdown).hasSize(2);
    assertThat(lockdowns).extracting(one -> one.entry().validTo() == null).contains(true, false);

    DoorFacts publishing = Platform.get().api().getBean(DoorFacts.class);
    assertThat(publishing.publish(Instant.now())).isZero();
    while (publishing.withdraw(Instant.now().plus(Duration.ofDays(4))) > 0) {
      // as many as other tests have left
    }
    assertThat(facts().entrySet())
        .filteredOn(one -> one.getKey().contains("remote-open-request"))
        .hasSize(2)
        .allMatch(one -> one.getValue() == null);
    assertThat(facts().values()).filteredOn(Lockdown.class::isInstance).hasSize(2);
  }

  private static int open(Client client, String door) {
    return client
        .post(
            "/api/v1/doors/" + door + "/open",
            "{}",
            "Idempotency-Key",
            UUID.randomUUID().toString())
        .status();
  }

  /** The newest value of each key of the community. */
  private Map<String, @Nullable Fact> facts() {
    Map<String, @Nullable Fact> facts = new LinkedHashMap<>();
    Properties properties = new Properties();
    properties.put("bootstrap.servers", Platform.get().kafkaServers());
    properties.put("group.id", UUID.randomUUID().toString());
    properties.put("auto.offset.reset", "earliest");
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    try (KafkaConsumer<byte @Nullable [], byte @Nullable []> kafka =
        new KafkaConsumer<>(properties)) {
      var partitions =
          kafka.partitionsFor(Topic.FACTS.topicName()).stream()
              .map(one -> new org.apache.kafka.common.TopicPartition(one.topic(), one.partition()))
              .toList();
      kafka.assign(partitions);
      kafka.seekToBeginning(partitions);
      var ends = kafka.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> kafka.position(one) < ends.get(one))) {
        kafka
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  byte[] key = record.key();
                  if (key != null
                      && new String(key, StandardCharsets.UTF_8).contains("|" + community + "|")) {
                    facts.put(new String(key, StandardCharsets.UTF_8), decode(record.value()));
                  }
                });
      }
    }
    return facts;
  }

  private static @Nullable Fact decode(byte @Nullable [] value) {
    try {
      return value == null ? null : FactCodec.decode(value);
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }
}
