package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole bad-input corpus of trust.md through the broker, the intake and Kafka. */
class BadInputTest {

  private static final String COMMUNITY = "marsh";

  private static Rig rig;
  private static Gateway gateway;
  private static Ingest ingest;

  @BeforeAll
  static void start() throws Exception {
    rig = Rig.shared();
    rig.register(COMMUNITY, "victim", "door-other", "after");
    gateway = rig.gateway(COMMUNITY);
    ingest = rig.ingest(Rig.FAST);
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    ingest.close();
  }

  @Test
  void countsEveryMessageOfTheCorpusAsPublishedRejectedOrDuplicate() throws Exception {
    Ledger.Balance before = ingest.balance();
    Map<String, List<byte[]>> corpus = new BadInputCorpus(COMMUNITY, "victim").payloads();
    long sent = 0;
    for (List<byte[]> payloads : corpus.values()) {
      for (byte[] payload : payloads) {
        gateway.publish("victim", payload);
      }
      gateway.flush();
      sent += payloads.size();
    }
    Waiting.untilSettled(ingest, before.received() + sent);
    gateway.publish("after", Messages.valid(COMMUNITY, "after", "still-alive", 1));
    Waiting.untilSettled(ingest, before.received() + sent + 1);

    Ledger.Balance after = ingest.balance();
    assertThat(after.difference()).isZero();
    assertThat(after.returned()).isZero();
    assertThat(after.received() - before.received()).isEqualTo(sent + 1);
    assertThat(after.rejected(Rejection.INTAKE_FAILED)).isZero();
    for (Rejection reason :
        List.of(
            Rejection.TOO_LARGE,
            Rejection.MALFORMED,
            Rejection.WRONG_SCHEMA,
            Rejection.BAD_TEXT,
            Rejection.IDENTITY_MISMATCH,
            Rejection.CLOCK_FUTURE,
            Rejection.TOO_OLD,
            Rejection.SEQUENCE_CONFLICT)) {
      assertThat(after.rejected(reason)).as(reason.name()).isPositive();
    }
    assertThat(after.duplicates()).isPositive();
    List<ConsumerRecord<String, byte[]>> published = rig.records(Topic.EVENTS, COMMUNITY);
    assertThat(published).hasSize((int) after.published());
    for (ConsumerRecord<String, byte[]> record : published) {
      assertThat(FactCodec.decode(record.value()).community()).isEqualTo(COMMUNITY);
    }
    assertThat(told(rig.records(Topic.DEAD_LETTERS, COMMUNITY))).isEqualTo(after.rejected());
  }

  @Test
  void takesNoNameFromATopicThatIsNotPlain() throws Exception {
    Ledger.Balance before = ingest.balance();
    List<String> names =
        List.of(
            "vict\u00edm", "victim%2f", ".victim", "-victim", "vic tim", "v".repeat(65), "VICTIM");
    for (String name : names) {
      gateway.publish(name, Messages.valid(COMMUNITY, "victim", "n-" + name.hashCode(), 5));
    }
    Waiting.untilSettled(ingest, before.received() + names.size());
    Ledger.Balance after = ingest.balance();
    assertThat(after.rejected(Rejection.BAD_TOPIC))
        .isEqualTo(before.rejected(Rejection.BAD_TOPIC) + 6);
    assertThat(after.rejected(Rejection.UNKNOWN_DEVICE))
        .isEqualTo(before.rejected(Rejection.UNKNOWN_DEVICE) + 1);
  }

  /** How many messages the dead letters stand for. */
  static long told(List<ConsumerRecord<String, byte[]>> letters) {
    return letters.stream()
        .mapToLong(
            letter ->
                Long.parseLong(
                    new String(
                        letter.headers().lastHeader("count").value(), StandardCharsets.UTF_8)))
        .sum();
  }
}
