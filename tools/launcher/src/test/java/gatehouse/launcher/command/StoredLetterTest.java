package gatehouse.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.wire.DeadLetter;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredLetterTest {

  @Test
  void canBeSentAgainWithItsPayload() throws Exception {
    StoredLetter letter = stored("UNKNOWN_DEVICE", "riverside", "e30=", "1");
    assertThat(letter.id()).isEqualTo("3-17");
    assertThat(letter.count()).isEqualTo(1);
    assertThat(letter.obstacle()).isEmpty();
  }

  @Test
  void standsForOneMessageIfNothingSaysOtherwise() throws Exception {
    assertThat(stored("MODEL_FAILED", "riverside", "e30=", null).count()).isEqualTo(1);
  }

  @Test
  void cannotBeSentAgainIfItsMessagesWereOnlyCounted() throws Exception {
    StoredLetter letter = stored("RATE_LIMITED", "riverside", "", "256");
    assertThat(letter.count()).isEqualTo(256);
    assertThat(letter.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("256"));
    assertThat(stored("RATE_LIMITED", "riverside", "", "1").obstacle()).isPresent();
  }

  @Test
  void cannotBeSentAgainIfItIsCutOrNobodys() throws Exception {
    assertThat(stored("TOO_LARGE", "riverside", "e30=", "1").obstacle()).isPresent();
    assertThat(stored("BAD_TOPIC", "", "e30=", "1").obstacle()).isPresent();
  }

  private static StoredLetter stored(
      String reason, String community, String payload, @Nullable String count)
      throws WireException {
    DeadLetter letter =
        new DeadLetter("ingest", reason, "why", community, "door", "topic", Instant.EPOCH, payload);
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(
            Topic.DEAD_LETTERS.topicName(),
            3,
            17,
            community,
            RecordCodec.of(DeadLetter.class).encode(letter));
    if (count != null) {
      record.headers().add("count", count.getBytes(StandardCharsets.UTF_8));
    }
    return StoredLetter.read(record);
  }
}
