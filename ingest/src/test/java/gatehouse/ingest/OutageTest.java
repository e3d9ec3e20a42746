package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is around the intake goes away and comes back; nothing is lost. */
class OutageTest {

  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = Rig.start();
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  /** trust.md F7: many more messages than the windows hold, while Kafka is away. */
  @Test
  void holdsBackWhileKafkaIsAwayAndLosesNothing() throws Exception {
    String community = "kafka-away";
    rig.register(community, "door");
    int sent = 2 * MqttSubscriber.WINDOW + 1_000;
    try (Gateway gateway = rig.gateway(community);
        Ingest ingest = rig.ingest(Rig.FAST)) {
      gateway.publish("door", Messages.valid(community, "door", "before", 0));
      Waiting.untilSettled(ingest, 1);
      rig.stopKafka();
      for (int i = 1; i < sent; i++) {
        gateway.publish("door", Messages.valid(community, "door", "away-" + i, i));
      }
      gateway.flush();
      Waiting.until(() -> !ingest.isReady(), () -> "still ready without Kafka");
      Waiting.until(
          () -> ingest.balance().inFlight() > 0, () -> "nothing is held: " + ingest.balance());
      assertThat(ingest.balance().published()).isEqualTo(1);
      assertThat(ingest.balance().inFlight()).isLessThanOrEqualTo(2 * MqttSubscriber.WINDOW);
      assertThat(ingest.obstacles()).contains("Kafka does not answer");

      rig.startKafka();
      Waiting.untilSettled(ingest, sent);
      Waiting.until(ingest::isReady, () -> "not ready again: " + ingest.obstacles());
      assertThat(ids(community)).hasSize(sent);
      assertThat(ingest.balance().difference()).isZero();
      assertThat(ingest.balance().rejected()).isZero();
    }
  }

  /** trust.md F8: more than 10,000 wait in the broker when the intake comes back. */
  @Test
  void drainsWhatWaitedInTheBroker() throws Exception {
    String community = "backlog";
    long devices = 24;
    long each = 500;
    for (long device = 0; device < devices; device++) {
      rig.register(community, "door-" + device);
    }
    rig.ingest(Rig.FAST).close();
    try (Gateway gateway = rig.gateway(community)) {
      for (long i = 0; i < devices * each; i++) {
        String device = "door-" + i % devices;
        gateway.publish(
            device, Messages.valid(community, device, "waited-" + i, i / devices), "" + i, "");
      }
      gateway.flush();
      assertThat(gateway.acknowledged()).hasSize((int) (devices * each));
    }
    try (Ingest ingest = rig.ingest(Rig.FAST)) {
      Waiting.untilSettled(ingest, devices * each);
      assertThat(ingest.balance().difference()).isZero();
      assertThat(ids(community)).hasSize((int) (devices * each));
    }
  }

  /** trust.md F8: the connection looks fine, and nothing comes any more. */
  @Test
  void leavesAConnectionThatHasGoneSilent() throws Exception {
    String community = "silent";
    rig.register(community, "door");
    Patience little =
        new Patience(
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15));
    try (Wire wire = Wire.to(rig.mqttPort());
        Gateway gateway = rig.gateway(community);
        Ingest ingest = rig.ingest(Rig.FAST, "tcp://127.0.0.1:" + wire.port(), little)) {
      gateway.publish("door", Messages.valid(community, "door", "heard", 0));
      Waiting.untilSettled(ingest, 1);
      int connections = wire.connections();
      wire.cut();
      for (int i = 1; i <= 100; i++) {
        gateway.publish("door", Messages.valid(community, "door", "unheard-" + i, i));
      }
      gateway.flush();
      Waiting.until(
          () -> ids(community).size() == 101,
          () -> "the silent connections were kept: " + ingest.balance());
      assertThat(wire.connections()).isGreaterThan(connections);
      Waiting.until(() -> ingest.balance().inFlight() == 0, () -> "not settled");
      assertThat(ingest.balance().difference()).isZero();
    }
  }

  /** A device may speak a moment before the registry's word of it arrives. */
  @Test
  void looksTwiceBeforeItCallsADeviceUnknown() throws Exception {
    String community = "brand-new";
    try (Gateway gateway = rig.gateway(community);
        Ingest ingest = rig.ingest(Rig.FAST)) {
      for (int i = 0; i < 20; i++) {
        String device = "door-" + i;
        byte[] message = Messages.valid(community, device, "new-" + i, 0);
        rig.register(community, device);
        gateway.publish(device, message);
      }
      Waiting.untilSettled(ingest, 20);
      assertThat(ingest.balance().published()).isEqualTo(20);
    }
  }

  static Set<String> ids(Rig rig, String community) {
    Set<String> ids = new HashSet<>();
    for (ConsumerRecord<String, byte[]> record : rig.records(Topic.EVENTS, community)) {
      ids.add(new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8));
    }
    return ids;
  }

  private static Set<String> ids(String community) {
    return ids(rig, community);
  }
}
