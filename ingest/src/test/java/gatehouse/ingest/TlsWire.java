package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A proxy that speaks TLS on its near side, with a certificate that it signed itself. */
final class TlsWire implements AutoCloseable {

  private static final String PASSWORD = "not-a-secret";

  private final ServerSocket server;
  private final int target;
  private final Path keys;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean passed;

  private TlsWire(ServerSocket server, int target, Path keys) {
    this.server = server;
    this.target = target;
    this.keys = keys;
  }

  /**
   * Starts a proxy on the loopback interface.
   *
   * @param ip whose certificate it shows
   */
  static TlsWire to(int target, Path dir, String ip) throws Exception {
    Path keys = dir.resolve("tls.p12");
    makeKeys(keys, ip);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    TlsWire wire =
        new TlsWire(
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            target,
            keys);
    daemon(wire::accept);
    return wire;
  }

  private static void makeKeys(Path keys, String ip) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "wire",
                "-keyalg",
                "EC",
                "-dname",
                "CN=wire",
                "-ext",
                "san=ip:" + ip,
                "-storepass",
                PASSWORD,
                "-keystore",
                keys.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }

  int port() {
    return server.getLocalPort();
  }

  /** The options of a JVM that trusts it. */
  String[] trusted() {
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + keys, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD
    };
  }

  /** Whether a client told it anything that it could pass on. */
  boolean hasPassedAnything() {
    return passed;
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        sockets.add(near);
        sockets.add(far);
        daemon(() -> pump(near, far));
        daemon(() -> pump(far, near));
      }
    } catch (SocketException e) {
      // closed
      return;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        passed = true;
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One side is gone or does not trust the other; closing the streams ends both.
      return;
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "tls-wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
