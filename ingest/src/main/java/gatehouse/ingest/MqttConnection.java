package gatehouse.ingest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker, from connect to its end; a new one is a new object with a new Paho
 * client. A message knows the connection it came on, so an acknowledgement that comes late can
 * never hit another message that got the same packet id on a later connection.
 *
 * <p>Acknowledgements go out in the order in which the messages came, as MQTT demands.
 */
final class MqttConnection implements MqttCallback {

  static final String SUBSCRIPTION = "$share/ingest/gatehouse/v1/+/+/event";

  private static final Logger log = LoggerFactory.getLogger(MqttConnection.class);
  private static final long ANSWER_MILLIS = 10_000;
  private static final long FLUSH_MILLIS = 2_000;
  private static final int REFUSED = 0x80;

  private final MqttAsyncClient client;
  private final NoDelaySockets sockets;
  private final Consumer<Delivery> inbox;
  private final CountDownLatch lost = new CountDownLatch(1);
  private final Deque<Delivery> unacknowledged = new ArrayDeque<>();
  private final long since = System.nanoTime();
  private volatile long heardAt = since;
  private volatile long messageAt = since;
  private volatile long probedAt;

  /** A message of this connection. */
  final class Delivery implements Arrival.Receipt {
    private final Arrival arrival;
    private final int packet;
    private final int qos;
    private final long at = System.nanoTime();
    private boolean done;

    private Delivery(String topic, MqttMessage message) {
      MqttProperties properties = message.getProperties();
      String contentType = properties == null ? null : properties.getContentType();
      this.arrival =
          new Arrival(
              topic, Objects.requireNonNullElse(contentType, ""), message.getPayload(), this);
      this.packet = message.getId();
      this.qos = message.getQos();
    }

    Arrival arrival() {
      return arrival;
    }

    /** Whether the broker waits for its acknowledgement. */
    boolean isAcknowledged() {
      return qos > 0;
    }

    /** Whether it is still worth working on: later the broker delivers it again. */
    boolean isCurrent() {
      return !isLost();
    }

    @Override
    public void done() {
      settled(this);
    }

    @Override
    public void giveBack() {
      giveUp("a message could not be published");
    }
  }

  private MqttConnection(MqttAsyncClient client, NoDelaySockets sockets, Consumer<Delivery> inbox) {
    this.client = client;
    this.sockets = sockets;
    this.inbox = inbox;
  }

