package gatehouse.ingest;

import gatehouse.wire.DeadLetter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is refused to Kafka. It is kept as it came, ready to be sent again, within a budget
 * of bytes: of each device, so that one that babbles costs no more, and of all together, so that
 * many names do not cost more either. What exceeds that is written as one record with a count, when
 * there is nothing else to do, after a tenth of a second, or when there are 256 of a kind,
 * whichever is first. Either way the answer comes only when Kafka has the record.
 *
 * <p>The record's header {@code count} says how many messages it stands for: the sum over the topic
 * is at least the number of refused ones. One that was counted has no payload.
 */
final class DeadLetters implements AutoCloseable {

  static final String STAGE = "ingest";

  /** Bytes kept of one device: at once, and again in every minute. */
  static final int KEPT_OF_DEVICE = 256 * 1024;

  /** The same of all devices. */
  static final int KEPT_OF_ALL = 4 * 1024 * 1024;

  /** What a record costs besides its payload. */
  private static final int RECORD = 256;

  private static final double SECONDS = 60;
  private static final int MOST_TOGETHER = 256;
  private static final long TOGETHER_MILLIS = 100;
  private static final int MOST_DEVICES = 10_000;

  /** How much of an oversized message is kept. */
  private static final int SAMPLE = 4096;

  private final KafkaEventPublisher publisher;
  private final InstantSource clock;
  private final AtomicLong counted = new AtomicLong();
  private final TokenBucket ofAll = minutely(KEPT_OF_ALL);
  private final Map<Kind, Tally> tallies = new HashMap<>();
  private final Map<DeviceId, TokenBucket> budgets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DeviceId, TokenBucket> eldest) {
          return size() > MOST_DEVICES;
        }
      };
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "dead-letters");
            thread.setDaemon(true);
            return thread;
          });

  /** What is counted together. */
  private record Kind(DeviceId sender, Rejection reason) {}

  /** What waits to be written as one record. */
  private static final class Tally {
    private final String source;
    private final List<KafkaEventPublisher.Answer> answers = new ArrayList<>();

    private Tally(String source) {
      this.source = source;
    }
  }

  DeadLetters(KafkaEventPublisher publisher, InstantSource clock) {
    this.publisher = publisher;
    this.clock = clock;
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            this::writeTallies, TOGETHER_MILLIS, TOGETHER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Writes the message, or counts it; {@code answer} comes when Kafka has the one or the other. */
  void write(Arrival arrival, DeviceId sender, Refused refused, KafkaEventPublisher.Answer answer) {
    Kind kind = new Kind(sender, refused.reason());
    Tally full = null;
    synchronized (this) {
      if (!isAffordable(sender, arrival.payload().length)) {
        counted.incrementAndGet();
        Tally tally = tallies.computeIfAbsent(kind, fresh -> new Tally(arrival.topic()));
        tally.answers.add(answer);
        if (tally.answers.size() < MOST_TOGETHER) {
          return;
        }
        full = tallies.remove(kind);
      }
    }
    if (full == null) {
      publisher.publish(letter(arrival, sender, refused), 1, answer);
    } else {
      writeTally(kind, full);
    }
  }

  private boolean isAffordable(DeviceId sender, int payload) {
    double cost = RECORD + (payload > Limits.PAYLOAD ? SAMPLE : payload);
    long now = System.nanoTime();
    return budgets.computeIfAbsent(sender, fresh -> minutely(KEPT_OF_DEVICE)).take(cost, now)
        && ofAll.take(cost, now);
  }

  private static TokenBucket minutely(int bytes) {
    return new TokenBucket(bytes / SECONDS, bytes, System.nanoTime());
  }

  /** How many were counted and not kept. */
  long counted() {
    return counted.get();
  }

  /** Writes what was counted so far. */
  void writeTallies() {
    Map<Kind, Tally> due;
    synchronized (this) {
      if (tallies.isEmpty()) {
        return;
      }
      due = new HashMap<>(tallies);
      tallies.clear();
    }
    due.forEach(this::writeTally);
  }

  private void writeTally(Kind kind, Tally tally) {
    int count = tally.answers.size();
    DeadLetter letter =
        new DeadLetter(
            STAGE,
            kind.reason().name(),
            count
                + " more messages were refused for this reason; beyond what is kept of a device"
                + " in a minute they are counted, not kept.",
            kind.sender().community(),
            kind.sender().device(),
            tally.source,
            clock.instant(),
            "");
    publisher.publish(letter, count, failure -> answerAll(tally, failure));
  }

  private static void answerAll(Tally tally, @Nullable Exception failure) {
    tally.answers.forEach(answer -> answer.came(failure));
  }

  private DeadLetter letter(Arrival arrival, DeviceId sender, Refused refused) {
    byte[] payload = arrival.payload();
    String detail = refused.detail();
    if (payload.length > Limits.PAYLOAD) {
      detail += " Of its " + payload.length + " bytes the first " + SAMPLE + " are kept.";
      payload = Arrays.copyOf(payload, SAMPLE);
    }
    byte[] kept = SensitiveFields.cut(payload);
    if (kept.length == 0 && payload.length > 0) {
      detail += " It names a sensitive field and is withheld.";
    }
    return new DeadLetter(
        STAGE,
        refused.reason().name(),
        detail,
        sender.community(),
        sender.device(),
        arrival.topic(),
        clock.instant(),
        Base64.getEncoder().encodeToString(kept));
  }

  /** Writes what was counted so far. */
  @Override
  public void close() {
    timer.shutdownNow();
    writeTallies();
  }
}
