package gatehouse.ingest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /metrics} for Prometheus; {@code /health}: this process runs; {@code /ready}: 200 if it
 * takes messages, 503 with the reasons, one a line, if not.
 */
final class StatusServer implements AutoCloseable {

  private static final int THREADS = 2;

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "status");
            thread.setDaemon(true);
            return thread;
          });

  /** Something that answers a request. */
  private interface Page {
    void answer(HttpExchange exchange) throws IOException;
  }

  /**
   * Serves at once.
   *
   * @param obstacles what keeps the intake from taking messages; empty: ready
   */
  StatusServer(String address, int port, IngestMetrics metrics, Supplier<List<String>> obstacles)
      throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
    page(
        "/metrics",
        exchange ->
            answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
    page("/health", exchange -> answer(exchange, 200, "text/plain", "running\n"));
    page("/ready", exchange -> ready(exchange, obstacles.get()));
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void page(String path, Page page) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
              answer(exchange, 404, "text/plain", "not here\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
              answer(exchange, 405, "text/plain", "only GET\n");
            } else {
              page.answer(exchange);
            }
          }
        });
  }

  private static void ready(HttpExchange exchange, List<String> obstacles) throws IOException {
    if (obstacles.isEmpty()) {
      answer(exchange, 200, "text/plain", "ready\n");
    } else {
      answer(exchange, 503, "text/plain", String.join("\n", obstacles) + "\n");
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
