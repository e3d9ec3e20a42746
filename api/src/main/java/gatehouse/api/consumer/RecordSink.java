package gatehouse.api.consumer;

import gatehouse.api.store.Transaction;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes what one topic brings. */
public interface RecordSink {

  /**
   * Writes records in one transaction, together with how far the consumer has come. The same
   * records may come again only if that transaction was rolled back.
   *
   * @throws RecordException if a record can never be written
   */
  void write(Transaction tx, List<ConsumerRecord<byte[], byte[]>> records) throws RecordException;
}
