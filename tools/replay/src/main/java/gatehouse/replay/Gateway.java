package gatehouse.replay;

import gatehouse.event.DeviceEvent;
import gatehouse.wire.DeviceMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * One MQTT connection that publishes events in order with QoS 1. What was not acknowledged when the
 * connection broke is sent again by whoever misses it at the other end.
 */
final class Gateway implements AutoCloseable {

  /** Below the receive maximum of the broker, past which Paho throws. */
  private static final int UNACKNOWLEDGED = 500;

  private static final long CONNECT_MILLIS = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String url;
  private final String username;
  private final byte[] password;
  private final AtomicBoolean lost = new AtomicBoolean();
  private Semaphore window = new Semaphore(UNACKNOWLEDGED);
  private MqttAsyncClient client;

  private Gateway(Pipeline pipeline) throws MqttException {
    this.url = pipeline.mqttUrl();
    this.username = pipeline.username();
    this.password = pipeline.password().getBytes(StandardCharsets.UTF_8);
    this.client = connected();
  }

  static Gateway connect(Pipeline pipeline) throws IOException {
    try {
      return new Gateway(pipeline);
    } catch (MqttException e) {
      throw new IOException("The MQTT broker does not let the replay in: " + e.getMessage(), e);
    }
  }

  private MqttAsyncClient connected() throws MqttException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(username);
    options.setPassword(password);
    options.setAutomaticReconnect(false);
    options.setCleanStart(true);
    options.setSocketFactory(new NoDelay());
    MqttAsyncClient fresh = new MqttAsyncClient(url, username + "-log", new MemoryPersistence());
    fresh.connect(options).waitForCompletion(CONNECT_MILLIS);
    return fresh;
  }

  /** Publishes an event; connects again if the connection is gone. */
  void publish(DeviceEvent event) throws IOException, InterruptedException {
    MqttMessage message = new MqttMessage(DeviceMessage.encode(event));
    message.setQos(1);
    String topic = "gatehouse/v1/" + event.community() + '/' + event.device() + "/event";
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Semaphore slots = window;
      try {
        if (!slots.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new IOException("The MQTT broker acknowledges nothing any more.");
        }
        client.publish(topic, message, null, new Release(slots, lost));
        return;
      } catch (MqttException e) {
        if (System.nanoTime() > deadline) {
          throw new IOException("The MQTT broker is gone: " + e.getMessage(), e);
        }
        reconnect();
      }
    }
  }

  /**
   * Whether messages may have been lost with a connection since this was asked last. The broker has
   * all others and delivers them, however long that takes.
   */
  boolean hasLost() throws InterruptedException {
    if (!client.isConnected()) {
      reconnect();
    }
    return lost.getAndSet(false);
  }

  private void reconnect() throws InterruptedException {
    lost.set(true);
    try {
      client.close(true);
    } catch (MqttException e) {
      // It was broken already; a new one takes its place.
      Thread.onSpinWait();
    }
    try {
      window = new Semaphore(UNACKNOWLEDGED);
      client = connected();
    } catch (MqttException e) {
      Thread.sleep(500);
    }
  }

  @Override
  public void close() {
    try {
      if (client.isConnected()) {
        client.disconnect().waitForCompletion(CONNECT_MILLIS);
      }
      client.close(true);
    } catch (MqttException e) {
      // All that mattered has arrived; the broker is stopped next anyway.
      Thread.onSpinWait();
    }
  }

  /** Gives the slot back, whether the message was acknowledged or lost with its connection. */
  private record Release(Semaphore slots, AtomicBoolean lost) implements MqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      slots.release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      lost.set(true);
      slots.release();
    }
  }

  /** Sockets that send at once; Paho sets no such option itself. */
  private static final class NoDelay extends SocketFactory {

    @Override
    public Socket createSocket() throws IOException {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return noDelay(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int localPort)
        throws IOException {
      return noDelay(new Socket(host, port, from, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return noDelay(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int localPort)
        throws IOException {
      return noDelay(new Socket(host, port, from, localPort));
    }

    private static Socket noDelay(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      return socket;
    }
  }
}
