package gatehouse.flink;

import gatehouse.alert.Alert;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Progress;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A record for Kafka, with what its CloudEvents headers say.
 *
 * @param topic where it goes
 * @param key what it is partitioned by
 * @param value JSON text
 * @param id the same whenever the same is sent again
 * @param type CloudEvents type
 * @param source who says it
 * @param time event time
 */
record Outgoing(
    Topic topic, String key, String value, String id, String type, String source, Instant time) {

  private static final String JOB = "flink";

  /** A revision of an alert, keyed by the alert's id. */
  static Outgoing of(Alert alert) {
    return new Outgoing(
        Topic.ALERTS,
        alert.id(),
        text(RecordCodec.of(Alert.class).encode(alert)),
        alert.id() + "/" + alert.revision(),
        WireName.of(Alert.class),
        alert.community() + "/" + alert.model(),
        alert.closedAt() == null ? alert.lastEventTime() : alert.closedAt());
  }

  /** An event that came behind the watermark, keyed as it was. */
  static Outgoing late(Fact fact) {
    String device = fact instanceof DeviceEvent event ? event.device() : JOB;
    return new Outgoing(
        Topic.LATE,
        fact.community(),
        text(FactCodec.encode(fact)),
        fact.id(),
        WireName.of(fact.getClass()),
        fact.community() + "/" + device,
        fact.time());
  }

  /** A dead letter, keyed by community. */
  static Outgoing of(DeadLetter letter) {
    byte[] value = RecordCodec.of(DeadLetter.class).encode(letter);
    return new Outgoing(
        Topic.DEAD_LETTERS,
        letter.community(),
        text(value),
        UUID.nameUUIDFromBytes(value).toString(),
        WireName.of(DeadLetter.class),
        JOB + "/" + letter.stage(),
        letter.receivedAt());
  }

  /** How far a subtask has come, keyed by job and subtask. */
  static Outgoing of(Progress progress) {
    String key = progress.job() + "/" + progress.subtask();
    return new Outgoing(
        Topic.PROGRESS,
        key,
        text(RecordCodec.of(Progress.class).encode(progress)),
        key + "@" + progress.watermark(),
        WireName.of(Progress.class),
        JOB + "/" + progress.job(),
        progress.watermark());
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
