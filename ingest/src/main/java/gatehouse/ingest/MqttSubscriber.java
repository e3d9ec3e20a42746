package gatehouse.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the shared subscription. Two threads: one keeps a connection up and watches it, one
 * hands the messages to the intake, so that Paho's own threads are never held up and go on
 * answering pings.
 *
 * <p>Back-pressure: the broker sends at most {@link #WINDOW} messages ahead of our
 * acknowledgements, which go out only when Kafka has the message. Paho's automatic reconnect is not
 * used: its back-off is shared by all clients of a JVM, and most of them stay away.
 */
final class MqttSubscriber implements AutoCloseable {

  /**
   * Messages the broker sends ahead of acknowledgements. More would not be faster, and would make
   * HiveMQ slow when a client goes: it looks for each unacknowledged message from the head of the
   * shared queue, which with a window of 1000 kept a reconnecting client waiting for over 10 s.
   */
  static final int WINDOW = 200;

  private static final Logger log = LoggerFactory.getLogger(MqttSubscriber.class);
  private static final Duration SESSION = Duration.ofDays(7);
  private static final long TICK_MILLIS = 500;
  private static final int CONNECT_SECONDS = 10;
  private static final int LARGEST_PACKET = 1 << 20;

  private final IngestConfig config;
  private final String clientId;
  private final Patience patience;
  private final Intake intake;
  private final BooleanSupplier kafkaStalled;
  private final BackOff backOff = new BackOff(ThreadLocalRandom.current());
  private final BlockingQueue<MqttConnection.Delivery> inbox = new LinkedBlockingQueue<>();
  private final Thread keeper;
  private final Thread worker;
  private volatile @Nullable MqttConnection connection;
  private volatile boolean stopping;
  private volatile boolean subscribed;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile long kafkaWorksSince = System.nanoTime();

  /** Why a connection is not used any more. */
  private enum End {
    LOST,
    /** Nothing came on it for long; maybe for no other reason than that nothing happens. */
    RENEWED
  }

  MqttSubscriber(
      IngestConfig config,
      int number,
      Patience patience,
      Intake intake,
      BooleanSupplier kafkaStalled) {
    this.config = config;
    this.clientId = config.mqttUsername() + '-' + config.instance() + '-' + number;
    this.patience = patience;
    this.intake = intake;
    this.kafkaStalled = kafkaStalled;
    this.keeper = new Thread(this::keepConnected, "mqtt-" + number);
    this.worker = new Thread(this::work, "intake-" + number);
  }

  MqttSubscriber start() {
    keeper.start();
    worker.start();
    return this;
  }

  boolean isSubscribed() {
    return subscribed;
  }

  /** How often a connection was made after the first, renewals of quiet ones included. */
  int reconnects() {
    return Math.max(0, connections.get() - 1);
  }

  private void keepConnected() {
    try {
      intake.interrupted();
      while (!stopping) {
        try {
          if (useOneConnection() == End.RENEWED) {
            continue;
          }
        } catch (MqttException e) {
          log.warn("{} cannot use the MQTT broker: {}", clientId, reason(e));
        }
        subscribed = false;
        intake.interrupted();
        if (!stopping) {
          Thread.sleep(backOff.next().toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reason(MqttException e) {
    return e.getCause() == null ? "code " + e.getReasonCode() : e.getCause().toString();
  }

  private End useOneConnection() throws MqttException, InterruptedException {
    MqttConnection fresh =
        MqttConnection.open(config.mqttUrl(), clientId, options(), this::deliver);
    connection = fresh;
    if (!subscribed) {
      log.info("{} takes messages", clientId);
    }
    subscribed = true;
    connections.incrementAndGet();
    try {
      return watch(fresh);
    } finally {
      backOff.lasted(Duration.ofNanos(fresh.ageNanos()));
      if (!stopping) {
        fresh.close();
        inbox.removeIf(delivery -> !delivery.isCurrent());
      }
    }
  }

  private End watch(MqttConnection watched) throws InterruptedException {
    while (!stopping && !watched.awaitLoss(TICK_MILLIS)) {
      if (kafkaStalled.getAsBoolean()) {
        kafkaWorksSince = System.nanoTime();
        intake.interrupted();
      }
      long working = System.nanoTime() - kafkaWorksSince;
      if (watched.probedNanos() > patience.probeLimit().toNanos()) {
        watched.giveUp("no sign of life");
      } else if (Math.min(watched.oldestNanos(), working) > patience.stuckLimit().toNanos()) {
        watched.giveUp("messages are stuck");
      } else if (watched.quietNanos() > patience.renewAfter().toNanos()) {
        return End.RENEWED;
      } else if (watched.probedNanos() == 0
          && watched.silentNanos() > patience.probeAfter().toNanos()) {
        watched.probe();
      }
    }
    return End.LOST;
  }

  /** Called on Paho's thread: returns at once. */
  private void deliver(MqttConnection.Delivery delivery) {
    if (!delivery.isAcknowledged() && inbox.size() >= WINDOW) {
      intake.drop(delivery.arrival());
    } else {
      inbox.add(delivery);
    }
  }

  private void work() {
    try {
      while (!stopping) {
        MqttConnection.Delivery delivery = inbox.take();
        if (delivery.isCurrent()) {
          intake.accept(delivery.arrival());
        }
        if (inbox.isEmpty()) {
          intake.idle();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(config.mqttUsername());
    options.setPassword(config.mqttPassword().revealText().getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    options.setCleanStart(false);
    options.setSessionExpiryInterval(SESSION.toSeconds());
    options.setReceiveMaximum(WINDOW);
    options.setMaximumPacketSize((long) LARGEST_PACKET);
    options.setKeepAliveInterval((int) patience.keepAlive().toSeconds());
    options.setConnectionTimeout(CONNECT_SECONDS);
    return options;
  }

  /** Takes no more messages. What came and was not looked at the broker delivers again. */
  void stopTaking() {
    stopping = true;
    worker.interrupt();
    keeper.interrupt();
    join(worker);
    join(keeper);
  }

  /** Sends the last acknowledgements and disconnects; the session stays for the next start. */
  @Override
  public void close() {
    stopTaking();
    MqttConnection last = connection;
    if (last != null) {
      last.closeGracefully();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(CONNECT_SECONDS).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