  /**
   * Connects and subscribes. Blocks for the broker's answers, so it must not be called on one of
   * the client's own threads.
   *
   * @param inbox gets each message, and must return at once
   */
  static MqttConnection open(
      String url, String clientId, MqttConnectionOptions options, Consumer<Delivery> inbox)
      throws MqttException {
    MqttAsyncClient client = new MqttAsyncClient(url, clientId, new MemoryPersistence());
    NoDelaySockets sockets = sockets(url, options);
    MqttConnection connection = new MqttConnection(client, sockets, inbox);
    client.setManualAcks(true);
    client.setCallback(connection);
    try {
      client.connect(options).waitForCompletion(ANSWER_MILLIS);
      IMqttToken subscribed = client.subscribe(SUBSCRIPTION, 1);
      subscribed.waitForCompletion(ANSWER_MILLIS);
      requireGranted(subscribed);
      return connection;
    } catch (MqttException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static NoDelaySockets sockets(String url, MqttConnectionOptions options) {
    if (url.startsWith("ssl:") && SSLSocketFactory.getDefault() instanceof SSLSocketFactory tls) {
      NoDelaySockets sockets = new NoDelaySockets(tls);
      options.setSocketFactory(new NoDelayTlsSockets(tls, sockets));
      return sockets;
    }
    NoDelaySockets sockets = new NoDelaySockets(SocketFactory.getDefault());
    options.setSocketFactory(sockets);
    return sockets;
  }

  private static void requireGranted(IMqttToken subscribed) throws MqttException {
    for (int code : subscribed.getReasonCodes()) {
      if (code >= REFUSED) {
        throw new MqttException(code);
      }
    }
  }

  /** Returns true when the connection is lost, false when the time is over. */
  boolean awaitLoss(long millis) throws InterruptedException {
    return lost.await(millis, TimeUnit.MILLISECONDS);
  }

  boolean isLost() {
    return lost.getCount() == 0;
  }

  /** Ends the connection, from any thread; whoever waits for its loss closes it. */
  void giveUp(String why) {
    if (!isLost()) {
      log.warn("Giving up an MQTT connection: {}", why);
      lost.countDown();
    }
  }

  /** How long it has been there. */
  long ageNanos() {
    return System.nanoTime() - since;
  }

  /** How long nothing has come, neither a message nor an answer to a probe. */
  long silentNanos() {
    return System.nanoTime() - heardAt;
  }

  /** How long no message has come. */
  long quietNanos() {
    return System.nanoTime() - messageAt;
  }

  /** How long a probe has waited for its answer; 0 if there is none. */
  long probedNanos() {
    long at = probedAt;
    return at == 0 ? 0 : System.nanoTime() - at;
  }

  /** How long the oldest message has waited to be acknowledged; 0 if none waits. */
  long oldestNanos() {
    synchronized (unacknowledged) {
      Delivery oldest = unacknowledged.peek();
      return oldest == null ? 0 : System.nanoTime() - oldest.at;
    }
  }

  /**
   * Asks for a sign of life by subscribing again, which changes nothing if the subscription is
   * there and mends it if not. The answer passes the same threads as messages do.
   */
  void probe() {
    probedAt = System.nanoTime();
    try {
      client.subscribe(SUBSCRIPTION, 1, null, new SignOfLife());
    } catch (MqttException e) {
      giveUp("it takes no more packets");
    }
  }

  private final class SignOfLife implements MqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      heardAt = System.nanoTime();
      probedAt = 0;
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      giveUp("the subscription was refused");
    }
  }

  private void settled(Delivery delivery) {
    synchronized (unacknowledged) {
      delivery.done = true;
      for (Delivery head = unacknowledged.peek();
          head != null && head.done;
          head = unacknowledged.peek()) {
        unacknowledged.remove();
        acknowledge(head);
      }
    }
  }

  private void acknowledge(Delivery delivery) {
    if (isLost()) {
      return;
    }
    try {
      client.messageArrivedComplete(delivery.packet, delivery.qos);
    } catch (MqttException e) {
      giveUp("an acknowledgement could not be sent");
    }
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    messageAt = System.nanoTime();
    heardAt = messageAt;
    Delivery delivery = new Delivery(topic, message);
    if (delivery.isAcknowledged()) {
      synchronized (unacknowledged) {
        unacknowledged.add(delivery);
      }
    }
    inbox.accept(delivery);
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    lost.countDown();
  }

  @Override
  public void mqttErrorOccurred(MqttException e) {
    giveUp("the client failed with code " + e.getReasonCode());
  }

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String server) {}

  @Override
  public void authPacketArrived(int reason, MqttProperties properties) {}

  /** Sends the acknowledgements that are due, says good-bye and ends. */
  void closeGracefully() {
    quietly(() -> client.disconnect(FLUSH_MILLIS).waitForCompletion(ANSWER_MILLIS));
    close();
  }

  /** Ends at once. What was not acknowledged the broker delivers again. */
  void close() {
    lost.countDown();
    sockets.closeAll();
    quietly(() -> client.disconnectForcibly(0, FLUSH_MILLIS, false));
    quietly(() -> client.close(true));
  }

  /** A step of taking the client down. */
  private interface Step {
    void take() throws MqttException;
  }

  /** Paho's client throws from these, even a NullPointerException, when it is half down already. */
  private static void quietly(Step step) {
    try {
      step.take();
    } catch (MqttException e) {
      log.debug("The client was not taken down: {}", e.getReasonCode());
    } catch (RuntimeException e) {
      log.debug("The client was half down already", e);
    }
  }
}
