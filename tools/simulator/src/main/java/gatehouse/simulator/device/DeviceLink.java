package gatehouse.simulator.device;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.simulator.city.SimulatedDevice;
import gatehouse.site.Place;
import gatehouse.wire.DeviceMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
 * A device that only reports: its own credential and connection, online while it is connected,
 * offline as its last will. It comes back by itself.
 */
final class DeviceLink implements Reporter, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DeviceLink.class);
  private static final long TIMEOUT_MILLIS = 5_000;
  private static final long RETRY_MILLIS = 1_000;
  private static final int KEEP_ALIVE_SECONDS = 30;

  private final SimulatedDevice device;
  private final String url;
  private final String password;
  private final String topics;
  private final Clock clock;
  private final String boot;
  private final ScheduledExecutorService executor;
  private @Nullable MqttAsyncClient client;
  private boolean closed;
  private long seq;

  DeviceLink(
      SimulatedDevice device,
      String url,
      String password,
      Clock clock,
      ScheduledExecutorService executor) {
    this.device = device;
    this.url = url;
    this.password = password;
    this.topics = "gatehouse/v1/" + device.username();
    this.clock = clock;
    this.boot = Long.toString(clock.millis(), Character.MAX_RADIX);
    this.executor = executor;
  }

  /** Connects once. */
  synchronized void connect() throws MqttException {
    if (closed || client != null) {
      return;
    }
    MqttAsyncClient next =
        new MqttAsyncClient(url, device.username().replace('/', ':'), new MemoryPersistence());
    next.setCallback(new Callback());
    try {
      next.connect(options()).waitForCompletion(TIMEOUT_MILLIS);
      next.publish(topics + "/status", status("online")).waitForCompletion(TIMEOUT_MILLIS);
    } catch (MqttException e) {
      abandon(next);
      throw e;
    }
    client = next;
  }

  @Override
  public void report(Function<Origin, DeviceEvent> event) {
    MqttAsyncClient now;
    Origin origin;
    synchronized (this) {
      now = client;
      if (now == null) {
        return;
      }
      origin = origin(seq++);
    }
    MqttMessage message = new MqttMessage(DeviceMessage.encode(event.apply(origin)));
    message.setQos(1);
    try {
      IMqttToken unused = now.publish(topics + "/event", message);
    } catch (MqttException e) {
      log.debug("{} could not report: {}", device.username(), e.getReasonCode());
    }
  }

  private Origin origin(long number) {
    Instant now = clock.instant();
    return new Origin(
        device.id() + '-' + boot + '-' + number,
        device.community(),
        device.id(),
        Place.of(device.place()),
        now,
        now,
        boot,
        number,
        false,
        ClockQuality.UNKNOWN);
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(device.username());
    options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setConnectionTimeout((int) (TIMEOUT_MILLIS / 1000));
    options.setWill(topics + "/status", status("offline"));
    if (url.startsWith("tcp:")) {
      options.setSocketFactory(new PromptSockets());
    }
    return options;
  }

  private static MqttMessage status(String word) {
    MqttMessage message = new MqttMessage(word.getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    message.setRetained(true);
    return message;
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
      now.publish(topics + "/status", status("offline")).waitForCompletion(TIMEOUT_MILLIS);
      now.disconnect().waitForCompletion(TIMEOUT_MILLIS);
      now.close();
    } catch (MqttException e) {
      abandon(now);
    }
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
    public void disconnected(MqttDisconnectResponse response) {
      MqttAsyncClient lost;
      synchronized (DeviceLink.this) {
        if (closed || client == null) {
          return;
        }
        lost = client;
        client = null;
      }
      executor.execute(() -> abandon(lost));
      later();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      log.debug("MQTT error {}", exception.getReasonCode());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String server) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }
}
