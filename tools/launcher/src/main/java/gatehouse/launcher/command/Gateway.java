package gatehouse.launcher.command;

import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.data.Ports;
import gatehouse.launcher.data.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Speaks for the devices of one community, with a credential that lives as long as this. */
final class Gateway implements AutoCloseable {
  private static final long LIMIT_MILLIS = 10_000;

  private final Secrets secrets;
  private final String username;
  private final MqttAsyncClient client;

  private Gateway(Secrets secrets, String username, MqttAsyncClient client) {
    this.secrets = secrets;
    this.username = username;
    this.client = client;
  }

  /** Connects to the broker of a running Gatehouse. */
  static Gateway open(DataDirectory directory, String community) throws IOException {
    Secrets secrets = directory.secrets();
    String username = "command-line-" + UUID.randomUUID();
    String password = secrets.addGateway(username, community);
    String url = "tcp://" + Ports.read(directory.portsFile()).address(Endpoint.MQTT);
    try {
      MqttAsyncClient client = new MqttAsyncClient(url, username, new MemoryPersistence());
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setUserName(username);
      options.setPassword(password.getBytes(StandardCharsets.UTF_8));
      options.setAutomaticReconnect(false);
      client.connect(options).waitForCompletion(LIMIT_MILLIS);
      return new Gateway(secrets, username, client);
    } catch (MqttException e) {
      secrets.removeGateway(username);
      throw new IOException("The MQTT broker at " + url + " did not let this command in.", e);
    }
  }

  /** Publishes with QoS 1; returns when the broker has it. */
  void publish(String topic, byte[] payload) throws IOException {
    try {
      IMqttToken token = client.publish(topic, payload, 1, false);
      token.waitForCompletion(LIMIT_MILLIS);
    } catch (MqttException e) {
      throw new IOException("The MQTT broker did not take the message for " + topic + ".", e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (client.isConnected()) {
        client.disconnect().waitForCompletion(LIMIT_MILLIS);
      }
      client.close();
    } catch (MqttException e) {
      throw new IOException("The connection to the MQTT broker did not close.", e);
    } finally {
      secrets.removeGateway(username);
    }
  }
}
