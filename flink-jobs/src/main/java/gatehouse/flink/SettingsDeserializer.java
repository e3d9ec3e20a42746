package gatehouse.flink;

import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.SettingsChange;
import gatehouse.flink.type.RecordTypes;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads changes of settings from Kafka. One that its model would refuse is a dead letter, for every
 * fact would fail on it.
 */
final class SettingsDeserializer implements KafkaRecordDeserializationSchema<IncomingSettings> {

  private static final long serialVersionUID = 1L;

  private final Catalogue catalogue;

  SettingsDeserializer(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<IncomingSettings> out) {
    if (record.value() != null) {
      out.collect(read(record));
    }
  }

  /** A change, or why it is none; never null for a record with a value. */
  IncomingSettings read(ConsumerRecord<byte[], byte[]> record) {
    String wrong;
    try {
      SettingsChange change = RecordCodec.of(SettingsChange.class).decode(record.value());
      wrong = wrong(change);
      if (wrong.isEmpty()) {
        return new IncomingSettings(change, null);
      }
    } catch (WireException e) {
      wrong = String.valueOf(e.getMessage());
    }
    return new IncomingSettings(
        null,
        Refused.bytes(
            wrong,
            FactDeserializer.source(record),
            Instant.ofEpochMilli(record.timestamp()),
            record.value()));
  }

  private String wrong(SettingsChange change) {
    for (ModelEntry<?, ?, ?> entry : catalogue.entries()) {
      if (entry.id().equals(change.model())) {
        try {
          entry.model(change.values());
          return "";
        } catch (RuntimeException e) {
          return "the model does not take these settings";
        }
      }
    }
    return "no model of this id";
  }

  @Override
  public TypeInformation<IncomingSettings> getProducedType() {
    return RecordTypes.of(IncomingSettings.class);
  }
}
