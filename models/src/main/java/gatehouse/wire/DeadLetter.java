package gatehouse.wire;

import java.time.Instant;

/**
 * Something that was refused, with all that is needed to look at it and to send it again.
 *
 * @param stage who refused it: ingest, or a model's id
 * @param reason a short code, e.g. MALFORMED, UNKNOWN_DEVICE, MODEL_FAILED
 * @param detail what exactly is wrong; never a value of the payload
 * @param community the community, empty if not known
 * @param device the device, empty if not known
 * @param source where it came from: the MQTT topic, or the Kafka topic, partition and offset
 * @param receivedAt when it was received
 * @param payload the bytes as they came, in Base64
 */
public record DeadLetter(
    String stage,
    String reason,
    String detail,
    String community,
    String device,
    String source,
    Instant receivedAt,
    String payload) {}
