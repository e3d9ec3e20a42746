package gatehouse.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A TCP proxy that can go dead: connections stay open and nothing passes any more. */
final class Wire implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final List<Link> links = new CopyOnWriteArrayList<>();

  private Wire(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** A connection through the proxy. */
  private record Link(Socket near, Socket far, AtomicBoolean dead) {}

  static Wire to(int target) throws IOException {
    Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    daemon(wire::accept);
    return wire;
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return links.size();
  }

  /** What is connected now goes dead; new connections work. */
  void cut() {
    for (Link link : links) {
      link.dead().set(true);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        Link link =
            new Link(
                near, new Socket(InetAddress.getLoopbackAddress(), target), new AtomicBoolean());
        near.setTcpNoDelay(true);
        link.far().setTcpNoDelay(true);
        links.add(link);
        daemon(() -> pump(link, link.near(), link.far()));
        daemon(() -> pump(link, link.far(), link.near()));
      }
    } catch (SocketException e) {
      // closed
      return;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pump(Link link, Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (!link.dead().get()) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      // One side is gone; closing the streams ends the other.
      return;
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Link link : links) {
      link.near().close();
      link.far().close();
    }
  }
}
