package gatehouse.launcher;

import gatehouse.fact.Fact;
import gatehouse.launcher.data.Secrets;
import gatehouse.site.Device;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import gatehouse.wire.WireName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What an installation in containers needs once, or again when a device comes: {@code secrets DIR
 * SITE} makes every secret and a broker credential for each device of the site file; {@code kafka
 * BOOTSTRAP PARTITIONS SITE} creates the Kafka topics that are missing and publishes the site file.
 * A site file has one fact a line, as on the facts topic.
 */
public final class Provision {
  private static final int USAGE = 2;

  private Provision() {}

  /** Exit codes: 0 done, 1 it did not work, 2 the command line is wrong. */
  public static void main(String[] args) throws InterruptedException {
    try {
      if (args.length == 3 && args[0].equals("secrets")) {
        secrets(Path.of(args[1]), site(Path.of(args[2])));
      } else if (args.length == 4 && args[0].equals("kafka")) {
        List<Fact> site = site(Path.of(args[3]));
        new KafkaProvisioning(args[1]).topics(Integer.parseInt(args[2]));
        publish(args[1], site);
      } else {
        System.err.println("usage: provision secrets DIR SITE | kafka BOOTSTRAP PARTITIONS SITE");
        System.exit(USAGE);
      }
    } catch (Exception e) {
      if (e instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      System.err.println("provision: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void secrets(Path folder, List<Fact> site) throws IOException {
    Secrets.in(folder)
        .provisionDevices(
            site.stream()
                .filter(Device.class::isInstance)
                .map(device -> device.community() + "/" + device.id())
                .toList());
  }

  private static void publish(String bootstrap, List<Fact> site)
      throws ExecutionException, InterruptedException {
    List<Future<?>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Fact fact : site) {
        String key = WireName.of(fact.getClass()) + '|' + fact.community() + '|' + fact.id();
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    Topic.FACTS.topicName(),
                    key.getBytes(StandardCharsets.UTF_8),
                    FactCodec.encode(fact))));
      }
      producer.flush();
      for (Future<?> one : sent) {
        one.get();
      }
    }
    System.out.println(site.size() + " facts published");
  }

  private static List<Fact> site(Path file) throws IOException {
    List<Fact> facts = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          facts.add(FactCodec.decode(lines.get(i).getBytes(StandardCharsets.UTF_8)));
        } catch (WireException e) {
          throw new IOException(file + " line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    return facts;
  }
}
