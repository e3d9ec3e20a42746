package gatehouse.api.door;

import gatehouse.api.ApiSettings;
import gatehouse.credential.CredentialListAnswer;
import gatehouse.door.DoorAck;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
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
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The connection to the doors. It keeps no session and each connection is a new client, so that
 * nothing is ever sent again by itself.
 */
@Component
public final class DoorLink implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(DoorLink.class);
  private static final long TIMEOUT_MILLIS = 5_000;
  private static final long RETRY_MILLIS = 500;
  private static final int NO_MATCHING_SUBSCRIBERS = 16;

  /** What the broker said of a command. */
  public enum Delivery {
    /** The door's connection has it. */
    DELIVERED,
    /** No door listens. */
    NOBODY,
    /** It was certainly not sent. */
    NOT_SENT,
    /** The connection broke before the broker's answer: it may have been sent. */
    UNCERTAIN
  }

  private final ApiSettings settings;
  private final Presence presence;
  private final ScheduledExecutorService reconnecting =
      Executors.newSingleThreadScheduledExecutor(DoorLink::thread);
  private volatile BiConsumer<DoorTopic, DoorAck> acks = (topic, ack) -> {};
  private volatile BiConsumer<DoorTopic, CredentialListAnswer> lists = (topic, answer) -> {};
  private @Nullable MqttAsyncClient client;
  private boolean running;

  DoorLink(ApiSettings settings, Presence presence) {
    this.settings = settings;
    this.presence = presence;
  }

  /** Who is told what the doors answer; called on the connection's own thread. */
  void onAck(BiConsumer<DoorTopic, DoorAck> listener) {
    acks = listener;
  }

  /** Who is told what terminals say of their lists; called on the connection's own thread. */
  public void onList(BiConsumer<DoorTopic, CredentialListAnswer> listener) {
    lists = listener;
  }

  /**
   * Sends a command once, with the broker's own expiry beside the signed one. What is no id of a
   * device reaches none.
   */
  public CompletableFuture<Delivery> send(
      String community, String door, byte[] command, long expirySeconds) {
    if (!DoorTopic.isId(community) || !DoorTopic.isId(door)) {
      return CompletableFuture.completedFuture(Delivery.NOT_SENT);
    }
    MqttAsyncClient now;
    synchronized (this) {
      now = client;
    }
    CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    if (now == null) {
      delivery.complete(Delivery.NOT_SENT);
      return delivery;
    }
    MqttMessage message = new MqttMessage(command);
    message.setQos(1);
    message.setRetained(false);
    MqttProperties properties = new MqttProperties();
    properties.setMessageExpiryInterval(expirySeconds);
    message.setProperties(properties);
    try {
      IMqttToken unused =
          now.publish(
              DoorTopic.command(community, door),
              message,
              null,
              new MqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                  delivery.complete(heard(token) ? Delivery.DELIVERED : Delivery.NOBODY);
                }

                @Override
                public void onFailure(IMqttToken token, Throwable failure) {
                  delivery.complete(Delivery.UNCERTAIN);
                }
              });
    } catch (MqttException e) {
      // Thrown before the message is taken: not connected, or too many under way.
      delivery.complete(Delivery.NOT_SENT);
    }
    return delivery;
  }

  synchronized boolean isConnected() {
    return client != null;
  }

  @Override
  public synchronized void start() {
    running = true;
    reconnecting.execute(this::connect);
  }

  @Override
  public void stop() {
    MqttAsyncClient last;
    synchronized (this) {
      running = false;
      last = client;
      client = null;
    }
    reconnecting.shutdownNow();
    if (last != null) {
      abandon(last);
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }

  private static boolean heard(IMqttToken token) {
    int[] reasons = token.getReasonCodes();
    return reasons == null || reasons.length == 0 || reasons[0] != NO_MATCHING_SUBSCRIBERS;
  }

  private void connect() {
    MqttAsyncClient next = null;
    try {
      next =
          new MqttAsyncClient(
              settings.mqttUrl(),
              settings.mqttUsername() + "-" + UUID.randomUUID(),
              new MemoryPersistence());
      next.setCallback(new Callback(next));
      next.connect(options()).waitForCompletion(TIMEOUT_MILLIS);
      presence.forget();
      next.subscribe(DoorTopic.every("ack"), 1).waitForCompletion(TIMEOUT_MILLIS);
      next.subscribe(DoorTopic.every("status"), 1).waitForCompletion(TIMEOUT_MILLIS);
      synchronized (this) {
        if (running && next.isConnected()) {
          client = next;
          log.info("Connected to the doors' broker");
          return;
        }
      }
      abandon(next);
    } catch (MqttException e) {
      log.warn("Cannot reach the doors' broker, reason {}; trying again", e.getReasonCode());
      if (next != null) {
        abandon(next);
      }
    }
    later();
  }

  private void later() {
    synchronized (this) {
      if (!running) {
        return;
      }
    }
    ScheduledFuture<?> unused =
        reconnecting.schedule(this::connect, RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(settings.mqttUsername());
    options.setPassword(settings.mqttPassword().revealText().getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    options.setKeepAliveInterval(10);
    options.setReceiveMaximum(1000);
    options.setConnectionTimeout((int) (TIMEOUT_MILLIS / 1000));
    if (settings.mqttUrl().startsWith("tcp:")) {
      options.setSocketFactory(new PromptSockets());
    }
    return options;
  }

  private static void abandon(MqttAsyncClient client) {
    try {
      client.disconnectForcibly(0, 500, true);
    } catch (MqttException e) {
      log.debug("Already gone, reason {}", e.getReasonCode());
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      log.debug("Already closed, reason {}", e.getReasonCode());
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "door-link");
    thread.setDaemon(true);
    return thread;
  }

  private static boolean isList(MqttMessage message) {
    MqttProperties properties = message.getProperties();
    return properties != null
        && CredentialListAnswer.CONTENT_TYPE.equals(properties.getContentType());
  }

  private final class Callback implements MqttCallback {

    private final MqttAsyncClient of;

    Callback(MqttAsyncClient of) {
      this.of = of;
    }

    @Override
    public void messageArrived(String name, MqttMessage message) {
      DoorTopic topic = DoorTopic.parse(name);
      if (topic == null) {
        return;
      }
      if (topic.channel().equals("status")) {
        presence.heard(
            topic.community(),
            topic.device(),
            new String(message.getPayload(), StandardCharsets.UTF_8).equals("online"));
        return;
      }
      try {
        if (isList(message)) {
          lists.accept(
              topic, RecordCodec.of(CredentialListAnswer.class).decode(message.getPayload()));
        } else {
          acks.accept(topic, RecordCodec.of(DoorAck.class).decode(message.getPayload()));
        }
      } catch (WireException | IllegalArgumentException e) {
        log.warn("{}/{} sent an answer that is none", topic.community(), topic.device());
      } catch (RuntimeException e) {
        log.error("An answer of a door could not be taken", e);
      }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      synchronized (DoorLink.this) {
        if (client != of) {
          return;
        }
        client = null;
      }
      log.warn("The connection to the doors' broker broke");
      presence.forget();
      later();
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      log.debug("MQTT error, reason {}", exception.getReasonCode());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
