package gatehouse.simulator.door;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device's connection to the broker: says online, leaves offline as its last will, keeps no
 * session, comes back by itself.
 */
final class DoorConnection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DoorConnection.class);
  private static final long TIMEOUT_MILLIS = 5_000;
  private static final long RETRY_MILLIS = 500;

  private final DoorSetup setup;
  private final String topics;
  private final ScheduledExecutorService executor;
  private final Consumer<MqttMessage> commands;
  private @Nullable MqttAsyncClient client;
  private boolean closed;

  DoorConnection(
      DoorSetup setup, ScheduledExecutorService executor, Consumer<MqttMessage> commands) {
    this.setup = setup;
    this.topics = "gatehouse/v1/" + setup.community() + "/" + setup.device();
    this.executor = executor;
    this.commands = commands;
  }

  /** Connects, or throws; later breaks are mended in the background. */
  synchronized void connect() throws MqttException {
    if (closed) {
      return;
    }
    // A new client for each connection: nothing of an old one can be sent again.
    MqttAsyncClient next =
        new MqttAsyncClient(
            setup.mqttUrl(), setup.community() + ":" + setup.device(), new MemoryPersistence());
    next.setCallback(new Callback());
    try {
      next.connect(options()).waitForCompletion(TIMEOUT_MILLIS);
      next.subscribe(topics + "/command", 1).waitForCompletion(TIMEOUT_MILLIS);
      MqttMessage online = new MqttMessage("online".getBytes(StandardCharsets.UTF_8));
      online.setQos(1);
      online.setRetained(true);
      next.publish(topics + "/status", online).waitForCompletion(TIMEOUT_MILLIS);
    } catch (MqttException e) {
      abandon(next);
      throw e;
    }
    client = next;
  }

  /** Sends to {@code event} or {@code ack}; while the connection is away the message is lost. */
  void publish(String channel, byte[] payload) {
    publish(channel, payload, "");
  }

  /** The same, saying what the payload is. */
  void publish(String channel, byte[] payload, String contentType) {
    MqttAsyncClient now;
    synchronized (this) {
      now = client;
    }
    if (now == null) {
      return;
    }
    try {
      MqttMessage message = new MqttMessage(payload);
      message.setQos(1);
      if (!contentType.isEmpty()) {
        MqttProperties properties = new MqttProperties();
        properties.setContentType(contentType);
        message.setProperties(properties);
      }
      IMqttToken unused = now.publish(topics + "/" + channel, message);
    } catch (MqttException e) {
      log.debug("Could not send to {}: {}", channel, e.getReasonCode());
    }
  }

  /** Breaks the connection without a good-bye, as a power cut does; it does not come back. */
  void cut() {
    MqttAsyncClient now;
    synchronized (this) {
      closed = true;
      now = client;
      client = null;
    }
    if (now != null) {
      abandon(now);
    }
  }

  @Override
  public void close() {
    MqttAsyncClient now;
    synchronized (this) {
      closed = true;
      now = client;
      client = null;
    }
    if (now == null) {
      return;
    }
    try {
      MqttMessage offline = new MqttMessage("offline".getBytes(StandardCharsets.UTF_8));
      offline.setQos(1);
      offline.setRetained(true);
      now.publish(topics + "/status", offline).waitForCompletion(TIMEOUT_MILLIS);
      now.disconnect().waitForCompletion(TIMEOUT_MILLIS);
      now.close();
    } catch (MqttException e) {
      abandon(now);
    }
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(setup.community() + "/" + setup.device());
    options.setPassword(setup.password().getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    options.setKeepAliveInterval(10);
    options.setConnectionTimeout((int) (TIMEOUT_MILLIS / 1000));
    MqttMessage will = new MqttMessage("offline".getBytes(StandardCharsets.UTF_8));
    will.setQos(1);
    will.setRetained(true);
    options.setWill(topics + "/status", will);
    if (setup.mqttUrl().startsWith("tcp:")) {
      options.setSocketFactory(new PromptSockets());
    }
    return options;
  }

  private void reconnect() {
    try {
      connect();
    } catch (MqttException e) {
      later();
    }
  }

  private void later() {
    if (!executor.isShutdown()) {
      ScheduledFuture<?> unused =
          executor.schedule(this::reconnect, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static void abandon(MqttAsyncClient client) {
    try {
      client.disconnectForcibly(0, 0, false);
    } catch (MqttException e) {
      log.debug("Already gone: {}", e.getReasonCode());
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      log.debug("Already closed: {}", e.getReasonCode());
    }
  }

  private final class Callback implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      executor.execute(() -> commands.accept(message));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      synchronized (DoorConnection.this) {
        if (closed || client == null) {
          return;
        }
        client = null;
      }
      later();
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      log.debug("MQTT error {}", exception.getReasonCode());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }

  /** Sockets that do not wait for more before they send: an answer takes 0.2 ms instead of 40. */
  private static final class PromptSockets extends SocketFactory {

    @Override
    public Socket createSocket() throws IOException {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      Socket socket = new Socket(host, port);
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      Socket socket = new Socket(host, port, local, localPort);
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      Socket socket = new Socket(host, port);
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      Socket socket = new Socket(host, port, local, localPort);
      socket.setTcpNoDelay(true);
      return socket;
    }
  }
}
