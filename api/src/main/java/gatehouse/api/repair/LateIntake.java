package gatehouse.api.repair;

import gatehouse.api.consumer.RecordException;
import gatehouse.api.consumer.RecordSink;
import gatehouse.api.store.Transaction;
import gatehouse.event.DeviceEvent;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps late events until they are repaired. Each model that did not see an event reports it; it is
 * kept once.
 */
@Component
public final class LateIntake implements RecordSink {

  private final Clock clock;

  LateIntake(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void write(Transaction tx, List<ConsumerRecord<byte[], byte[]>> records)
      throws RecordException {
    Instant now = clock.instant();
    PreparedBatch rows =
        tx.batch(
            """
            insert into repair.late (community, device, id, time, detail, arrived_at)
            values (:community, :device, :id, :time, :detail::json, :now)
            on conflict do nothing
            """);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      byte @Nullable [] value = record.value();
      if (value != null) {
        DeviceEvent event = decode(value);
        rows.bind("community", event.community())
            .bind("device", event.device())
            .bind("id", event.id())
            .bind("time", event.time())
            .bind("detail", new String(value, StandardCharsets.UTF_8))
            .bind("now", now)
            .add();
      }
    }
    if (rows.size() > 0) {
      rows.execute();
    }
  }

  private static DeviceEvent decode(byte[] json) throws RecordException {
    try {
      if (FactCodec.decode(json) instanceof DeviceEvent event) {
        return event;
      }
      throw new RecordException("not a device event");
    } catch (WireException e) {
      throw new RecordException(String.valueOf(e.getMessage()));
    }
  }
}
