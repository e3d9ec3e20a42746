package gatehouse.api.consumer;

import gatehouse.api.store.Transaction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far a consumer has come, kept beside the rows it wrote. */
final class Positions {

  private final String consumer;

  Positions(String consumer) {
    this.consumer = consumer;
  }

  /** The offset of the next record; null if it has not begun. */
  @Nullable Long next(Transaction tx, TopicPartition partition) {
    return tx.query(
            """
            select next_offset from consumer.position
            where consumer = :consumer and topic = :topic and partition = :partition
            """)
        .bind("consumer", consumer)
        .bind("topic", partition.topic())
        .bind("partition", partition.partition())
        .mapTo(Long.class)
        .findOne()
        .orElse(null);
  }

  /**
   * Moves on, if nobody else did meanwhile.
   *
   * @param from where this consumer believed to be; null if it had not begun
   * @return false if somebody else has the partition now: nothing of this transaction may stay
   */
  boolean move(Transaction tx, TopicPartition partition, @Nullable Long from, long to) {
    if (from == null) {
      return tx.update(
                  """
                  insert into consumer.position (consumer, topic, partition, next_offset)
                  values (:consumer, :topic, :partition, :to)
                  on conflict do nothing
                  """)
              .bind("consumer", consumer)
              .bind("topic", partition.topic())
              .bind("partition", partition.partition())
              .bind("to", to)
              .execute()
          == 1;
    }
    return tx.update(
                """
                update consumer.position set next_offset = :to
                where consumer = :consumer and topic = :topic and partition = :partition
                  and next_offset = :from
                """)
            .bind("consumer", consumer)
            .bind("topic", partition.topic())
            .bind("partition", partition.partition())
            .bind("from", from)
            .bind("to", to)
            .execute()
        == 1;
  }

  /** Notes a record that was left out. */
  void refused(Transaction tx, TopicPartition partition, long offset, String reason) {
    tx.update(
            """
            insert into consumer.refused (consumer, topic, partition, record_offset, reason)
            values (:consumer, :topic, :partition, :offset, :reason)
            on conflict do nothing
            """)
        .bind("consumer", consumer)
        .bind("topic", partition.topic())
        .bind("partition", partition.partition())
        .bind("offset", offset)
        .bind("reason", reason)
        .execute();
  }
}
