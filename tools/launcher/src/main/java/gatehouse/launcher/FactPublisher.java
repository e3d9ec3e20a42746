package gatehouse.launcher;

import gatehouse.fact.Fact;
import gatehouse.wire.FactCodec;
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
  private FactPublisher() {}

  /**
   * Publishes registry and site facts; returns when Kafka has them.
   *
   * @param bootstrap Kafka's address
   */
  public static void publish(String bootstrap, Collection<? extends Fact> facts)
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
      for (Fact fact : facts) {
        String key = WireName.of(fact.getClass()) + "|" + fact.community() + "|" + fact.id();
        sent.add(
            producer.send(
                new ProducerRecord<>(Topic.FACTS.topicName(), key, FactCodec.encode(fact))));
      }
      producer.flush();
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("Kafka at " + bootstrap + " did not take the facts.", e.getCause());
    }
  }
}
