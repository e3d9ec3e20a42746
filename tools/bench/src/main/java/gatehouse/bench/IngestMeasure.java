package gatehouse.bench;

import gatehouse.event.DeviceEvent;
import gatehouse.launcher.FactPublisher;
import gatehouse.launcher.Home;
import gatehouse.launcher.Service;
import gatehouse.launcher.Stack;
import gatehouse.launcher.StackOptions;
import gatehouse.launcher.data.Secrets;
import gatehouse.wire.DeviceMessage;
import gatehouse.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ingest, which acknowledges a message when Kafka has it, beside a bare subscriber that only counts
 * and acknowledges. Both in a JVM of their own, on the same broker, fed by the same publishers;
 * each is warmed up before its time is taken.
 */
final class IngestMeasure {
  private static final String COMMUNITY = "bench";
  private static final String GATEWAY = "bench-gateway";
  private static final int PUBLISHERS = 4;
  private static final int WARM_UP = 10_000;
  private static final int MESSAGES = 20_000;
  private static final int HEAP_MEGABYTES = 256;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Path folder;
  private final Steps steps;
  private int round;

  IngestMeasure(Path folder, Steps steps) {
    this.folder = folder;
    this.steps = steps;
  }

  Comparison run(int pairs) throws Exception {
    steps.now("starting MQTT broker and Kafka");
    StackOptions options =
        StackOptions.isolated(folder.resolve("stack"))
            .withServices(Set.of(Service.MQTT, Service.KAFKA));
    try (Stack stack = Stack.start(options)) {
      FactPublisher.publish(
          stack.kafkaBootstrap(), Traffic.site(List.of(COMMUNITY), Instant.EPOCH));
      String password = stack.secrets().addGateway(GATEWAY, COMMUNITY);
      try (Publishers publishers = new Publishers(stack.mqttUrl(), GATEWAY, password, PUBLISHERS)) {
        List<Comparison.Round> rounds =
            new Rounds(steps)
                .take(pairs, () -> bare(stack, publishers), () -> ingest(stack, publishers));
        return Comparison.of(
            "ingest: MQTT to Kafka, acknowledged when Kafka has it",
            "a bare Paho subscriber",
            MESSAGES,
            rounds);
      }
    }
  }

  private Sample bare(Stack stack, Publishers publishers) throws Exception {
    try (Child child =
        Child.start(
            folder,
            System.getProperty("java.class.path"),
            BareSubscriber.class.getName(),
            HEAP_MEGABYTES,
            Map.of(),
            stack.mqttUrl(),
            password(stack),
            Integer.toString(WARM_UP),
            Integer.toString(WARM_UP + MESSAGES))) {
      child.await("READY", LIMIT);
      return sample(
          child,
          publishers,
          () -> child.await("COUNT " + WARM_UP, LIMIT),
          () -> child.await("COUNT " + (WARM_UP + MESSAGES), LIMIT));
    }
  }

  private Sample ingest(Stack stack, Publishers publishers) throws Exception {
    Map<String, String> environment =
        Map.of(
            "GATEHOUSE_KAFKA_BOOTSTRAP", stack.kafkaBootstrap(),
            "GATEHOUSE_MQTT_URL", stack.mqttUrl(),
            "GATEHOUSE_MQTT_PASSWORD_FILE", password(stack),
            "GATEHOUSE_INGEST_METRICS_PORT", "0",
            // The limit protects from a device gone wild; here a device speaks for thousands.
            "GATEHOUSE_INGEST_RATE_PER_SECOND", "1000000");
    try (Child child =
            Child.start(
                folder,
                Child.classPath(Home.find().path(), "ingest"),
                "gatehouse.ingest.IngestMain",
                HEAP_MEGABYTES,
                environment);
        Offsets events = new Offsets(stack.kafkaBootstrap(), Topic.EVENTS.topicName())) {
      child.await("READY", LIMIT);
      long before = events.total();
      return sample(
          child,
          publishers,
          () -> events.await(before + WARM_UP, LIMIT),
          () -> events.await(before + WARM_UP + MESSAGES, LIMIT));
    }
  }

  /** Waits for something. */
  private interface Arrival {
    void await() throws Exception;
  }

  private Sample sample(Child child, Publishers publishers, Arrival warm, Arrival done)
      throws Exception {
    round++;
    Traffic traffic =
        new Traffic(
            List.of(COMMUNITY),
            Instant.now().minusSeconds(60),
            Duration.ofMillis(1),
            "round-" + round);
    List<Publishers.Message> messages = new ArrayList<>();
    for (int i = 0; i < WARM_UP + MESSAGES; i++) {
      DeviceEvent event = traffic.event(i);
      messages.add(
          Publishers.Message.of(
              "gatehouse/v1/" + event.community() + "/" + event.device() + "/event",
              DeviceMessage.encode(event)));
    }
    publishers.publish(messages.subList(0, WARM_UP));
    warm.await();
    Duration cpuBefore = child.cpu();
    long start = System.nanoTime();
    publishers.publish(messages.subList(WARM_UP, messages.size()));
    done.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuMicros = child.cpu().minus(cpuBefore).toNanos() / 1e3;
    return new Sample(MESSAGES / seconds, cpuMicros / MESSAGES);
  }

  private static String password(Stack stack) {
    return stack.secrets().mqttPassword(Secrets.INGEST_USER).toString();
  }
}
