package gatehouse.api.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads bodies before anybody works on them. One that drips in keeps a thread for a moment only,
 * and those of one address never keep them all.
 */
final class RequestBodies {

  /** Half of the threads. */
  private static final int FOR_ADDRESS = 32;

  private final Duration patience;
  private final Map<String, Integer> reading = new ConcurrentHashMap<>();

  /**
   * Reads bodies.
   *
   * @param patience how long a whole body may take
   */
  RequestBodies(Duration patience) {
    this.patience = patience;
  }

  /** A body has not come in time, or its sender has too many under way. */
  static final class TooSlowException extends IOException {

    private static final long serialVersionUID = 1L;

    TooSlowException() {
      super("the body is too slow");
    }
  }

  /**
   * The request with its body.
   *
   * @throws TooSlowException if it takes too long
   */
  HttpServletRequest read(HttpServletRequest request) throws IOException {
    int length = request.getContentLength();
    if (length <= 0) {
      return request;
    }
    String address = request.getRemoteAddr();
    try {
      if (reading.merge(address, 1, Integer::sum) > FOR_ADDRESS) {
        throw new TooSlowException();
      }
      return new Whole(request, read(request.getInputStream(), length));
    } catch (SocketTimeoutException e) {
      throw new TooSlowException();
    } finally {
      reading.computeIfPresent(address, (name, count) -> count > 1 ? count - 1 : null);
    }
  }

  private byte[] read(InputStream from, int length) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    byte[] body = new byte[length];
    int have = 0;
    while (have < length) {
      int more = from.read(body, have, length - have);
      if (more < 0 || System.nanoTime() - end > 0) {
        throw new TooSlowException();
      }
      have += more;
    }
    return body;
  }

  private static final class Whole extends HttpServletRequestWrapper {

    private final byte[] body;

    Whole(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new Bytes(body);
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class Bytes extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    Bytes(byte[] body) {
      this.bytes = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("nothing is left to wait for");
    }
  }
}
