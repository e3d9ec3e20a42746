package gatehouse.api.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A POST (HTTP/1.1) to one given address. The JDK's clients look the host up by themselves; this
 * one cannot. TLS still checks that the certificate is the host's. Of the answer the status counts;
 * at most 64 KiB of it are read, and nothing of it is kept. Whoever takes longer than the limit,
 * were it byte by byte, is cut off.
 */
final class PinnedPost implements AutoCloseable {

  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_STATUS_CHARACTERS = 1_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

  private final SSLSocketFactory tls;
  private final Duration limit;
  private final ScheduledExecutorService scissors =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "webhook-limit");
            thread.setDaemon(true);
            return thread;
          });

  PinnedPost(SSLSocketFactory tls, Duration limit) {
    this.tls = tls;
    this.limit = limit;
  }

  /**
   * Sends the request.
   *
   * @return the status of the answer
   * @throws SocketTimeoutException if it takes longer than the limit
   */
  int send(Target target, InetAddress address, Map<String, String> headers, String body)
      throws IOException {
    try (Socket plain = new Socket()) {
      AtomicBoolean tooLong = new AtomicBoolean();
      ScheduledFuture<?> cut =
          scissors.schedule(
              () -> {
                // First, for whoever waits at the socket goes on as soon as it is closed.
                tooLong.set(true);
                cut(plain);
              },
              limit.toMillis(),
              TimeUnit.MILLISECONDS);
      try {
        plain.connect(new InetSocketAddress(address, target.port()), (int) limit.toMillis());
        return target.secure()
            ? secured(plain, target, headers, body)
            : exchange(plain, target, headers, body);
      } catch (IOException e) {
        if (tooLong.get()) {
          SocketTimeoutException late = new SocketTimeoutException("too slow");
          late.initCause(e);
          throw late;
        }
        throw e;
      } finally {
        cut.cancel(false);
      }
    }
  }

  @Override
  public void close() {
    scissors.shutdownNow();
  }

  private int secured(Socket plain, Target target, Map<String, String> headers, String body)
      throws IOException {
    try (SSLSocket secure =
        (SSLSocket) tls.createSocket(plain, target.host(), target.port(), true)) {
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return exchange(secure, target, headers, body);
    }
  }

  private static int exchange(
      Socket socket, Target target, Map<String, String> headers, String body) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(target.path()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(target.authority()).append("\r\n");
    head.append("Content-Type: application/json\r\nContent-Length: ").append(content.length);
    head.append("\r\nUser-Agent: Gatehouse\r\nConnection: close\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("\r\n");
    OutputStream out = socket.getOutputStream();
    out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    out.write(content);
    out.flush();
    InputStream in = new BufferedInputStream(socket.getInputStream());
    Matcher status = STATUS.matcher(line(in));
    if (!status.matches()) {
      throw new IOException("the answer is not HTTP");
    }
    drain(in);
    return Integer.parseInt(status.group(1));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < MOST_STATUS_CHARACTERS) {
      int next = in.read();
      if (next < 0 || next == '\n') {
        return line.toString().strip();
      }
      line.append((char) next);
    }
    return line.toString();
  }

  /** So that the receiver does not see its answer cut off; the status is known by now. */
  private static void drain(InputStream in) {
    byte[] buffer = new byte[4_096];
    try {
      for (int read = 0, more = 0; read < MOST_BYTES && more >= 0; read += more) {
        more = in.read(buffer);
      }
    } catch (IOException e) {
      // Not needed.
    }
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }
}
