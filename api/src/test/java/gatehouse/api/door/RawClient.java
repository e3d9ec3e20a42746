package gatehouse.api.door;

import gatehouse.api.Platform;
import gatehouse.credential.SignedCredentialList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A client that does what a test wants: a mute door, a thief with the platform's credential. */
public final class RawClient implements AutoCloseable {

  private final MqttClient client;
  private final List<byte[]> received = new CopyOnWriteArrayList<>();

  private RawClient(String clientId, String username, String password) throws MqttException {
    client = new MqttClient(Platform.get().mqttUrl(), clientId, new MemoryPersistence());
    client.setCallback(new Collect());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(username);
    options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    options.setCleanStart(true);
    client.connect(options);
  }

  /** A device that takes commands and never answers. */
  public static RawClient muteDoor(String community, String device)
      throws MqttException, IOException {
    RawClient door =
        new RawClient(
            community + ":" + device,
            community + "/" + device,
            Platform.get().deviceSecret(community, device));
    door.client.subscribe("gatehouse/v1/" + community + "/" + device + "/command", 1);
    return door;
  }

  /** Somebody who has the platform's own credential at the broker, but not its signing key. */
  public static RawClient thief() throws MqttException {
    return new RawClient("api-" + UUID.randomUUID(), "api", Platform.get().serviceSecret());
  }

  /** Publishes as it is. */
  public void publish(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, 1, false);
  }

  /** Publishes, saying what it is. */
  public void publish(String topic, byte[] payload, String contentType) throws MqttException {
    MqttMessage message = new MqttMessage(payload);
    message.setQos(1);
    MqttProperties properties = new MqttProperties();
    properties.setContentType(contentType);
    message.setProperties(properties);
    client.publish(topic, message);
  }

  /** The commands to the door that came. */
  public List<byte[]> received() {
    return received;
  }

  @Override
  public void close() throws MqttException {
    client.disconnect();
    client.close();
  }

  private final class Collect implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      // The ledger asks every terminal for its list; what doors are commanded is another matter.
      if (!SignedCredentialList.claims(message.getPayload())) {
        received.add(message.getPayload());
      }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
