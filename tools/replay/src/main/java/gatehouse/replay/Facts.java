package gatehouse.replay;

import gatehouse.analysis.SettingsChange;
import gatehouse.fact.Fact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes what is known of the site before the first event. */
final class Facts {

  private Facts() {}

  static void publish(String bootstrap, List<Fact> facts, List<SettingsChange> settings)
      throws IOException, InterruptedException {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            5);
    List<Future<?>> sent = new ArrayList<>();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (SettingsChange change : settings) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    Topic.SETTINGS.topicName(),
                    bytes(change.model() + '|' + change.scope() + '|' + change.scopeId()),
                    RecordCodec.of(SettingsChange.class).encode(change))));
      }
      for (Fact fact : facts) {
        String key = WireName.of(fact.getClass()) + '|' + fact.community() + '|' + fact.id();
        sent.add(
            producer.send(
                new ProducerRecord<>(Topic.FACTS.topicName(), bytes(key), FactCodec.encode(fact))));
      }
      producer.flush();
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("Kafka does not take the facts of the site.", e.getCause());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
