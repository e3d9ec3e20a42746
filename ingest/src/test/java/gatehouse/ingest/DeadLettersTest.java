package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.wire.DeadLetter;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What is refused can be sent again, within bounds, and every message is accounted for. */
class DeadLettersTest {

  /** A gateway is sending before the registry knows its doors. */
  @Test
  void keepsABurstOfOrdinaryMessagesWhole() throws Exception {
    String community = "unregistered";
    int sent = 300;
    Rig rig = Rig.shared();
    try (Gateway gateway = rig.gateway(community);
        Ingest ingest = rig.ingest(Rig.FAST)) {
      Set<String> payloads = new HashSet<>();
      for (int i = 0; i < sent; i++) {
        byte[] message = Messages.valid(community, "door", "u-" + i, i);
        payloads.add(Base64.getEncoder().encodeToString(message));
        gateway.publish("door", message);
      }
      Waiting.untilSettled(ingest, sent);
      assertThat(ingest.balance().rejected(Rejection.UNKNOWN_DEVICE)).isEqualTo(sent);
      assertThat(letters(rig, community))
          .extracting(DeadLetter::payload)
          .hasSize(sent)
          .allMatch(payloads::contains);
    }
  }

  @Test
  void countsWhatExceedsTheBudgetOfADeviceAndLosesNone() throws Exception {
    String community = "large";
    int sent = 20;
    byte[] payload = new byte[60_000];
    Arrays.fill(payload, (byte) ' ');
    Rig rig = Rig.shared();
    rig.register(community, "babbler", "other");
    try (Gateway gateway = rig.gateway(community);
        Ingest ingest = rig.ingest(Rig.FAST)) {
      for (int i = 0; i < sent; i++) {
        gateway.publish("babbler", payload);
      }
      Waiting.untilSettled(ingest, sent);
      gateway.publish("other", payload);
      Waiting.untilSettled(ingest, sent + 1);

      List<DeadLetter> letters = letters(rig, community);
      List<DeadLetter> kept = new ArrayList<>(letters);
      kept.removeIf(letter -> letter.payload().isEmpty());
      // Four fit into the budget at once, and it fills by a seventh of one every second.
      assertThat(kept)
          .filteredOn(letter -> letter.device().equals("babbler"))
          .hasSizeBetween(4, sent - 1);
      assertThat(kept).filteredOn(letter -> letter.device().equals("other")).hasSize(1);
      assertThat(letters)
          .filteredOn(letter -> letter.payload().isEmpty())
          .isNotEmpty()
          .allMatch(letter -> letter.detail().contains("counted, not kept"));
      assertThat(BadInputTest.told(rig.records(Topic.DEAD_LETTERS, community)))
          .isEqualTo(sent + 1)
          .isEqualTo(ingest.balance().rejected());
      assertThat(ingest.balance().difference()).isZero();
    }
  }

  private static List<DeadLetter> letters(Rig rig, String community) throws WireException {
    List<DeadLetter> letters = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : rig.records(Topic.DEAD_LETTERS, community)) {
      letters.add(RecordCodec.of(DeadLetter.class).decode(record.value()));
    }
    return letters;
  }
}
