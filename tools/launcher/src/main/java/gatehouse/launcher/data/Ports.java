package gatehouse.launcher.data;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Which port each endpoint has. Chosen at the first start and kept in a file, so that clients find
 * everything where it was, and so that two checkouts can run side by side.
 */
public final class Ports {
  /** Ports of a second checkout end in the same digit as those of the first. */
  private static final int STEP = 10;

  private static final int HIGHEST = 65_535;
  private static final String LOOPBACK = "127.0.0.1";

  private final Map<Endpoint, Integer> byEndpoint;

  private Ports(Map<Endpoint, Integer> byEndpoint) {
    this.byEndpoint = byEndpoint;
  }

  /**
   * Chooses for each endpoint the wanted port, else the one of last time, else the default one,
   * else the next free one.
   *
   * @param file where they are kept; written anew
   * @param wanted ports asked for; 0 for any free one
   * @throws IOException if a wanted port is taken
   */
  public static Ports choose(Path file, Map<Endpoint, Integer> wanted) throws IOException {
    Map<Endpoint, Integer> before = Files.exists(file) ? read(file).byEndpoint : Map.of();
    Map<Endpoint, Integer> chosen = new EnumMap<>(Endpoint.class);
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (Endpoint endpoint : Endpoint.values()) {
        ServerSocket socket;
        Integer asked = wanted.get(endpoint);
        if (asked != null) {
          socket = hold(asked);
          if (socket == null) {
            throw new IOException(
                "Port %d is taken, so %s cannot have it. Maybe leave --%s-port out: a free one is found."
                    .formatted(asked, endpoint.word(), endpoint.word()));
          }
        } else {
          socket = nextFree(before.getOrDefault(endpoint, endpoint.defaultPort()), endpoint);
        }
        held.add(socket);
        chosen.put(endpoint, socket.getLocalPort());
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    Ports ports = new Ports(chosen);
    ports.write(file);
    return ports;
  }

  /** The ports of a data directory that was started before. */
  public static Ports read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<Endpoint, Integer> ports = new EnumMap<>(Endpoint.class);
    for (Endpoint endpoint : Endpoint.values()) {
      String port = properties.getProperty(endpoint.word());
      if (port != null) {
        ports.put(endpoint, Integer.parseInt(port.strip()));
      }
    }
    return new Ports(ports);
  }

  public int of(Endpoint endpoint) {
    return byEndpoint.getOrDefault(endpoint, endpoint.defaultPort());
  }

  /** As a URL's host and port, for example {@code 127.0.0.1:8080}. */
  public String address(Endpoint endpoint) {
    return LOOPBACK + ":" + of(endpoint);
  }

  private void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    byEndpoint.forEach((endpoint, port) -> lines.add(endpoint.word() + "=" + port));
    Files.write(file, lines);
  }

  private static ServerSocket nextFree(int first, Endpoint endpoint) throws IOException {
    for (int port = first; port <= HIGHEST; port += STEP) {
      ServerSocket socket = hold(port);
      if (socket != null) {
        return socket;
      }
    }
    throw new IOException("No free port for " + endpoint.word() + " from " + first + " on.");
  }

  private static @Nullable ServerSocket hold(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      return null;
    }
  }
}
