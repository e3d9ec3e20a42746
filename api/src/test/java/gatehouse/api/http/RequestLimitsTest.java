package gatehouse.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Client.Answer;
import gatehouse.api.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may bring, and how long it may take to (trust.md S14). */
class RequestLimitsTest {

  private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

  private final String url = Platform.get().url();

  @Test
  void aBodyOfTenMegabytesIsRefusedBeforeItIsRead() throws IOException {
    try (Socket socket = connect()) {
      send(socket, post("Content-Length: " + TEN_MEGABYTES, ""));
      assertThat(answer(socket)).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void aBodyOfUnknownLengthIsRefused() throws IOException {
    try (Socket socket = connect()) {
      send(socket, post("Transfer-Encoding: chunked", "5\r\n{    \r\n"));
      assertThat(answer(socket)).startsWith("HTTP/1.1 411");
    }
  }

  @Test
  void aBodyThatDripsInIsNotWaitedFor() throws IOException {
    try (Socket socket = connect()) {
      long begun = System.nanoTime();
      send(socket, post("Content-Length: 1000", "{"));
      Thread dripping = new Thread(() -> drip(socket));
      dripping.setDaemon(true);
      dripping.start();
      assertThat(answer(socket)).startsWith("HTTP/1.1 408");
      assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
    }
  }

  @Test
  void headersThatNeverEndAreNotWaitedFor() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "GET /api/v1/session HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      assertThat(answer(socket)).isNotNull();
      assertThat(Client.anonymous(url).get("/api/v1/session").status()).isEqualTo(401);
    }
  }

  @Test
  void headersLargerThanExpectedAreRefused() throws IOException {
    try (Socket socket = connect()) {
      send(
          socket,
          "GET /api/v1/session HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n");
      assertThat(answer(socket)).startsWith("HTTP/1.1 4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "gzip, gzip"})
  void nothingIsUnpacked(String coding) throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[TEN_MEGABYTES]);
    }
    Client client = Client.of("police");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/session"))
            .header("Content-Type", "application/json")
            .header("Content-Encoding", coding)
            .header("X-XSRF-TOKEN", client.cookie("XSRF-TOKEN"))
            .header("Cookie", "XSRF-TOKEN=" + client.cookie("XSRF-TOKEN"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(bomb.toByteArray()))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/access-log?limit=100000",
        "/api/v1/access-log?limit=2147483648",
        "/api/v1/access-log?limit=-1",
        "/api/v1/access-log?cursor=AAAA",
        "/api/v1/access-log?cursor=%00",
        "/api/v1/alerts?limit=100000",
        "/api/v1/alerts?page=1000"
      })
  void noPageIsTooDeepOrTooLarge(String path) {
    Answer answer = Client.of("police").get(path);
    assertThat(answer.status()).isIn(200, 400);
    if (answer.status() == 200) {
      assertThat(answer.json().path("items").size()).isLessThanOrEqualTo(500);
    }
  }

  @Test
  void jsonThatIsNestedWithoutEndIsRefused() {
    Client client = Client.of("police");
    Answer answer = client.post("/api/v1/session", "[".repeat(50_000));
    assertThat(answer.status()).isEqualTo(400);
  }

  private Socket connect() throws IOException {
    URI address = URI.create(url);
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static String post(String header, String body) {
    return "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + header
        + "\r\n\r\n"
        + body;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void drip(Socket socket) {
    try {
      while (!socket.isClosed()) {
        send(socket, " ");
        Thread.sleep(500);
      }
    } catch (IOException e) {
      // The other side has had enough.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The first bytes of the answer; empty if the connection was closed without one. */
  private static String answer(Socket socket) throws IOException {
    byte[] first = new byte[256];
    try {
      int length = socket.getInputStream().read(first);
      return length < 0 ? "" : new String(first, 0, length, StandardCharsets.US_ASCII);
    } catch (SocketException e) {
      return "";
    }
  }
}
