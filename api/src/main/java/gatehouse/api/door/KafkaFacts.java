package gatehouse.api.door;

import gatehouse.api.ApiSettings;
import gatehouse.registry.RegistryFact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Publishes facts under the keys that all facts have: kind, community, id of the version. */
@Component
final class KafkaFacts implements FactPublisher, AutoCloseable {

  private final KafkaProducer<byte[], byte[]> kafka;

  KafkaFacts(ApiSettings settings) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", settings.kafkaBootstrap());
    properties.put("client.id", "gatehouse-api-facts");
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("max.block.ms", "10000");
    properties.put("delivery.timeout.ms", "30000");
    properties.put("request.timeout.ms", "10000");
    properties.put("key.serializer", ByteArraySerializer.class.getName());
    properties.put("value.serializer", ByteArraySerializer.class.getName());
    this.kafka = new KafkaProducer<>(properties);
  }

  @Override
  public void publish(List<? extends RegistryFact> facts) {
    await(facts.stream().map(fact -> send(fact, FactCodec.encode(fact))).toList());
  }

  @Override
  public void withdraw(List<? extends RegistryFact> facts) {
    await(facts.stream().map(fact -> send(fact, null)).toList());
  }

  @Override
  public void close() {
    kafka.close(Duration.ofSeconds(2));
  }

  private Future<RecordMetadata> send(RegistryFact fact, byte @Nullable [] value) {
    String key = WireName.of(fact.getClass()) + "|" + fact.community() + "|" + fact.id();
    return kafka.send(
        new ProducerRecord<>(Topic.FACTS.topicName(), key.getBytes(StandardCharsets.UTF_8), value));
  }

  private static void await(List<Future<RecordMetadata>> sent) {
    try {
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("a fact was not taken", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
