package gatehouse.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * {@link NoDelaySockets} with TLS, trusting what the JVM trusts. Paho takes nothing but an {@link
 * SSLSocketFactory} for an {@code ssl://} address.
 */
final class NoDelayTlsSockets extends SSLSocketFactory {

  private final SSLSocketFactory tls;
  private final NoDelaySockets sockets;

  /** Makes TLS sockets by {@code sockets}, which therefore must be made of {@code tls}. */
  NoDelayTlsSockets(SSLSocketFactory tls, NoDelaySockets sockets) {
    this.tls = tls;
    this.sockets = sockets;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return sockets.createSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return sockets.createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return sockets.createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return sockets.createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return sockets.createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(Socket below, String host, int port, boolean closeBelow)
      throws IOException {
    return tls.createSocket(below, host, port, closeBelow);
  }
}
