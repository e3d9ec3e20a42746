package gatehouse.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A stock client that publishes for the devices of a community and notes what was PUBACKed. */
final class Gateway implements AutoCloseable {

  private static final int WINDOW = 500;

  private final MqttAsyncClient client;
  private final String community;
  private final Semaphore window = new Semaphore(WINDOW);
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  private Gateway(MqttAsyncClient client, String community) {
    this.client = client;
    this.community = community;
  }

  static Gateway connect(String url, String username, String community) throws MqttException {
    MqttAsyncClient client = new MqttAsyncClient(url, username + "-1", new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(username);
    options.setPassword(Rig.PASSWORD.getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    options.setSocketFactory(new NoDelaySockets(SocketFactory.getDefault()));
    client.connect(options).waitForCompletion(10_000);
    return new Gateway(client, community);
  }

  void publish(String device, byte[] payload) throws Exception {
    publish(device, payload, "", "");
  }

  /** Publishes at QoS 1; {@code name} is noted once the broker has acknowledged. */
  void publish(String device, byte[] payload, String name, String contentType) throws Exception {
    if (!window.tryAcquire(3, TimeUnit.MINUTES)) {
      throw new IOException("the broker does not acknowledge");
    }
    MqttMessage message = new MqttMessage(payload);
    message.setQos(1);
    if (!contentType.isEmpty()) {
      MqttProperties properties = new MqttProperties();
      properties.setContentType(contentType);
      message.setProperties(properties);
    }
    client.publish(
        "gatehouse/v1/" + community + '/' + device + "/event",
        message,
        null,
        new MqttActionListener() {
          @Override
          public void onSuccess(IMqttToken token) {
            acknowledged.add(name);
            window.release();
          }

          @Override
          public void onFailure(IMqttToken token, Throwable failure) {
            window.release();
          }
        });
  }

  /** Waits until everything published so far is acknowledged. */
  void flush() throws Exception {
    if (!window.tryAcquire(WINDOW, 3, TimeUnit.MINUTES)) {
      throw new IOException("the broker does not acknowledge");
    }
    window.release(WINDOW);
  }

  /** The names of what was acknowledged. */
  Set<String> acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() throws MqttException {
    client.disconnect().waitForCompletion(10_000);
    client.close();
  }
}
