package gatehouse.service.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

/** A stock MQTT 5 client. What the broker refuses comes out as an exception or a reason code. */
final class TestClient implements AutoCloseable, MqttCallback {
  private static final long LIMIT_MILLIS = 10_000;

  private final MqttAsyncClient client;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CountDownLatch disconnected = new CountDownLatch(1);

  private TestClient(MqttAsyncClient client) {
    this.client = client;
  }

  static TestClient connect(MqttBroker broker, String clientId, String username, String password)
      throws MqttException {
    return connect(broker, clientId, credential(username, password));
  }

  static TestClient connect(MqttBroker broker, String clientId, MqttConnectionOptions options)
      throws MqttException {
    return connect(broker, clientId, options, false);
  }

  /** A client that never acknowledges what it is sent. */
  static TestClient connectMute(MqttBroker broker, String clientId, MqttConnectionOptions options)
      throws MqttException {
    return connect(broker, clientId, options, true);
  }

  private static TestClient connect(
      MqttBroker broker, String clientId, MqttConnectionOptions options, boolean mute)
      throws MqttException {
    TestClient test =
        new TestClient(new MqttAsyncClient(broker.url(), clientId, new MemoryPersistence()));
    test.client.setCallback(test);
    test.client.setManualAcks(mute);
    test.client.connect(options).waitForCompletion(LIMIT_MILLIS);
    return test;
  }

  static TestClient device(MqttBroker broker, String community, String device)
      throws MqttException {
    return connect(broker, community + ":" + device, community + "/" + device, device + "-secret");
  }

  static MqttConnectionOptions credential(String username, String password) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(username);
    options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    options.setCleanStart(true);
    return options;
  }

  /** The reason code of the acknowledgement. */
  int publish(String topic, String payload, int qos, boolean retained) throws MqttException {
    MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
    message.setQos(qos);
    message.setRetained(retained);
    IMqttToken token = client.publish(topic, message);
    token.waitForCompletion(LIMIT_MILLIS);
    int[] codes = token.getReasonCodes();
    return codes == null || codes.length == 0 ? 0 : codes[0];
  }

  int subscribe(String filter) throws MqttException {
    IMqttToken token = client.subscribe(filter, 1);
    token.waitForCompletion(LIMIT_MILLIS);
    return token.getReasonCodes()[0];
  }

  @Nullable String next() throws InterruptedException {
    return received.poll(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  boolean isDisconnectedWithin(long seconds) throws InterruptedException {
    return disconnected.await(seconds, TimeUnit.SECONDS);
  }

  boolean isConnected() {
    return client.isConnected();
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect().waitForCompletion(LIMIT_MILLIS);
    }
    client.close();
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    received.add(topic + " " + new String(message.getPayload(), StandardCharsets.UTF_8));
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    disconnected.countDown();
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {}

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String server) {}

  @Override
  public void authPacketArrived(int reason, MqttProperties properties) {}
}
