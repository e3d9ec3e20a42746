package gatehouse.ingest;

import gatehouse.ingest.decode.DecoderCatalogue;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole intake of one process, put together. */
final class Ingest implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Ingest.class);
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_MILLIS = 20;

  private final IngestConfig config;
  private final Ledger ledger = new Ledger();
  private final IngestMetrics metrics = new IngestMetrics(ledger);
  private final Senders senders;
  private final KnownDevices devices;
  private final KafkaEventPublisher publisher;
  private final DeadLetters deadLetters;
  private final Intake intake;
  private final List<MqttSubscriber> subscribers;
  private final StatusServer status;
  private final Thread starter = new Thread(this::subscribeWhenReady, "start");
  private volatile boolean closing;
  private volatile boolean subscribing;

  private Ingest(IngestConfig config, Limits limits, InstantSource clock, Patience patience)
      throws IOException {
    this.config = config;
    this.senders = new Senders(limits);
    this.devices = new KnownDevices(config.kafkaBootstrap());
    this.publisher = new KafkaEventPublisher(config.kafkaBootstrap(), config.instance());
    this.deadLetters = new DeadLetters(publisher, clock);
    this.intake =
        new Intake(
            limits,
            devices,
            DecoderCatalogue.known(),
            senders,
            publisher,
            deadLetters,
            metrics,
            ledger,
            clock,
            config.clients() * MqttSubscriber.WINDOW);
    this.subscribers =
        IntStream.range(0, config.clients())
            .mapToObj(
                number ->
                    new MqttSubscriber(config, number, patience, intake, publisher::isStalled))
            .toList();
    metrics.gauge("known.devices", "Devices in the registry.", devices, KnownDevices::size);
    metrics.count(
        "dead.letters.counted",
        "Refused messages beyond what is kept: counted, without their payload.",
        deadLetters,
        DeadLetters::counted);
    metrics.gauge("ready", "1 if messages are taken.", this, self -> self.isReady() ? 1 : 0);
    metrics.gauge(
        "reconnects",
        "MQTT connections made after the first ones.",
        subscribers,
        all -> all.stream().mapToInt(MqttSubscriber::reconnects).sum());
    this.status =
        new StatusServer(config.metricsBind(), config.metricsPort(), metrics, this::obstacles);
  }

  /** Starts; messages are taken as soon as Kafka and the broker are there. */
  static Ingest start(IngestConfig config) throws IOException {
    return start(config, config.limits(), InstantSource.system(), Patience.USUAL);
  }

  static Ingest start(IngestConfig config, Limits limits, InstantSource clock, Patience patience)
      throws IOException {
    Ingest ingest = new Ingest(config, limits, clock, patience);
    ingest.devices.start();
    ingest.starter.start();
    return ingest;
  }

  /** The port of the metrics and health server. */
  int statusPort() {
    return status.port();
  }

  /** The counters of this moment. */
  Ledger.Balance balance() {
    return ledger.balance();
  }

  boolean isReady() {
    return obstacles().isEmpty();
  }

  /** What keeps it from taking messages. */
  List<String> obstacles() {
    List<String> obstacles = new ArrayList<>();
    if (closing) {
      obstacles.add("stopping");
    }
    if (!devices.isComplete()) {
      obstacles.add("the registry is not read yet");
    } else if (!devices.isReachable() || publisher.isStalled()) {
      obstacles.add("Kafka does not answer");
    }
    if (!subscribing || subscribers.stream().noneMatch(MqttSubscriber::isSubscribed)) {
      obstacles.add("not subscribed at the MQTT broker");
    }
    return obstacles;
  }

  /** Nothing is taken before the registry is known and what is in Kafka is recalled. */
  private void subscribeWhenReady() {
    try {
      while (!closing && !(devices.isComplete() && recalls())) {
        Thread.sleep(LOOK_MILLIS);
      }
      synchronized (this) {
        if (!closing) {
          subscribers.forEach(MqttSubscriber::start);
          subscribing = true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean recalls() {
    try {
      publisher.warmUp();
      int recalled = RecentEvents.recall(config.kafkaBootstrap(), senders);
      log.info("{} recent events are recalled", recalled);
      return true;
    } catch (InterruptException e) {
      return false;
    } catch (KafkaException e) {
      log.warn("Recent events cannot be read from Kafka, trying again: {}", e.toString());
      return false;
    }
  }

  /** Takes no more messages, brings those in hand to an end, and stops. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
    }
    starter.interrupt();
    subscribers.forEach(MqttSubscriber::stopTaking);
    drain();
    deadLetters.close();
    subscribers.forEach(MqttSubscriber::close);
    intake.close();
    publisher.close();
    devices.close();
    status.close();
    Ledger.Balance balance = ledger.balance();
    log.info(
        "Stopped: {} received, {} published, {} rejected, {} duplicates, {} in hand",
        balance.received(),
        balance.published(),
        balance.rejected(),
        balance.duplicates(),
        balance.inFlight());
  }

  private void drain() {
    long start = System.nanoTime();
    try {
      while (!intake.isDrained() && System.nanoTime() - start < DRAIN_NANOS) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
