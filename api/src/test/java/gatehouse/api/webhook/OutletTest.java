package gatehouse.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a webhook may go, and that it goes nowhere else (trust.md S9). */
class OutletTest {

  private static final SSLSocketFactory USUAL = (SSLSocketFactory) SSLSocketFactory.getDefault();
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "ftp://example.com/",
        "https://user:secret@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com:22/",
        "https://example.com:8080/",
        "https://example.com/#part",
        "https:///path",
        "https://example.com/a b",
        "https://example.com/\r\nX-Evil: 1",
        "//example.com/",
        "",
        // 127.0.0.1 in decimal, octal, hexadecimal and shortened.
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://017700000001/",
        "https://0x7f.0.0.1/",
        "https://0x7f000001/",
        "https://127.1/",
        "https://127.0.0.1./",
        // Full-width digits, and an enclosed letter.
        "https://\uFF11\uFF12\uFF17.0.0.1/",
        "https://\u24DBocalhost/",
        // Addresses of the inside.
        "https://127.0.0.1/",
        "https://127.255.255.254/",
        "https://0.0.0.0/",
        "https://10.1.2.3/",
        "https://100.64.0.1/",
        "https://100.100.100.200/",
        "https://169.254.169.254/latest/meta-data/",
        "https://168.63.129.16/",
        "https://172.16.0.1/",
        "https://172.31.255.255/",
        "https://192.0.0.192/",
        "https://192.168.1.1/",
        "https://198.18.0.1/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://[::]/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b:1::a9fe:a9fe]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:7f00:1::]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fc00::1]/",
        "https://[fd00:ec2::254]/",
        "https://[ff02::1]/",
        "https://[2001:db8::1]/"
      })
  void s9NoWebhookGoesToTheInside(String url) {
    try (Outlet outlet = outlet(OutletTest::literal)) {
      assertThatThrownBy(() -> outlet.check(url)).isInstanceOf(ForbiddenAddressException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "https://hooks.example.com:8443/gatehouse?token=1",
        "https://93.184.216.34/",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/"
      })
  void aPublicAddressIsAllowed(String url) throws IOException {
    try (Outlet outlet = outlet(OutletTest::literal)) {
      outlet.check(url);
    }
  }

  @Test
  void s9OneInnerAddressAmongPublicOnesIsEnoughToRefuse() {
    try (Outlet outlet = outlet(host -> List.of(address("93.184.216.34"), address("127.0.0.1")))) {
      assertThatThrownBy(() -> outlet.check("https://example.com/"))
          .isInstanceOf(ForbiddenAddressException.class);
    }
  }

  @Test
  void s9TheHostIsResolvedOnceAndASecondAnswerChangesNothing() throws Exception {
    AtomicInteger reached = new AtomicInteger();
    try (ServerSocket inside = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      answer(inside, reached, "HTTP/1.1 200 OK\r\n\r\n");
      Deque<InetAddress> answers =
          new ArrayDeque<>(List.of(address("127.0.0.1"), address("127.0.0.9")));
      try (Outlet outlet = new Outlet(host -> List.of(answers.remove()), true, USUAL, LIMIT)) {
        int status =
            outlet.send("http://rebinding.example:" + inside.getLocalPort() + "/", Map.of(), "{}");
        assertThat(status).isEqualTo(200);
      }
      assertThat(answers).as("asked once").hasSize(1);
      // The name changes to the inside between the check and the sending: it is refused again.
      Deque<InetAddress> changing =
          new ArrayDeque<>(List.of(address("93.184.216.34"), address("127.0.0.1")));
      try (Outlet outlet = outlet(host -> List.of(changing.remove()))) {
        outlet.check("https://rebinding.example/");
        assertThatThrownBy(() -> outlet.send("https://rebinding.example/", Map.of(), "{}"))
            .isInstanceOf(ForbiddenAddressException.class);
      }
      assertThat(reached).hasValue(1);
    }
  }

  @Test
  void s9ARedirectToTheInsideIsNotFollowed() throws Exception {
    AtomicInteger reached = new AtomicInteger();
    AtomicInteger redirecting = new AtomicInteger();
    try (ServerSocket inside = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        ServerSocket outside = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Outlet outlet = new Outlet(Resolver.SYSTEM, true, USUAL, LIMIT)) {
      answer(inside, reached, "HTTP/1.1 200 OK\r\n\r\n");
      answer(
          outside,
          redirecting,
          "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:"
              + inside.getLocalPort()
              + "/\r\n\r\n");
      assertThat(outlet.send("http://127.0.0.1:" + outside.getLocalPort() + "/", Map.of(), "{}"))
          .isEqualTo(307);
      assertThat(redirecting).hasValue(1);
      assertThat(reached).hasValue(0);
    }
  }

  @Test
  void f36WhoAnswersByteByByteIsCutOff() throws Exception {
    try (ServerSocket slow = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Outlet outlet = new Outlet(Resolver.SYSTEM, true, USUAL, Duration.ofMillis(400))) {
      Thread receiver = new Thread(() -> drip(slow));
      receiver.start();
      assertThatThrownBy(
              () -> outlet.send("http://127.0.0.1:" + slow.getLocalPort() + "/", Map.of(), "{}"))
          .isInstanceOf(SocketTimeoutException.class);
      receiver.join();
    }
  }

  @Test
  void aCertificateMustBeTheHosts(@TempDir Path dir) throws Exception {
    SSLContext context = certificate(dir, "receiver.example");
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    Resolver here = host -> List.of(address("127.0.0.1"));
    try (Outlet outlet = new Outlet(here, true, context.getSocketFactory(), LIMIT);
        Outlet stranger = new Outlet(here, true, USUAL, LIMIT)) {
      assertThat(outlet.send("https://receiver.example:" + port + "/", Map.of(), "{}"))
          .isEqualTo(204);
      assertThatThrownBy(() -> outlet.send("https://other.example:" + port + "/", Map.of(), "{}"))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(
              () -> stranger.send("https://receiver.example:" + port + "/", Map.of(), "{}"))
          .isInstanceOf(SSLException.class);
    } finally {
      server.stop(0);
    }
  }

  private static Outlet outlet(Resolver resolver) {
    return new Outlet(resolver, false, USUAL, LIMIT);
  }

  /** Addresses as they are; every name is public. */
  private static List<InetAddress> literal(String host) throws UnknownHostException {
    boolean name = host.chars().anyMatch(c -> c > 'f' && c <= 'z');
    return List.of(name ? address("93.184.216.34") : InetAddress.getByName(host));
  }

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }

  private static void answer(ServerSocket server, AtomicInteger count, String text) {
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket one = server.accept()) {
                  count.incrementAndGet();
                  InputStream in = one.getInputStream();
                  int unused = in.read(new byte[10_000]);
                  one.getOutputStream()
                      .write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  return;
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void drip(ServerSocket server) {
    try (Socket one = server.accept()) {
      for (int i = 0; i < 100; i++) {
        one.getOutputStream().write('H');
        one.getOutputStream().flush();
        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
      }
    } catch (IOException e) {
      // Cut off, as it should be.
    }
  }

  private static SSLContext certificate(Path dir, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = dir.resolve("receiver.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "receiver",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name)
            .redirectErrorStream(true)
            .start();
    assertThat(made.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, "changeit".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("receiver", keys.getCertificate("receiver"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
