package gatehouse.api.consumer;

import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.StoreAway;
import gatehouse.api.store.Transaction;
import gatehouse.wire.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one topic into the database. Rows and position are one transaction, so whatever dies when,
 * each record is written once; Kafka's own offsets are not used.
 *
 * <p>Database away: nothing is skipped, the same records are tried until they are written. A record
 * that can never be written is noted and left out, so that it does not hold up all others.
 */
public final class TopicConsumer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TopicConsumer.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Topic topic;
  private final Store store;
  private final RecordSink sink;
  private final Positions positions;
  private final Properties properties;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong lag = new AtomicLong();
  private final Map<TopicPartition, Long> known = new HashMap<>();
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> current;
  private volatile boolean closed;

  /** Somebody else has moved a position: give up what was read and look again. */
  private static final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Begins to consume. */
  public TopicConsumer(
      String name, String bootstrap, Topic topic, int mostRecords, Store store, RecordSink sink) {
    this.topic = topic;
    this.store = store;
    this.sink = sink;
    this.positions = new Positions(name);
    this.properties = properties(name, bootstrap, mostRecords);
    this.thread = new Thread(this::run, "consumer-" + name);
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** How many records were written since the start. */
  public long written() {
    return written.get();
  }

  /** How many records were left out since the start. */
  public long refused() {
    return refused.get();
  }

  /** How many records wait in Kafka. */
  public long lag() {
    return lag.get();
  }

  @Override
  public void close() {
    closed = true;
    Consumer<byte[], byte[]> now = current;
    if (now != null) {
      now.wakeup();
    }
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try (Consumer<byte[], byte[]> kafka = new KafkaConsumer<>(properties)) {
        current = kafka;
        kafka.subscribe(List.of(topic.topicName()), new Assigned(kafka));
        while (!closed) {
          take(kafka, kafka.poll(POLL));
        }
      } catch (WakeupException | InterruptException e) {
        // asked to stop
      } catch (KafkaException e) {
        log.warn("Reading {} fails ({}); trying again", topic, e.getClass().getSimpleName());
        pause();
      } catch (RuntimeException e) {
        log.error("Reading {} fails; trying again", topic, e);
        pause();
      }
    }
  }

  private void take(Consumer<byte[], byte[]> kafka, ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      try {
        write(partition, records.records(partition));
      } catch (RuntimeException e) {
        // Look again where the database says we are, and read from there.
        seek(kafka, partition);
        if (!(e instanceof Fenced)) {
          report(e);
          pause();
        }
      }
    }
    lag.set(kafka.assignment().stream().mapToLong(one -> kafka.currentLag(one).orElse(0)).sum());
  }

  private void write(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> batch) {
    try {
      store.run(Scope.NOBODY, tx -> writeAll(tx, partition, batch));
      moved(partition, batch);
      return;
    } catch (RuntimeException e) {
      if (e instanceof Fenced || !Blame.isTheRecords(e)) {
        throw e;
      }
      log.warn("{} records of {} cannot be written together; one by one", batch.size(), topic);
    }
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      writeOne(partition, record);
    }
  }

  private void writeOne(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
    try {
      store.run(Scope.NOBODY, tx -> writeAll(tx, partition, List.of(record)));
      moved(partition, List.of(record));
    } catch (RuntimeException e) {
      if (e instanceof Fenced || !Blame.isTheRecords(e)) {
        throw e;
      }
      String reason =
          e.getCause() instanceof RecordException wrong
              ? String.valueOf(wrong.getMessage())
              : e.getClass().getSimpleName();
      store.run(
          Scope.NOBODY,
          tx -> {
            positions.refused(tx, partition, record.offset(), reason);
            move(tx, partition, record.offset() + 1);
          });
      known.put(partition, record.offset() + 1);
      refused.incrementAndGet();
      log.error("Left out {} at offset {}: {}", partition, record.offset(), reason);
    }
  }

  private void writeAll(
      Transaction tx, TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> batch) {
    try {
      sink.write(tx, batch);
    } catch (RecordException e) {
      throw new IllegalArgumentException(e);
    }
    move(tx, partition, batch.get(batch.size() - 1).offset() + 1);
  }

  private void move(Transaction tx, TopicPartition partition, long to) {
    if (!positions.move(tx, partition, known.get(partition), to)) {
      throw new Fenced();
    }
  }

  private void moved(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> batch) {
    known.put(partition, batch.get(batch.size() - 1).offset() + 1);
    written.addAndGet(batch.size());
  }

  /** Goes to where the database says that this partition was written to. */
  private void seek(Consumer<byte[], byte[]> kafka, TopicPartition partition) {
    while (!closed && kafka.assignment().contains(partition)) {
      try {
        Long next = store.in(Scope.NOBODY, tx -> positions.next(tx, partition));
        if (next == null) {
          known.remove(partition);
          kafka.seekToBeginning(List.of(partition));
        } else {
          known.put(partition, next);
          kafka.seek(partition, next);
        }
        return;
      } catch (RuntimeException e) {
        report(e);
        pause();
      }
    }
  }

  private void report(RuntimeException e) {
    if (StoreAway.causes(e)) {
      log.warn("The database is away; {} waits", topic);
    } else {
      log.error("Writing {} fails; trying again", topic, e);
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Properties properties(String name, String bootstrap, int mostRecords) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("group.id", "gatehouse-api-" + name);
    properties.put("client.id", "gatehouse-api-" + name);
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    properties.put("isolation.level", "read_committed");
    properties.put("max.poll.records", Integer.toString(mostRecords));
    properties.put("fetch.max.wait.ms", "100");
    properties.put("session.timeout.ms", "10000");
    properties.put("heartbeat.interval.ms", "2000");
    // A topic that does not exist yet is seen soon after it does.
    properties.put("metadata.max.age.ms", "5000");
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    return properties;
  }

  private final class Assigned implements ConsumerRebalanceListener {

    private final Consumer<byte[], byte[]> kafka;

    Assigned(Consumer<byte[], byte[]> kafka) {
      this.kafka = kafka;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      partitions.forEach(partition -> seek(kafka, partition));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(known::remove);
    }
  }
}
