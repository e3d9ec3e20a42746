package gatehouse.launcher;

import gatehouse.analysis.SettingsChange;
import gatehouse.fact.Fact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tells the services what is known of sites and people. */
public final class FactPublisher {
  private static final RecordCodec<SettingsChange> SETTINGS = RecordCodec.of(SettingsChange.class);

  private FactPublisher() {}

  /**
   * Publishes registry and site facts; returns when Kafka has them.
   *
   * @param bootstrap Kafka's address
   */
  public static void publish(String bootstrap, Collection<? extends Fact> facts)
      throws IOException, InterruptedException {
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    for (Fact fact : facts) {
      records.add(record(fact));
    }
    send(bootstrap, records);
  }

  /** A registry or site fact as a record of its topic. */
  public static ProducerRecord<String, byte[]> record(Fact fact) {
    String key = WireName.of(fact.getClass()) + "|" + fact.community() + "|" + fact.id();
    return new ProducerRecord<>(Topic.FACTS.topicName(), key, FactCodec.encode(fact));
  }

  /**
   * Publishes changes of settings; returns when Kafka has them.
   *
   * @param bootstrap Kafka's address
   */
  public static void publishSettings(String bootstrap, Collection<SettingsChange> changes)
      throws IOException, InterruptedException {
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    for (SettingsChange change : changes) {
      String key =
          String.join(
              "|",
              change.model(),
              change.scope().name(),
              change.scopeId(),
              change.effectiveFrom().toString());
      records.add(new ProducerRecord<>(Topic.SETTINGS.topicName(), key, SETTINGS.encode(change)));
    }
    send(bootstrap, records);
  }

  private static void send(String bootstrap, List<ProducerRecord<String, byte[]>> records)
      throws IOException, InterruptedException {
    Map<String, Object> configuration =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.LINGER_MS_CONFIG,
            "5");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      records.forEach(one -> sent.add(producer.send(one)));
      producer.flush();
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("Kafka at " + bootstrap + " did not take it.", e.getCause());
    }
  }
}
