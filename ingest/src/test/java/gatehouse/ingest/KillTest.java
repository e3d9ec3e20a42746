package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The intake is killed in the middle of a stream. */
class KillTest {

  private static final long SEED = 20261124;
  private static final int KILLS = 12;
  private static final int LONGEST_MILLIS = 500;

  private final Path dir;

  KillTest(@TempDir Path dir) {
    this.dir = dir;
  }

  /** trust.md F5: again and again, with thousands of messages waiting. */
  @Test
  void losesNothingThatWasAcknowledgedHoweverOftenItIsKilled() throws Exception {
    String community = "killed";
    Rig rig = Rig.shared();
    rig.register(community, Stream.DOORS);
    Random random = new Random(SEED);
    try (Gateway gateway = rig.gateway(community)) {
      subscribeOnce(rig);
      int sent;
      try (Stream stream = Stream.start(gateway, community)) {
        for (int kill = 0; kill < KILLS; kill++) {
          try (IngestProcess ingest = start(rig, "kill-" + kill, Map.of())) {
            ingest.awaitReady();
            Thread.sleep(random.nextInt(LONGEST_MILLIS), random.nextInt(999_999));
            ingest.kill();
          }
        }
        sent = stream.end();
      }
      assertThat(gateway.acknowledged()).hasSize(sent).hasSizeGreaterThan(5_000);

      try (IngestProcess last = start(rig, "last", Map.of())) {
        awaitAll(rig, community, gateway, last);
        last.stop();
      }
    }
  }

  /** trust.md F6: two share the subscription, one is killed and stays away. */
  @Test
  void losesNothingWhenOneOfTwoIsKilledAndKeepsTheOrderNearly() throws Exception {
    String community = "shared";
    Rig rig = Rig.shared();
    rig.register(community, Stream.DOORS);
    try (Gateway gateway = rig.gateway(community);
        IngestProcess killed = start(rig, "a", Map.of("GATEHOUSE_INGEST_INSTANCE", "a"));
        IngestProcess other = start(rig, "b", Map.of("GATEHOUSE_INGEST_INSTANCE", "b"))) {
      killed.awaitReady();
      other.awaitReady();
      int sent;
      try (Stream stream = Stream.start(gateway, community)) {
        Waiting.until(
            () -> OutageTest.ids(rig, community).size() > 1_000, () -> "they take nothing");
        killed.kill();
        Thread.sleep(1_000);
        sent = stream.end();
      }
      assertThat(gateway.acknowledged()).hasSize(sent).hasSizeGreaterThan(1_500);

      awaitAll(rig, community, gateway, other);
      other.stop();
      assertThat(mostOvertaken(rig, community)).isLessThanOrEqualTo(2 * 2 * MqttSubscriber.WINDOW);
    }
  }

  /** The broker keeps messages for a subscription that has been there. */
  private void subscribeOnce(Rig rig) throws Exception {
    try (IngestProcess first = start(rig, "first", Map.of())) {
      first.awaitReady();
      first.stop();
    }
  }

  private IngestProcess start(Rig rig, String name, Map<String, String> other) throws Exception {
    return IngestProcess.start(rig, dir.resolve(name + ".log"), other);
  }

  private static void awaitAll(Rig rig, String community, Gateway gateway, IngestProcess by) {
    Waiting.until(
        () -> lost(rig, community, gateway).isEmpty(),
        () -> "lost " + lost(rig, community, gateway).size() + ": " + by.text());
  }

  /** What is acknowledged and not in Kafka. */
  private static Set<String> lost(Rig rig, String community, Gateway gateway) {
    Set<String> missing = new HashSet<>(gateway.acknowledged());
    missing.removeAll(OutageTest.ids(rig, community));
    return missing;
  }

  /** By how many that were sent later a message was overtaken, at most. */
  private static int mostOvertaken(Rig rig, String community) {
    List<Integer> numbers = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : rig.records(Topic.EVENTS, community)) {
      byte[] id = record.headers().lastHeader("ce_id").value();
      numbers.add(Integer.parseInt(new String(id, StandardCharsets.UTF_8).substring(2)));
    }
    Set<Integer> seen = new HashSet<>();
    int most = 0;
    for (int number : numbers) {
      if (seen.add(number)) {
        most = Math.max(most, (int) seen.stream().filter(one -> one > number).count());
      }
    }
    return most;
  }
}
