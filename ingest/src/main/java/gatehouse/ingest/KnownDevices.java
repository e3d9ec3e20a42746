package gatehouse.ingest;

import gatehouse.fact.Fact;
import gatehouse.site.Device;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of the registry, read from the facts topic from its beginning and followed from then
 * on. Nothing is judged before the view is complete, or a restart would refuse everybody.
 */
final class KnownDevices implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KnownDevices.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE_MILLIS = 500;

  private final Map<DeviceId, Device> devices = new ConcurrentHashMap<>();
  private final Map<String, DeviceId> byRecordKey = new HashMap<>();
  private final String bootstrap;
  private final Thread thread;
  private @Nullable KafkaConsumer<String, byte[]> consumer;
  private volatile boolean complete;
  private volatile boolean reachable;
  private volatile boolean stopping;

  KnownDevices(String bootstrap) {
    this.bootstrap = bootstrap;
    this.thread = new Thread(this::run, "known-devices");
    thread.setDaemon(true);
  }

  KnownDevices start() {
    thread.start();
    return this;
  }

  /** The device as registered, also if it has been taken away; null if it is not known. */
  @Nullable Device find(DeviceId id) {
    return devices.get(id);
  }

  int size() {
    return devices.size();
  }

  /** Whether everything has been read that was there at the start. */
  boolean isComplete() {
    return complete;
  }

  /** Whether Kafka answered when it was last asked, which is every two seconds. */
  boolean isReachable() {
    return reachable;
  }

  private void run() {
    while (!stopping) {
      try (KafkaConsumer<String, byte[]> fresh = open()) {
        follow(fresh);
      } catch (WakeupException e) {
        return;
      } catch (KafkaException e) {
        reachable = false;
        log.warn("The registry cannot be read from Kafka, trying again: {}", e.toString());
        pause();
      }
    }
  }

  private synchronized KafkaConsumer<String, byte[]> open() {
    KafkaConsumer<String, byte[]> fresh =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "auto.offset.reset",
                "earliest",
                "reconnect.backoff.max.ms",
                "2000"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer = fresh;
    return fresh;
  }

  private void follow(KafkaConsumer<String, byte[]> from) {
    List<TopicPartition> partitions = partitions(from);
    if (partitions.isEmpty()) {
      log.info("Waiting for the topic {}", Topic.FACTS.topicName());
      pause();
      return;
    }
    from.assign(partitions);
    from.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = from.endOffsets(partitions);
    reachable = true;
    long askedAt = System.nanoTime();
    while (!stopping) {
      from.poll(POLL).forEach(this::take);
      if (!complete && isRead(from, ends)) {
        complete = true;
        log.info("{} devices are registered", devices.size());
      }
      if (System.nanoTime() - askedAt > ASK_NANOS) {
        reachable = answers(from, partitions);
        askedAt = System.nanoTime();
      }
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> from) {
    return from.partitionsFor(Topic.FACTS.topicName(), ANSWER).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private static boolean isRead(
      KafkaConsumer<String, byte[]> from, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(end -> from.position(end.getKey()) >= end.getValue());
  }

  private static boolean answers(
      KafkaConsumer<String, byte[]> from, List<TopicPartition> partitions) {
    try {
      return from.endOffsets(partitions, ANSWER).size() == partitions.size();
    } catch (TimeoutException e) {
      return false;
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      DeviceId gone = byRecordKey.remove(String.valueOf(record.key()));
      if (gone != null) {
        devices.remove(gone);
      }
      return;
    }
    try {
      Fact fact = FactCodec.decode(record.value());
      if (fact instanceof Device device) {
        DeviceId id = new DeviceId(device.community(), device.id());
        byRecordKey.put(String.valueOf(record.key()), id);
        devices.merge(id, device, KnownDevices::newer);
      }
    } catch (WireException e) {
      log.warn(
          "Skipped a fact that cannot be read, {}-{}@{}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  private static Device newer(Device old, Device fresh) {
    return fresh.time().isBefore(old.time()) ? old : fresh;
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopping = true;
    synchronized (this) {
      if (consumer != null) {
        consumer.wakeup();
      }
    }
    try {
      thread.join(ANSWER.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
