package gatehouse.service.mqtt;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/**
 * HiveMQ Community Edition in this JVM, with its state in files.
 *
 * <p>A message that was acknowledged survives the end of the process, also a kill; after a power
 * cut the last second may be missing.
 */
public final class MqttBroker implements AutoCloseable {
  static final String LOOPBACK = "127.0.0.1";

  private final EmbeddedHiveMQ hive;
  private final int port;

  private MqttBroker(EmbeddedHiveMQ hive, int port) {
    this.hive = hive;
    this.port = port;
  }

  /**
   * Starts a broker on the loopback interface.
   *
   * @param dir holds everything the broker keeps; created if missing
   * @param port 0 for a free one
   * @param credentialsFile see {@link Credentials}; read again whenever it changes
   * @throws IOException if the port is taken or a file cannot be used
   */
  public static MqttBroker start(Path dir, int port, Path credentialsFile) throws IOException {
    return start(dir, LOOPBACK, port, credentialsFile);
  }

  static MqttBroker start(Path dir, String address, int port, Path credentialsFile)
      throws IOException {
    int chosen = available(address, port);
    Path configuration = Files.createDirectories(dir.resolve("conf"));
    Path data = Files.createDirectories(dir.resolve("data"));
    Path extensions = Files.createDirectories(dir.resolve("extensions"));
    Files.writeString(configuration.resolve("config.xml"), configuration(address, chosen));

    // A window of 50 messages waits on every acknowledgement; measured 1.5 times slower.
    InternalConfigurations.MAX_INFLIGHT_WINDOW_SIZE_MESSAGES = 1000;
    // A member of a shared subscription is dealt this many, or its own window if that is larger.
    // More would lie reserved for a client that cannot take them, out of reach of the others, and
    // when it goes, the broker searches the queue once for each.
    InternalConfigurations.PUBLISH_POLL_BATCH_SIZE = 50;
    // The default waits 2 s at every stop, long after the last connection is closed.
    InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(200);

    EmbeddedHiveMQ hive =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(configuration)
            .withDataFolder(data)
            .withExtensionsFolder(extensions)
            .withEmbeddedExtension(
                EmbeddedExtension.builder()
                    .withId("gatehouse-gatekeeper")
                    .withName("Gatehouse gatekeeper")
                    .withVersion("1")
                    .withExtensionMain(new Gatekeeper(new CredentialFile(credentialsFile)))
                    .build())
            .withoutLoggingBootstrap()
            .build();
    try {
      hive.start().join();
    } catch (CompletionException e) {
      throw new IOException("The MQTT broker did not start in " + dir, e.getCause());
    }
    return new MqttBroker(hive, chosen);
  }

  public int port() {
    return port;
  }

  /** As a Paho client wants it, for example {@code tcp://127.0.0.1:1883}. */
  public String url() {
    return "tcp://" + LOOPBACK + ":" + port;
  }

  @Override
  public void close() throws IOException {
    try {
      hive.stop().join();
    } catch (CompletionException e) {
      throw new IOException("The MQTT broker did not stop cleanly", e.getCause());
    }
  }

  /** The broker only logs a port that is taken, and goes on without a listener: so look before. */
  private static int available(String address, int port) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new IOException("Port " + port + " of " + address + " is not free for MQTT.", e);
    }
  }

  private static String configuration(String address, int port) {
    return """
        <?xml version="1.0"?>
        <hivemq>
          <listeners>
            <tcp-listener>
              <port>%d</port>
              <bind-address>%s</bind-address>
            </tcp-listener>
          </listeners>
          <mqtt>
            <queued-messages>
              <max-queue-size>1000000</max-queue-size>
            </queued-messages>
            <packets>
              <max-packet-size>1048576</max-packet-size>
            </packets>
            <receive-maximum>
              <server-receive-maximum>1000</server-receive-maximum>
            </receive-maximum>
          </mqtt>
          <restrictions>
            <max-client-id-length>256</max-client-id-length>
            <max-topic-length>512</max-topic-length>
          </restrictions>
          <anonymous-usage-statistics>
            <enabled>false</enabled>
          </anonymous-usage-statistics>
        </hivemq>
        """
        .formatted(port, address);
  }
}
