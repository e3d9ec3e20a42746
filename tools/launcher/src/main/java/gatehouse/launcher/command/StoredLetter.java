package gatehouse.launcher.command;

import gatehouse.wire.DeadLetter;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter in Kafka.
 *
 * @param id where it lies: {@code partition-offset}
 * @param count how many refused messages it stands for
 */
record StoredLetter(String id, long count, DeadLetter letter) {
  private static final RecordCodec<DeadLetter> CODEC = RecordCodec.of(DeadLetter.class);
  private static final String COUNT = "count";
  private static final String CUT = "TOO_LARGE";

  static String idOf(ConsumerRecord<?, ?> record) {
    return record.partition() + "-" + record.offset();
  }

  static StoredLetter read(ConsumerRecord<String, byte[]> record) throws WireException {
    Header count = record.headers().lastHeader(COUNT);
    return new StoredLetter(
        idOf(record),
        count == null ? 1 : Long.parseLong(new String(count.value(), StandardCharsets.UTF_8)),
        CODEC.decode(record.value()));
  }

  /** Why it cannot be sent again; empty if it can. */
  Optional<String> obstacle() {
    if (count > 1) {
      return Optional.of("it stands for " + count + " messages that were counted, not kept");
    }
    if (letter.payload().isEmpty()) {
      return Optional.of("its payload was not kept");
    }
    if (letter.reason().equals(CUT)) {
      return Optional.of("only the beginning of its payload was kept");
    }
    if (letter.community().isEmpty()) {
      return Optional.of("it is not known whom it came from");
    }
    return Optional.empty();
  }
}
