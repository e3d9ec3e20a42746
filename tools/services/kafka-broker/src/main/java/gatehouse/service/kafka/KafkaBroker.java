package gatehouse.service.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker and its controller in this JVM. Topics are created by whoever needs them, through
 * an admin client; nothing is created by being mentioned.
 */
public final class KafkaBroker implements AutoCloseable {
  static final String LOOPBACK = "127.0.0.1";

  private static final String CLUSTER_ID = "gatehouse-local-000000";
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final int port;

  private KafkaBroker(KafkaRaftServer server, String address, int port) {
    this.server = server;
    this.bootstrapServers = address + ":" + port;
    this.port = port;
  }

  /**
   * Starts a broker on the loopback interface.
   *
   * @param dir holds the records and the ports; created if missing
   * @param port 0 for the port this directory had before, or a free one the first time
   * @throws IOException if a port is taken or the directory cannot be used
   */
  public static KafkaBroker start(Path dir, int port) throws IOException {
    return start(dir, LOOPBACK, LOOPBACK, port);
  }

  /**
   * As {@link #start(Path, int)}, listening on {@code bind} and telling clients to come to {@code
   * advertised}.
   */
  static KafkaBroker start(Path dir, String bind, String advertised, int port) throws IOException {
    Files.createDirectories(dir);
    Ports ports = Ports.of(dir.resolve("ports"), bind, port);
    Path log = dir.resolve("log");
    format(log);
    KafkaRaftServer server =
        new KafkaRaftServer(
            new KafkaConfig(configuration(log, bind, advertised, ports)), Time.SYSTEM);
    server.startup();
    return new KafkaBroker(server, advertised, ports.broker());
  }

  /** As the clients' {@code bootstrap.servers} wants it. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path log) throws IOException {
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setClusterId(CLUSTER_ID)
          .setNodeId(NODE)
          .setDirectories(List.of(log.toString()))
          .setMetadataLogDirectory(log.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setIgnoreFormatted(true)
          .setPrintStream(nowhere)
          .run();
    } catch (IOException | RuntimeException e) {
      throw new IOException("Kafka cannot use " + log, e);
    } catch (Exception e) {
      throw new IOException("Kafka cannot format " + log, e);
    }
  }

  private static Properties configuration(Path log, String bind, String advertised, Ports ports) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", Integer.toString(NODE));
    p.put(
        "listeners",
        "PLAINTEXT://%s:%d,CONTROLLER://%s:%d"
            .formatted(bind, ports.broker(), LOOPBACK, ports.controller()));
    p.put("advertised.listeners", "PLAINTEXT://%s:%d".formatted(advertised, ports.broker()));
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("controller.listener.names", "CONTROLLER");
    p.put("controller.quorum.voters", NODE + "@" + LOOPBACK + ":" + ports.controller());
    p.put("log.dirs", log.toString());
    p.put("auto.create.topics.enable", "false");
    for (String factor :
        List.of(
            "offsets.topic.replication.factor",
            "transaction.state.log.replication.factor",
            "transaction.state.log.min.isr",
            "share.coordinator.state.topic.replication.factor",
            "share.coordinator.state.topic.min.isr")) {
      p.put(factor, "1");
    }
    p.put("offsets.topic.num.partitions", "4");
    p.put("transaction.state.log.num.partitions", "4");
    p.put("group.initial.rebalance.delay.ms", "0");
    // After a kill the restart waits for the old session; the default of 9 s costs 6 s more.
    p.put("broker.session.timeout.ms", "3000");
    p.put("broker.heartbeat.interval.ms", "500");
    return p;
  }

  /** The ports of a data directory, the same at every start so that clients find it again. */
  private record Ports(int broker, int controller) {

    static Ports of(Path file, String bind, int wanted) throws IOException {
      int broker = wanted;
      int controller = 0;
      if (Files.exists(file)) {
        String[] known = Files.readString(file).strip().split(" ", -1);
        broker = wanted == 0 ? Integer.parseInt(known[0]) : wanted;
        controller = Integer.parseInt(known[1]);
      }
      try (ServerSocket first = probe(bind, broker);
          ServerSocket second = probe(LOOPBACK, controller)) {
        Ports ports = new Ports(first.getLocalPort(), second.getLocalPort());
        Files.writeString(file, ports.broker() + " " + ports.controller() + "\n");
        return ports;
      }
    }

    private static ServerSocket probe(String address, int port) throws IOException {
      ServerSocket socket = new ServerSocket();
      try {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        return socket;
      } catch (IOException e) {
        socket.close();
        throw new IOException("Port " + port + " of " + address + " is not free for Kafka.", e);
      }
    }
  }
}
