package gatehouse.bench;

import gatehouse.door.DoorAck;
import gatehouse.launcher.Stack;
import gatehouse.launcher.data.Secrets;
import gatehouse.wire.RecordCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * The least a remote open can be: a command is published, a device that has it answers, the answer
 * arrives. Nothing is checked, signed or kept. On the topics and with the rights of the real thing.
 */
final class RawDoor implements AutoCloseable {
  static final String DEVICE = "raw-1";

  private static final int COMMAND_BYTES = 400;
  private static final long LIMIT_SECONDS = 10;

  private final MqttAsyncClient platform;
  private final MqttAsyncClient device;
  private final String topics;
  private final SynchronousQueue<String> acks = new SynchronousQueue<>();

  private RawDoor(MqttAsyncClient platform, MqttAsyncClient device, String topics) {
    this.platform = platform;
    this.device = device;
    this.topics = topics;
  }

  static RawDoor start(Stack stack, String community) throws IOException, MqttException {
    String username = community + "/" + DEVICE;
    String topics = "gatehouse/v1/" + username;
    MqttAsyncClient platform =
        Publishers.connect(
            stack.mqttUrl(),
            "api-bench",
            Secrets.API_USER,
            Files.readString(stack.secrets().mqttPassword(Secrets.API_USER)).strip());
    MqttAsyncClient device =
        Publishers.connect(
            stack.mqttUrl(), username.replace('/', ':'), username, password(stack, username));
    RawDoor door = new RawDoor(platform, device, topics);
    Echo echo = new Echo(device, topics + "/ack");
    device.setCallback(echo);
    device.subscribe(topics + "/command", 1).waitForCompletion();
    platform.setCallback(
        new Listener() {
          @Override
          public void messageArrived(String topic, MqttMessage message) throws Exception {
            if (topic.equals(topics + "/ack")) {
              door.acks.offer("", LIMIT_SECONDS, TimeUnit.SECONDS);
            }
          }
        });
    platform.subscribe("gatehouse/v1/+/+/ack", 1).waitForCompletion();
    return door;
  }

  /** One command and its answer, in nanoseconds. */
  long roundTrip() throws MqttException, IOException, InterruptedException {
    MqttMessage command = new MqttMessage(new byte[COMMAND_BYTES]);
    command.setQos(1);
    long start = System.nanoTime();
    IMqttToken unused = platform.publish(topics + "/command", command);
    if (acks.poll(LIMIT_SECONDS, TimeUnit.SECONDS) == null) {
      throw new IOException("A raw command was not answered.");
    }
    return System.nanoTime() - start;
  }

  /** The broker password of a device. */
  static String password(Stack stack, String username) throws IOException {
    return Files.readAllLines(stack.secrets().devicePasswords()).stream()
        .filter(line -> line.startsWith(username + ","))
        .map(line -> line.substring(username.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws MqttException {
    for (MqttAsyncClient client : new MqttAsyncClient[] {platform, device}) {
      client.disconnect().waitForCompletion();
      client.close();
    }
  }

  /** Answers each command with a form that the API takes for the answer to nobody's command. */
  private static final class Echo extends Listener {
    private final MqttAsyncClient device;
    private final String topic;

    Echo(MqttAsyncClient device, String topic) {
      this.device = device;
      this.topic = topic;
    }

    @Override
    public void messageArrived(String name, MqttMessage message) throws Exception {
      DoorAck ack =
          new DoorAck(
              UUID.randomUUID().toString(),
              DoorAck.Stage.ACCEPTED,
              DoorAck.Refusal.NONE,
              Instant.now());
      MqttMessage answer = new MqttMessage(RecordCodec.of(DoorAck.class).encode(ack));
      answer.setQos(1);
      IMqttToken unused = device.publish(topic, answer);
    }
  }

  /** What a client may be told, none of it of interest. */
  private abstract static class Listener implements MqttCallback {
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
