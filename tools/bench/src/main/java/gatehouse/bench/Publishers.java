package gatehouse.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** Some clients that publish with QoS 1 as fast as the broker acknowledges. */
final class Publishers implements AutoCloseable {
  private static final int WINDOW = 100;
  private static final long LIMIT_MILLIS = 10_000;

  private final List<MqttAsyncClient> clients = new ArrayList<>();
  private final List<Semaphore> windows = new ArrayList<>();

  /** A message to publish. */
  record Message(String topic, MqttMessage content) {

    static Message of(String topic, byte[] payload) {
      MqttMessage content = new MqttMessage(payload);
      content.setQos(1);
      return new Message(topic, content);
    }
  }

  /** Connects so many with one credential of role gateway. */
  Publishers(String url, String username, String password, int count) throws MqttException {
    for (int i = 0; i < count; i++) {
      clients.add(connect(url, username + "-" + i, username, password));
      windows.add(new Semaphore(WINDOW));
    }
  }

  /** A Paho client that is connected, with sockets that do not wait. */
  static MqttAsyncClient connect(String url, String clientId, String username, String password)
      throws MqttException {
    MqttAsyncClient client = new MqttAsyncClient(url, clientId, new MemoryPersistence());
    client.connect(options(username, password)).waitForCompletion(LIMIT_MILLIS);
    return client;
  }

  static MqttConnectionOptions options(String username, String password) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(username);
    options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    options.setCleanStart(true);
    options.setReceiveMaximum(1000);
    options.setSocketFactory(new NoDelaySockets());
    return options;
  }

  /** Publishes all; returns when the broker has acknowledged all. */
  void publish(List<Message> messages) throws MqttException, InterruptedException {
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      Semaphore window = windows.get(i % clients.size());
      window.acquire();
      IMqttToken unused =
          clients
              .get(i % clients.size())
              .publish(message.topic(), message.content(), null, new Release(window));
    }
    for (Semaphore window : windows) {
      window.acquire(WINDOW);
      window.release(WINDOW);
    }
  }

  @Override
  public void close() throws MqttException {
    for (MqttAsyncClient client : clients) {
      client.disconnect().waitForCompletion(LIMIT_MILLIS);
      client.close();
    }
  }

  private record Release(Semaphore window) implements MqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      window.release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      window.release();
    }
  }
}
