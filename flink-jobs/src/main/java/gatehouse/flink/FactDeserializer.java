package gatehouse.flink;

import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads facts from Kafka; what is none becomes a dead letter and never stops the source. */
final class FactDeserializer implements KafkaRecordDeserializationSchema<Incoming> {

  private static final long serialVersionUID = 1L;

  private final TypeInformation<Incoming> type;

  FactDeserializer(TypeInformation<Incoming> type) {
    this.type = type;
  }

  /** The type of what is read. */
  static TypeInformation<Incoming> type(Catalogue catalogue) {
    return RecordTypes.of(Incoming.class, gatehouse.fact.Fact.class, catalogue.factType());
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Incoming> out) {
    byte[] value = record.value();
    if (value == null) {
      // A tombstone of a compacted topic: the fact's key is gone, what is known stays known.
      return;
    }
    out.collect(read(value, record));
  }

  private static Incoming read(byte[] value, ConsumerRecord<byte[], byte[]> record) {
    try {
      return Incoming.of(FactCodec.decode(value));
    } catch (WireException e) {
      return refused(String.valueOf(e.getMessage()), value, record);
    } catch (RuntimeException e) {
      return refused(Refused.where(e), value, record);
    }
  }

  private static Incoming refused(
      String reason, byte[] value, ConsumerRecord<byte[], byte[]> record) {
    return new Incoming(
        null,
        Refused.bytes(reason, source(record), Instant.ofEpochMilli(record.timestamp()), value));
  }

  /** Where a record stands in Kafka. */
  static String source(ConsumerRecord<?, ?> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  @Override
  public TypeInformation<Incoming> getProducedType() {
    return type;
  }
}
