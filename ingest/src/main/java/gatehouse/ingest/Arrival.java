package gatehouse.ingest;

import java.util.Objects;

/** One message as it came off MQTT. Two are the same only if they are the same object. */
final class Arrival {

  /** What becomes of the message on the side it came from. */
  interface Receipt {
    /** It is safe in Kafka, or need not be: acknowledge it. */
    void done();

    /** It is not dealt with and must come again. */
    void giveBack();
  }

  private final String topic;
  private final String contentType;
  private final byte[] payload;
  private final Receipt receipt;

  Arrival(String topic, String contentType, byte[] payload, Receipt receipt) {
    this.topic = Objects.requireNonNull(topic);
    this.contentType = Objects.requireNonNull(contentType);
    this.payload = payload;
    this.receipt = receipt;
  }

  String topic() {
    return topic;
  }

  /** The MQTT content type; empty if the message has none. */
  String contentType() {
    return contentType;
  }

  /** The bytes themselves, not a copy. */
  byte[] payload() {
    return payload;
  }

  Receipt receipt() {
    return receipt;
  }
}
