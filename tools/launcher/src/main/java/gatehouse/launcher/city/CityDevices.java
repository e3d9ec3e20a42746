package gatehouse.launcher.city;

import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import gatehouse.site.Device;
import gatehouse.wire.DeviceMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;

/**
 * A city whose devices speak for themselves: each with its own credential and connection, by MQTT
 * with QoS 1. Only so many are connected at once; who has been silent longest makes room.
 *
 * <p>Registry and site facts do not come from devices; they go to an outlet of their own, and are
 * only counted if there is none.
 */
public final class CityDevices implements CityOutlet {

  /** Below what the broker lets one connection have unacknowledged. */
  private static final int UNACKNOWLEDGED = 500;

  private static final long LIMIT_MILLIS = 10_000;
  private static final long PATIENCE_SECONDS = 60;
  private static final int REASON_LENGTH = 120;
  private static final int CONNECTING = 8;

  private final Broker broker;
  private final @Nullable CityOutlet registry;
  private final Map<String, MqttAsyncClient> connected = new LinkedHashMap<>(16, 0.75f, true);
  private final Semaphore window = new Semaphore(UNACKNOWLEDGED);
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Set<String> announced = new LinkedHashSet<>();
  private long unpublished;

  /**
   * The broker and how to get in.
   *
   * @param url for example {@code tcp://127.0.0.1:1883}
   * @param passwords by user name, {@code community/device}
   * @param connections how many devices are connected at once, at most
   */
  public record Broker(String url, Map<String, String> passwords, int connections) {

    /** Without the passwords. */
    @Override
    public String toString() {
      return "Broker[" + url + "]";
    }
  }

  /**
   * Devices at this broker.
   *
   * @param registry takes registry and site facts; null: they are not published
   */
  public CityDevices(Broker broker, @Nullable CityOutlet registry) {
    this.broker = broker;
    this.registry = registry;
  }

  @Override
  public void take(Fact fact) throws IOException, InterruptedException {
    if (fact instanceof DeviceEvent event) {
      connectAnnounced();
      report(event);
      return;
    }
    if (fact instanceof Device device && broker.passwords().containsKey(username(device))) {
      announced.add(username(device));
    }
    if (registry == null) {
      unpublished++;
    } else {
      registry.take(fact);
    }
  }

  private static String username(Device device) {
    return device.community() + '/' + device.id();
  }

  /** Connects those that were registered: side by side, for each takes a third of a second. */
  private void connectAnnounced() throws IOException, InterruptedException {
    if (announced.isEmpty()) {
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(CONNECTING);
    try {
      Map<String, Future<MqttAsyncClient>> connecting = new LinkedHashMap<>();
      announced.stream()
          .filter(username -> !connected.containsKey(username))
          .limit(Math.max(0, broker.connections() - connected.size()))
          .forEach(username -> connecting.put(username, pool.submit(() -> connect(username))));
      announced.clear();
      for (Map.Entry<String, Future<MqttAsyncClient>> one : connecting.entrySet()) {
        connected.put(one.getKey(), one.getValue().get());
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failed("does not let the devices in: " + brief(cause), cause);
    } finally {
      pool.shutdownNow();
    }
  }

  private void report(DeviceEvent event) throws IOException, InterruptedException {
    MqttMessage message = new MqttMessage(DeviceMessage.encode(event));
    message.setQos(1);
    String username = event.community() + '/' + event.device();
    if (!window.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw failed("acknowledges nothing any more", null);
    }
    try {
      IMqttToken unused =
          client(username)
              .publish("gatehouse/v1/" + username + "/event", message, null, new Acknowledgement());
    } catch (MqttException e) {
      throw failed("does not let " + username + " report: " + brief(e), e);
    }
    check();
  }

  private MqttAsyncClient client(String username) throws IOException, MqttException {
    MqttAsyncClient known = connected.get(username);
    if (known != null && known.isConnected()) {
      return known;
    }
    if (known != null) {
      close(known);
    }
    if (!broker.passwords().containsKey(username)) {
      throw new IOException(
          "There is no password for the device "
              + username
              + ". Maybe the credentials file was made for a smaller city, or for another one.");
    }
    makeRoom();
    MqttAsyncClient client = connect(username);
    connected.put(username, client);
    return client;
  }

  private MqttAsyncClient connect(String username) throws MqttException {
    String password = broker.passwords().getOrDefault(username, "");
    MqttAsyncClient client =
        new MqttAsyncClient(broker.url(), username.replace('/', ':'), new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(username);
    options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    options.setCleanStart(true);
    client.connect(options).waitForCompletion(LIMIT_MILLIS);
    return client;
  }

  private void makeRoom() throws MqttException {
    Iterator<MqttAsyncClient> longestSilent = connected.values().iterator();
    while (connected.size() >= broker.connections() && longestSilent.hasNext()) {
      MqttAsyncClient client = longestSilent.next();
      longestSilent.remove();
      // Waits for what is under way on this connection.
      client.disconnect(LIMIT_MILLIS).waitForCompletion(2 * LIMIT_MILLIS);
      client.close();
    }
  }

  private void check() throws IOException {
    Throwable why = failure.get();
    if (why != null) {
      throw failed("broke off: " + brief(why), why);
    }
  }

  private static String brief(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    return text.length() > REASON_LENGTH ? text.substring(0, REASON_LENGTH) : text;
  }

  private IOException failed(String what, @Nullable Throwable cause) {
    return new IOException(
        String.format(
            Locale.ROOT,
            "The MQTT broker at %s %s. It had acknowledged %,d events.",
            broker.url(),
            what,
            acknowledged.get()),
        cause);
  }

  /** How many events the broker has acknowledged. */
  public long acknowledged() {
    return acknowledged.get();
  }

  @Override
  public List<String> received() throws IOException, InterruptedException {
    if (!window.tryAcquire(UNACKNOWLEDGED, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw failed("acknowledges nothing any more", null);
    }
    window.release(UNACKNOWLEDGED);
    check();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d events acknowledged by the MQTT broker at %s",
            acknowledged.get(),
            broker.url()));
    if (registry != null) {
      lines.addAll(registry.received());
    } else {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d registry and site facts not published; --kafka HOST:PORT would",
              unpublished));
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    for (MqttAsyncClient client : connected.values()) {
      close(client);
    }
    connected.clear();
    if (registry != null) {
      registry.close();
    }
  }

  private static void close(MqttAsyncClient client) {
    try {
      if (client.isConnected()) {
        client.disconnect(0).waitForCompletion(LIMIT_MILLIS);
      }
      client.close(true);
    } catch (MqttException e) {
      // All that mattered was acknowledged or told as a failure.
      Thread.onSpinWait();
    }
  }

  private final class Acknowledgement implements MqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      acknowledged.incrementAndGet();
      window.release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable why) {
      failure.compareAndSet(null, why);
      window.release();
    }
  }
}
