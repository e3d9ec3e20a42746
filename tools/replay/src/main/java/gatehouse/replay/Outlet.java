package gatehouse.replay;

import gatehouse.alert.Alert;
import gatehouse.event.DeviceEvent;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.DeviceMessage;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Progress;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what comes out of the pipeline: accepted events, refused ones, alerts, and how far event
 * time has come. A thread of its own; everything it learned may be asked for from other threads.
 */
public final class Outlet implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Arrivals arrivals;
  private final Thread thread = new Thread(this::run, "replay-outlet");
  private final Map<String, Alert> alerts = new HashMap<>();
  private final Map<String, Map<Integer, Progress>> progress = new HashMap<>();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private final Map<String, Integer> modelFailures = new TreeMap<>();
  private final AtomicInteger late = new AtomicInteger();
  private final CountDownLatch allAlerts = new CountDownLatch(1);
  private volatile boolean closing;
  private volatile boolean finishing;
  private @Nullable RuntimeException failure;
  private @Nullable Map<TopicPartition, Long> alertEnds;

  /** Told of every event that came out of the intake. Called by the outlet's thread. */
  public interface Arrivals {

    /** The intake published the event. */
    void accepted(String eventId);

    /** The intake refused the event. */
    void refused(String eventId, String reason);
  }

  /**
   * Reads the topics of this Kafka from their first records on.
   *
   * @param bootstrap Kafka's address
   */
  public Outlet(String bootstrap, Arrivals arrivals) {
    this.arrivals = arrivals;
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Arrays.asList(Topic.EVENTS, Topic.DEAD_LETTERS, Topic.LATE, Topic.ALERTS, Topic.PROGRESS)
            .stream()
            .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.setDaemon(true);
  }

  /** Begins to read. */
  public Outlet start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> read : consumer.poll(POLL)) {
          if (read.value() != null) {
            take(read);
          }
        }
        if (finishing && hasAllAlerts()) {
          allAlerts.countDown();
        }
      }
    } catch (WakeupException | InterruptException e) {
      closing = true;
    } catch (RuntimeException e) {
      fail(e);
    } finally {
      consumer.close();
    }
  }

  /** Whether every alert was read that was there when this was asked first. */
  private boolean hasAllAlerts() {
    if (alertEnds == null) {
      alertEnds =
          consumer.endOffsets(
              consumer.assignment().stream()
                  .filter(partition -> partition.topic().equals(Topic.ALERTS.topicName()))
                  .toList());
    }
    return alertEnds.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Waits until every alert was read that is in Kafka at this moment. */
  public void awaitAllAlerts() throws InterruptedException {
    finishing = true;
    while (!allAlerts.await(1, TimeUnit.SECONDS)) {
      check();
    }
  }

  private synchronized void fail(RuntimeException e) {
    failure = e;
  }

  /** Throws what ended the reading, if something did. */
  public synchronized void check() {
    if (failure != null) {
      throw new IllegalStateException("Reading the pipeline's results failed.", failure);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> read) {
    try {
      if (read.topic().equals(Topic.EVENTS.topicName())) {
        if (FactCodec.decode(read.value()) instanceof DeviceEvent event) {
          arrivals.accepted(event.id());
        }
      } else if (read.topic().equals(Topic.DEAD_LETTERS.topicName())) {
        refused(RecordCodec.of(DeadLetter.class).decode(read.value()));
      } else if (read.topic().equals(Topic.LATE.topicName())) {
        late.incrementAndGet();
      } else if (read.topic().equals(Topic.ALERTS.topicName())) {
        revised(RecordCodec.of(Alert.class).decode(read.value()));
      } else {
        moved(RecordCodec.of(Progress.class).decode(read.value()));
      }
    } catch (WireException e) {
      throw new IllegalStateException(
          "A record of topic " + read.topic() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void refused(DeadLetter letter) {
    if (!letter.stage().equals("ingest")) {
      synchronized (this) {
        modelFailures.merge(letter.stage() + ": " + letter.reason(), 1, Integer::sum);
      }
      return;
    }
    synchronized (this) {
      refusals.merge(letter.reason(), 1, Integer::sum);
    }
    try {
      byte[] message = Base64.getDecoder().decode(letter.payload());
      arrivals.refused(DeviceMessage.decode(message).event().id(), letter.reason());
    } catch (WireException | IllegalArgumentException e) {
      // Not one of ours: all that the replay sends can be read.
      return;
    }
  }

  private synchronized void revised(Alert alert) {
    alerts.merge(
        alert.id(), alert, (old, fresh) -> fresh.revision() >= old.revision() ? fresh : old);
  }

  private synchronized void moved(Progress report) {
    progress
        .computeIfAbsent(report.job(), job -> new TreeMap<>())
        .merge(
            report.subtask(),
            report,
            (old, fresh) -> fresh.watermark().isBefore(old.watermark()) ? old : fresh);
  }

  /** The newest revision of every alert. */
  public synchronized List<Alert> alerts() {
    return new ArrayList<>(alerts.values());
  }

  /** How many alerts there are so far. */
  public synchronized int alertCount() {
    return alerts.size();
  }

  /** How often each reason for refusing occurred. */
  synchronized Map<String, Integer> refusals() {
    return new TreeMap<>(refusals);
  }

  /** How often a model failed, by model and reason. */
  public synchronized Map<String, Integer> modelFailures() {
    return new TreeMap<>(modelFailures);
  }

  /** How many events came behind the watermark. */
  public int lateCount() {
    return late.get();
  }

  /** Whether every subtask of every job that reports has come to this event time. */
  public synchronized boolean hasReached(Instant time) {
    return !progress.isEmpty()
        && progress.values().stream()
            .allMatch(
                subtasks ->
                    subtasks.values().stream()
                        .allMatch(
                            report ->
                                subtasks.size() >= report.parallelism()
                                    && !report.watermark().isBefore(time)));
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
