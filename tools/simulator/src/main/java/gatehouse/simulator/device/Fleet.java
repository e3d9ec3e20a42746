package gatehouse.simulator.device;

import gatehouse.simulator.city.SimulatedDevice;
import gatehouse.simulator.door.DoorSetup;
import gatehouse.simulator.door.Passage;
import gatehouse.simulator.door.ReferenceDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All devices of a city with their connections. */
public final class Fleet implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Fleet.class);
  private static final int WORKERS = 4;
  private static final long RETRY_MILLIS = 1_000;
  private static final long STOP_SECONDS = 10;

  private final Installation installation;
  private final Map<String, Reporter> reporters = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<AutoCloseable> connections = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService executor =
      Executors.newScheduledThreadPool(
          WORKERS,
          work -> {
            Thread thread = new Thread(work, "devices");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * What every device is told when it is installed.
   *
   * @param mqttUrl the broker
   * @param passwords by user name, {@code community/device}
   * @param platform the key that door commands are signed with
   * @param memory folder in which doors remember the commands they have seen
   * @param clock the devices' clock
   */
  public record Installation(
      String mqttUrl, Map<String, String> passwords, PublicKey platform, Path memory, Clock clock) {

    /** Without the passwords. */
    @Override
    public String toString() {
      return "Installation[" + mqttUrl + "]";
    }
  }

  /** Nothing is connected yet. */
  public Fleet(Installation installation) throws IOException {
    this.installation = installation;
    Files.createDirectories(installation.memory());
  }

  /** Connects these devices; waits until all are. What cannot connect tries again. */
  public void connect(List<SimulatedDevice> devices) throws InterruptedException {
    CountDownLatch missing = new CountDownLatch(devices.size());
    for (SimulatedDevice device : devices) {
      executor.execute(() -> connect(device, missing));
    }
    missing.await();
  }

  private void connect(SimulatedDevice device, CountDownLatch missing) {
    try {
      if (!reporters.containsKey(device.username())) {
        reporters.put(device.username(), device.keepsList() ? door(device) : link(device));
      }
      missing.countDown();
    } catch (IOException | MqttException e) {
      log.warn("{} is not connected yet: {}", device.username(), e.getMessage());
      if (!executor.isShutdown()) {
        ScheduledFuture<?> unused =
            executor.schedule(() -> connect(device, missing), RETRY_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private Reporter door(SimulatedDevice device) throws IOException {
    ReferenceDoor door =
        ReferenceDoor.start(
            new DoorSetup(
                installation.mqttUrl(),
                password(device),
                device.community(),
                device.id(),
                device.place(),
                installation.platform(),
                installation.memory().resolve(device.community() + '-' + device.id() + ".nonces"),
                installation.clock(),
                Passage.USUAL),
            executor);
    connections.add(door);
    return door::report;
  }

  private Reporter link(SimulatedDevice device) throws MqttException {
    DeviceLink link =
        new DeviceLink(
            device, installation.mqttUrl(), password(device), installation.clock(), executor);
    link.connect();
    connections.add(link);
    return link;
  }

  private String password(SimulatedDevice device) {
    String password = installation.passwords().get(device.username());
    if (password == null) {
      throw new IllegalStateException(
          "there is no password for "
              + device.username()
              + ". Maybe the credentials file was made for a smaller city.");
    }
    return password;
  }

  /** The device of this user name, which must be connected. */
  public Reporter reporter(String username) {
    Reporter reporter = reporters.get(username);
    if (reporter == null) {
      throw new IllegalArgumentException("no device " + username);
    }
    return reporter;
  }

  /** How many devices are there. */
  public int size() {
    return reporters.size();
  }

  /** Says good-bye for every device. */
  @Override
  public void close() {
    List<Thread> closing = new ArrayList<>();
    int share = WORKERS * 2;
    for (int i = 0; i < share; i++) {
      Thread thread = new Thread(this::closeSome, "devices-stop");
      thread.start();
      closing.add(thread);
    }
    try {
      for (Thread thread : closing) {
        thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
  }

  private void closeSome() {
    for (AutoCloseable one = connections.poll(); one != null; one = connections.poll()) {
      try {
        one.close();
      } catch (Exception e) {
        log.warn("A device did not say good-bye: {}", e.toString());
      }
    }
  }
}
