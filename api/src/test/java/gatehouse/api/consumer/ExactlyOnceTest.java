package gatehouse.api.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Platform;
import gatehouse.api.store.DatabaseLogin;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * Rows and position are one transaction: whatever is killed when, a table without any constraint
 * holds each record once.
 */
class ExactlyOnceTest {

  private static final int RECORDS = 2_000;
  private static final String POOL = "exactly-once";

  @Test
  void eachRecordIsWrittenOnceThoughConnectionsAreKilledAndConsumersComeAndGo() throws Exception {
    Platform platform = Platform.get();
    platform.asOwner("create table consumer.written (partition int, record_offset bigint)");
    for (int i = 0; i < RECORDS; i++) {
      platform.publishLater(
          Topic.DEAD_LETTERS, "key-" + i, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
    }
    platform.flush();
    Random random = new Random(7);
    try (Store store = store();
        Connection superuser = platform.connectAsSuperuser()) {
      TopicConsumer first = consumer(store);
      TopicConsumer second = consumer(store);
      for (int round = 0; round < 12; round++) {
        Thread.sleep(random.nextInt(150));
        kill(superuser);
        if (round % 4 == 3) {
          second.close();
          second = consumer(store);
        }
      }
      await().until(() -> count("count(distinct (partition, record_offset))") == RECORDS);
      first.close();
      second.close();
    }
    assertThat(count("count(*)")).isEqualTo(RECORDS);
  }

  @Test
  void aRecordThatCannotBeWrittenIsNotedAndTheOthersAreWritten() {
    Platform platform = Platform.get();
    platform.asOwner("create table consumer.some (record_offset bigint)");
    for (String value : List.of("good", "bad", "good", "worse", "good")) {
      platform.publishLater(Topic.PROGRESS, "one key", value.getBytes(StandardCharsets.UTF_8));
    }
    platform.flush();
    try (Store store = store();
        TopicConsumer consumer =
            new TopicConsumer(
                "some", platform.kafkaServers(), Topic.PROGRESS, 10, store, this::writeGood)) {
      await().until(() -> consumer.written() + consumer.refused() >= 5);
      assertThat(consumer.refused()).isEqualTo(2);
    }
    assertThat(platform.texts("select record_offset from consumer.some order by 1"))
        .containsExactly("0", "2", "4");
    assertThat(
            platform.texts(
                "select record_offset || ' ' || reason from consumer.refused where consumer ="
                    + " 'some' order by 1"))
        .containsExactly("1 not good", "3 UnableToExecuteStatementException");
  }

  private void writeGood(Transaction tx, List<ConsumerRecord<byte[], byte[]>> records)
      throws RecordException {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String value = new String(record.value(), StandardCharsets.UTF_8);
      if (value.equals("bad")) {
        throw new RecordException("not good");
      }
      tx.update("insert into consumer.some values (:offset / (length(:value) - 5))")
          .bind("offset", value.equals("worse") ? record.offset() : -record.offset())
          .bind("value", value)
          .execute();
    }
  }

  private static TopicConsumer consumer(Store store) {
    return new TopicConsumer(
        "exactly-once",
        Platform.get().kafkaServers(),
        Topic.DEAD_LETTERS,
        25,
        store,
        (tx, records) -> {
          for (ConsumerRecord<byte[], byte[]> record : records) {
            tx.update("insert into consumer.written values (:partition, :offset)")
                .bind("partition", record.partition())
                .bind("offset", record.offset())
                .execute();
          }
        });
  }

  private static Store store() {
    Platform platform = Platform.get();
    return Store.open(
        POOL,
        new DatabaseLogin(
            platform.database().jdbcUrl("gatehouse"), "gatehouse_owner", platform.serviceSecret()),
        4);
  }

  private static void kill(Connection superuser) throws SQLException {
    try (Statement sql = superuser.createStatement()) {
      sql.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '"
              + POOL
              + "'");
    }
  }

  private static int count(String what) {
    return Integer.parseInt(
        Platform.get().texts("select " + what + " from consumer.written").get(0));
  }
}
