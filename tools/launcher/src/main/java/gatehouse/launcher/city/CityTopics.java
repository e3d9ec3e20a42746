package gatehouse.launcher.city;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.launcher.FactPublisher;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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
 * A city in Kafka, as if registry and intake had put it there: facts and events each in their
 * topic, with their usual keys, and facts before the events that come after them.
 */
public final class CityTopics implements CityOutlet {

  private static final int MEMORY_BYTES = 16 << 20;
  private static final int PATIENCE_MILLIS = 15_000;
  private static final int SETTLE_MILLIS = 2_000;

  private final String bootstrap;
  private final TopicEnds before;
  private final Producer<String, byte[]> producer;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong facts = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private boolean factsUnderWay;

  /**
   * Writes to the topics of this Kafka.
   *
   * @throws IOException if it does not answer, or has not the topics
   */
  public CityTopics(String bootstrap) throws IOException, InterruptedException {
    this.bootstrap = bootstrap;
    this.before = ends();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                MEMORY_BYTES,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE_MILLIS),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  private TopicEnds ends() throws IOException, InterruptedException {
    return TopicEnds.of(bootstrap, List.of(Topic.EVENTS, Topic.FACTS, Topic.DEAD_LETTERS));
  }

  @Override
  public void take(Fact fact) throws IOException {
    check();
    if (fact instanceof DeviceEvent event) {
      if (factsUnderWay) {
        producer.flush();
        factsUnderWay = false;
      }
      send(record(event), events);
    } else {
      factsUnderWay = true;
      send(FactPublisher.record(fact), facts);
    }
  }

  /** As the intake writes it: keyed by community, with CloudEvents headers. */
  private static ProducerRecord<String, byte[]> record(DeviceEvent event) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(Topic.EVENTS.topicName(), event.community(), FactCodec.encode(event));
    header(record, "ce_specversion", "1.0");
    header(record, "ce_id", event.id());
    header(record, "ce_type", WireName.of(event.getClass()));
    header(record, "ce_source", event.community() + '/' + event.device());
    header(record, "ce_time", event.time().toString());
    header(record, "content-type", "application/json");
    return record;
  }

  private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private void send(ProducerRecord<String, byte[]> record, AtomicLong acknowledged)
      throws IOException {
    try {
      Future<RecordMetadata> unused =
          producer.send(
              record,
              (metadata, e) -> {
                if (e == null) {
                  acknowledged.incrementAndGet();
                } else {
                  failure.compareAndSet(null, e);
                }
              });
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
      check();
    }
  }

  private void check() throws IOException {
    Exception why = failure.get();
    if (why != null) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "Kafka at %s took %,d events and then no more: %s",
              bootstrap,
              events.get(),
              why.getMessage()),
          why);
    }
  }

  @Override
  public List<String> received() throws IOException, InterruptedException {
    producer.flush();
    check();
    TopicEnds after = ends();
    // Where devices report, the intake may still be busy with what they sent.
    for (long seen = -1; events.get() == 0 && seen != after.since(before, Topic.EVENTS); ) {
      seen = after.since(before, Topic.EVENTS);
      Thread.sleep(SETTLE_MILLIS);
      after = ends();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d events and %,d registry and site facts acknowledged by Kafka at %s",
            events.get(),
            facts.get(),
            bootstrap),
        String.format(
            Locale.ROOT,
            "there %s has grown by %,d records, %s by %,d, %s by %,d%s",
            Topic.EVENTS.topicName(),
            after.since(before, Topic.EVENTS),
            Topic.FACTS.topicName(),
            after.since(before, Topic.FACTS),
            Topic.DEAD_LETTERS.topicName(),
            after.since(before, Topic.DEAD_LETTERS),
            after.since(before, Topic.DEAD_LETTERS) == 0
                ? ""
                : "; ./gatehouse dead-letters list says why"));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
