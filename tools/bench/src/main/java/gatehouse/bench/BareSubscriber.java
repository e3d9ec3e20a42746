package gatehouse.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * The least an intake can be: the same shared subscription, credential and number of clients as
 * ingest, and each message counted and acknowledged at once. Prints {@code READY}, then {@code
 * COUNT n} whenever it has received as many as an argument says.
 */
final class BareSubscriber implements MqttCallback {
  private static final String SUBSCRIPTION = "$share/ingest/gatehouse/v1/+/+/event";
  private static final int CLIENTS = 2;

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final int[] marks;

  private BareSubscriber(int[] marks) {
    this.marks = marks;
  }

  /** Arguments: the broker's URL, the password file, and the counts to print. */
  public static void main(String[] args) throws Exception {
    String password = Files.readString(Path.of(args[1])).strip();
    int[] marks = new int[args.length - 2];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = Integer.parseInt(args[i + 2]);
    }
    for (int i = 0; i < CLIENTS; i++) {
      // The client ids of ingest: each takes over the session that the other side left.
      MqttAsyncClient client = Publishers.connect(args[0], "ingest-a-" + i, "ingest", password);
      client.setCallback(new BareSubscriber(marks));
      client.subscribe(SUBSCRIPTION, 1).waitForCompletion();
    }
    System.out.println("READY");
    Thread.currentThread().join();
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    int count = COUNT.incrementAndGet();
    for (int mark : marks) {
      if (count == mark) {
        System.out.println("COUNT " + mark);
      }
    }
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    System.exit(1);
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {}

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
