package gatehouse.ingest;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.ingest.decode.Decoder;
import gatehouse.ingest.decode.DecoderCatalogue;
import gatehouse.ingest.decode.UnreadableException;
import gatehouse.site.Device;
import gatehouse.site.Place;
import gatehouse.wire.DeviceMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges every message: it is published, rejected with a reason, recognised as a duplicate, or
 * given back to the broker; never anything else, and each exactly once.
 *
 * <p>Duplicates are recognised by (boot, seq) and by id among the last {@value Recall#MOST} events
 * of a device; {@link RecentEvents} fills that memory at the start. A copy of an event that is
 * still on its way to Kafka shares its fate.
 */
final class Intake implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  /** The registry may be a moment behind a device that has just been added. */
  private static final Duration SECOND_LOOK = Duration.ofMillis(300);

  private static final int MOST_SECOND_LOOKS = 100;

  private final Limits limits;
  private final KnownDevices devices;
  private final DecoderCatalogue decoders;
  private final Senders senders;
  private final ClockCheck clockCheck;
  private final KafkaEventPublisher publisher;
  private final DeadLetters deadLetters;
  private final IngestMetrics metrics;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Semaphore room;
  private final AtomicInteger secondLooks = new AtomicInteger();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "second-look");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Takes messages from now on.
   *
   * @param mostInFlight messages in hand at one time; {@link #accept} waits beyond that
   */
  Intake(
      Limits limits,
      KnownDevices devices,
      DecoderCatalogue decoders,
      Senders senders,
      KafkaEventPublisher publisher,
      DeadLetters deadLetters,
      IngestMetrics metrics,
      Ledger ledger,
      InstantSource clock,
      int mostInFlight) {
    this.limits = limits;
    this.devices = devices;
    this.decoders = decoders;
    this.senders = senders;
    this.clockCheck = new ClockCheck(limits);
    this.publisher = publisher;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.ledger = ledger;
    this.clock = clock;
    this.room = new Semaphore(mostInFlight);
  }

  /** Judges a message. Blocks while too many are in hand. */
  void accept(Arrival arrival) throws InterruptedException {
    room.acquire();
    ledger.received(arrival);
    take(arrival, true);
  }

  /** Counts a message that there is no room for. Only QoS 0 allows that. */
  void drop(Arrival arrival) {
    ledger.received(arrival);
    ledger.rejected(arrival, Rejection.OVERLOAD);
  }

  /** Nothing is there to be taken at the moment: what was put together need not wait for more. */
  void idle() {
    deadLetters.writeTallies();
  }

  /** Messages may have waited for us: those that are late prove nothing about clocks. */
  void interrupted() {
    clockCheck.interrupted();
  }

  private void take(Arrival arrival, boolean firstLook) {
    DeviceId sender = DeviceId.ofTopic(arrival.topic());
    try {
      if (sender == null) {
        throw new Refused(Rejection.BAD_TOPIC);
      }
      if (firstLook && devices.find(sender) == null && looksAgain(arrival)) {
        return;
      }
      DeviceEvent event = judge(arrival, sender);
      Sender memory = senders.of(sender);
      Fingerprint fingerprint = Fingerprint.of(event);
      Sender.Answer answer =
          memory.ask(fingerprint, event.origin().buffered(), arrival, System.nanoTime());
      if (answer instanceof Sender.Answer.Publish leaving) {
        publish(arrival, memory, leaving.event(), event);
      } else if (answer instanceof Sender.Answer.Duplicate) {
        duplicate(arrival);
      } else if (answer instanceof Sender.Answer.Refuse refuse) {
        throw new Refused(refuse.reason());
      }
    } catch (Refused refused) {
      reject(arrival, sender == null ? DeviceId.NOBODY : sender, refused);
    } catch (RuntimeException e) {
      // The message of the exception could quote the payload, its class and stack cannot.
      log.error("The intake failed on a message: {} at {}", e.getClass(), e.getStackTrace());
      reject(
          arrival, sender == null ? DeviceId.NOBODY : sender, new Refused(Rejection.INTAKE_FAILED));
    }
  }

  private DeviceEvent judge(Arrival arrival, DeviceId sender) throws Refused {
    long start = System.nanoTime();
    if (arrival.payload().length > Limits.PAYLOAD) {
      throw new Refused(Rejection.TOO_LARGE);
    }
    Device device = registered(sender);
    DeviceMessage message = decode(arrival, device);
    metrics.decoded(System.nanoTime() - start);
    requireIdentity(message.source(), sender);
    countSkipped(message.skipped());
    Instant now = clock.instant();
    Origin sent = message.event().origin();
    ClockQuality quality = clockCheck.judge(sent.time(), sent.buffered(), now);
    if (limits.clockCheck() && !sent.buffered()) {
      metrics.skew(Duration.between(now, sent.time()).abs());
    }
    Origin origin =
        new Origin(
            sent.id(),
            sender.community(),
            sender.device(),
            Place.of(device.place()),
            sent.time(),
            now,
            sent.boot(),
            sent.seq(),
            sent.buffered(),
            quality);
    return Completion.complete(message.event().withOrigin(origin), device.side());
  }

  private Device registered(DeviceId sender) throws Refused {
    Device device = devices.find(sender);
    if (device == null) {
      throw new Refused(Rejection.UNKNOWN_DEVICE);
    }
    if (!device.active()) {
      throw new Refused(Rejection.REVOKED_DEVICE);
    }
    return device;
  }

  private DeviceMessage decode(Arrival arrival, Device device) throws Refused {
    Decoder decoder = decoders.find(arrival.contentType());
    if (decoder == null) {
      throw new Refused(Rejection.UNKNOWN_FORMAT);
    }
    try {
      return decoder.decode(arrival.payload());
    } catch (UnreadableException e) {
      Rejection reason =
          switch (e.kind()) {
            case SYNTAX -> Rejection.MALFORMED;
            case SCHEMA -> Rejection.WRONG_SCHEMA;
            case TEXT -> Rejection.BAD_TEXT;
          };
      if (reason == Rejection.WRONG_SCHEMA) {
        metrics.drifted(device.kind());
      }
      throw new Refused(reason, String.valueOf(e.getMessage()));
    }
  }

  /**
   * A message may name no sender, or something that is no device of ours. One that names another
   * device is refused: either it is misdirected or somebody pretends.
   */
  private void requireIdentity(String source, DeviceId sender) throws Refused {
    DeviceId claimed = sender.claimedBy(source);
    if (claimed == null || claimed.equals(sender)) {
      return;
    }
    boolean single = source.indexOf('/') < 0;
    if (!single || devices.find(claimed) != null) {
      metrics.impersonated();
      throw new Refused(Rejection.IDENTITY_MISMATCH);
    }
  }

  private void countSkipped(List<String> skipped) {
    for (String field : skipped) {
      String sensitive = SensitiveFields.classOf(field);
      if (sensitive == null) {
        metrics.skippedField();
      } else {
        metrics.strippedField(sensitive);
      }
    }
  }

  private void publish(Arrival arrival, Sender memory, Sender.OnItsWay leaving, DeviceEvent event) {
    long start = System.nanoTime();
    publisher.publish(
        event,
        failure -> {
          metrics.acknowledged(System.nanoTime() - start);
          if (failure == null) {
            List<Arrival> copies = memory.arrived(leaving);
            ledger.published(arrival);
            finish(arrival);
            copies.forEach(this::duplicate);
          } else {
            memory.failed(leaving).forEach(this::giveBack);
            unpublished(arrival, event, failure);
          }
        });
  }

  private void unpublished(Arrival arrival, DeviceEvent event, Exception failure) {
    if (failure instanceof RecordTooLargeException || failure instanceof InvalidRecordException) {
      // Kafka will never take it, so it must not come again and again.
      reject(
          arrival,
          new DeviceId(event.community(), event.device()),
          new Refused(Rejection.INTAKE_FAILED, "Kafka refuses it: " + failure.getClass()));
    } else {
      giveBack(arrival);
    }
  }

  private void reject(Arrival arrival, DeviceId sender, Refused refused) {
    deadLetters.write(
        arrival,
        sender,
        refused,
        failure -> {
          if (failure == null) {
            ledger.rejected(arrival, refused.reason());
            finish(arrival);
          } else {
            giveBack(arrival);
          }
        });
  }

  private void duplicate(Arrival arrival) {
    ledger.duplicate(arrival);
    finish(arrival);
  }

  private void finish(Arrival arrival) {
    room.release();
    arrival.receipt().done();
  }

  private void giveBack(Arrival arrival) {
    ledger.returned(arrival);
    room.release();
    arrival.receipt().giveBack();
  }

  private boolean looksAgain(Arrival arrival) {
    if (secondLooks.incrementAndGet() > MOST_SECOND_LOOKS) {
      secondLooks.decrementAndGet();
      return false;
    }
    ScheduledFuture<?> unused =
        later.schedule(() -> lookAgain(arrival), SECOND_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return true;
  }

  private void lookAgain(Arrival arrival) {
    secondLooks.decrementAndGet();
    take(arrival, false);
  }

  /** Whether nothing is in hand. */
  boolean isDrained() {
    return ledger.balance().inFlight() == 0;
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
