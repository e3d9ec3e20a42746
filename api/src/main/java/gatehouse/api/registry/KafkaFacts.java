package gatehouse.api.registry;

import gatehouse.api.ApiSettings;
import gatehouse.api.kafka.KafkaWriter;
import gatehouse.fact.Fact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Publishes facts under the keys that all facts have: kind, community, id of the version. */
@Component
final class KafkaFacts implements FactPublisher, AutoCloseable {

  private final KafkaWriter kafka;

  KafkaFacts(ApiSettings settings) {
    this.kafka = new KafkaWriter(settings.kafkaBootstrap(), "gatehouse-api-facts");
  }

  @Override
  public void publish(List<? extends Fact> facts) {
    kafka.write(facts.stream().map(fact -> record(fact, FactCodec.encode(fact))).toList());
  }

  @Override
  public void withdraw(List<? extends Fact> facts) {
    kafka.write(facts.stream().map(fact -> record(fact, null)).toList());
  }

  @Override
  public void close() {
    kafka.close();
  }

  private static ProducerRecord<byte[], byte[]> record(Fact fact, byte @Nullable [] value) {
    String key = WireName.of(fact.getClass()) + "|" + fact.community() + "|" + fact.id();
    return new ProducerRecord<>(
        Topic.FACTS.topicName(), key.getBytes(StandardCharsets.UTF_8), value);
  }
}
