package gatehouse.ingest;

import gatehouse.event.DeviceEvent;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.FactCodec;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes events and dead letters to Kafka: acknowledged by all replicas, without duplicates of its
 * own, in order for each community.
 *
 * <p>While Kafka is away it tries on without end and without dropping anything. Its memory is
 * bounded: what it holds is not acknowledged to the MQTT broker, which sends only so much ahead.
 */
final class KafkaEventPublisher implements AutoCloseable {

  private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Producer<String, byte[]> producer;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile long movedAt = System.nanoTime();

  /** What to do when Kafka has answered: null, or why the record is not there. */
  interface Answer {
    void came(@Nullable Exception failure);
  }

  KafkaEventPublisher(String bootstrap, String instance) {
    this.producer =
        new KafkaProducer<>(
            configuration(bootstrap, instance), new StringSerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> configuration(String bootstrap, String instance) {
    return Map.ofEntries(
        Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
        Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "ingest-" + instance),
        Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
        Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
        Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
        Map.entry(ProducerConfig.LINGER_MS_CONFIG, 2),
        Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024),
        // Longer than any outage: the broker keeps what is not acknowledged, so nothing expires.
        Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE),
        Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, Integer.MAX_VALUE),
        Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000),
        Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000),
        // A night without events must not make the first one of the morning wait for metadata.
        Map.entry(ProducerConfig.METADATA_MAX_IDLE_CONFIG, TimeUnit.DAYS.toMillis(30)));
  }

  /** Fetches what the first record would otherwise wait for. Blocks until Kafka answers. */
  void warmUp() {
    producer.partitionsFor(Topic.EVENTS.topicName());
    producer.partitionsFor(Topic.DEAD_LETTERS.topicName());
  }

  /** Writes an event, keyed by its community, with CloudEvents headers. */
  void publish(DeviceEvent event, Answer answer) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(Topic.EVENTS.topicName(), event.community(), FactCodec.encode(event));
    header(record, "ce_specversion", "1.0");
    header(record, "ce_id", event.id());
    header(record, "ce_type", WireName.of(event.getClass()));
    header(record, "ce_source", event.community() + '/' + event.device());
    header(record, "ce_time", event.time().toString());
    header(record, "content-type", "application/json");
    send(record, answer);
  }

  /**
   * Writes a dead letter, keyed by its community if it has one.
   *
   * @param count how many messages it stands for
   */
  void publish(DeadLetter letter, int count, Answer answer) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            Topic.DEAD_LETTERS.topicName(),
            letter.community().isEmpty() ? null : letter.community(),
            RecordCodec.of(DeadLetter.class).encode(letter));
    header(record, "count", Integer.toString(count));
    header(record, "content-type", "application/json");
    send(record, answer);
  }

  /** Whether something waits for Kafka, and nothing has been acknowledged for seconds. */
  boolean isStalled() {
    return waiting.get() > 0 && System.nanoTime() - movedAt > STALLED_NANOS;
  }

  private void send(ProducerRecord<String, byte[]> record, Answer answer) {
    if (waiting.getAndIncrement() == 0) {
      movedAt = System.nanoTime();
    }
    try {
      Future<RecordMetadata> unused =
          producer.send(record, (metadata, failure) -> answered(failure, answer));
    } catch (KafkaException e) {
      // Interrupted or closed: the callback is not called for these.
      answered(e, answer);
    }
  }

  private void answered(@Nullable Exception failure, Answer answer) {
    waiting.decrementAndGet();
    if (failure == null) {
      movedAt = System.nanoTime();
    }
    answer.came(failure);
  }

  private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    producer.close(CLOSE_LIMIT);
  }
}
