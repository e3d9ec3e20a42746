package gatehouse.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {
  private static final TopicPartition EVENTS = new TopicPartition("events", 0);

  private final Path dir;

  KafkaBrokerTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void keepsItsRecordsAndItsPortOverRestarts() throws Exception {
    int port;
    try (KafkaBroker broker = KafkaBroker.start(dir, 0)) {
      port = broker.port();
      try (Admin admin = Admin.create(clientOf(broker))) {
        admin.createTopics(List.of(new NewTopic("events", 1, (short) 1))).all().get();
      }
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(clientOf(broker), new StringSerializer(), new StringSerializer())) {
        producer.send(new ProducerRecord<>("events", "riverside", "first")).get();
      }
    }
    try (KafkaBroker broker = KafkaBroker.start(dir, 0)) {
      assertThat(broker.port()).isEqualTo(port);
      assertThat(read(broker)).containsExactly("first");
    }
  }

  @Test
  void commitsATransactionAsAWholeAndHidesAnAbortedOne() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(dir, 0)) {
      try (Admin admin = Admin.create(clientOf(broker))) {
        admin.createTopics(List.of(new NewTopic("events", 1, (short) 1))).all().get();
      }
      Map<String, Object> transactional = clientOf(broker, "transactional.id", "writer");
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(transactional, new StringSerializer(), new StringSerializer())) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("events", "riverside", "kept")).get();
        producer.commitTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("events", "riverside", "withdrawn")).get();
        producer.abortTransaction();
      }
      assertThat(read(broker)).containsExactly("kept");
    }
  }

  @Test
  void createsNoTopicThatNobodyAskedFor() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(dir, 0);
        Admin admin = Admin.create(clientOf(broker))) {
      assertThatThrownBy(() -> admin.describeTopics(List.of("events")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void saysWhichPortIsTaken(@TempDir Path other) throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(dir, 0)) {
      assertThatThrownBy(() -> KafkaBroker.start(other, broker.port()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Port " + broker.port());
    }
  }

  private static List<String> read(KafkaBroker broker) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            clientOf(broker, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(EVENTS));
      consumer.seekToBeginning(List.of(EVENTS));
      long end =
          Optional.ofNullable(consumer.endOffsets(List.of(EVENTS)).get(EVENTS)).orElseThrow();
      while (consumer.position(EVENTS) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(one -> values.add(one.value()));
      }
    }
    return values;
  }

  private static Map<String, Object> clientOf(KafkaBroker broker, String... more) {
    return more.length == 0
        ? Map.of("bootstrap.servers", broker.bootstrapServers())
        : Map.of("bootstrap.servers", broker.bootstrapServers(), more[0], more[1]);
  }
}
