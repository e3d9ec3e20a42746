package gatehouse.flink;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.jspecify.annotations.Nullable;

/**
 * Flink's metrics for Prometheus, on the loopback interface only: Flink's own reporter listens on
 * every interface of the machine. Names and labels are the same.
 */
public final class LoopbackPrometheus implements MetricReporter {

  private static final CharacterFilter NAME = text -> text.replaceAll("[^a-zA-Z0-9:_]", "_");

  private final Map<Metric, Series> known = new ConcurrentHashMap<>();
  private @Nullable HttpServer server;

  private record Series(String name, String labels) {}

  /** Makes the reporter for Flink. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new LoopbackPrometheus();
    }
  }

  /** Has a Flink in this JVM report on this port. */
  static void configure(Configuration settings, int port) {
    settings.setString("metrics.reporter.prometheus.factory.class", Factory.class.getName());
    settings.setString("metrics.reporter.prometheus.port", Integer.toString(port));
  }

  @Override
  public void open(MetricConfig config) {
    int port = config.getInteger("port", 0);
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 8);
      started.createContext(
          "/metrics",
          exchange -> {
            byte[] page = page().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            try (OutputStream body = exchange.getResponseBody()) {
              body.write(page);
            }
          });
      started.start();
      server = started;
    } catch (IOException e) {
      throw new UncheckedIOException("Port " + port + " is not free for the metrics.", e);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    String scope = LogicalScopeProvider.castFrom(group).getLogicalScope(NAME, '_');
    known.put(
        metric,
        new Series(
            "flink_" + scope + "_" + NAME.filterCharacters(name),
            group.getAllVariables().entrySet().stream()
                .map(LoopbackPrometheus::label)
                .collect(Collectors.joining(","))));
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    known.remove(metric);
  }

  /** In Prometheus' text format. */
  private String page() {
    Map<String, StringBuilder> byName = new TreeMap<>();
    known.forEach(
        (metric, series) -> {
          Double value = value(metric);
          if (value != null) {
            byName
                .computeIfAbsent(
                    series.name(),
                    name -> new StringBuilder("# TYPE ").append(name).append(" gauge\n"))
                .append(series.name())
                .append('{')
                .append(series.labels())
                .append("} ")
                .append(value)
                .append('\n');
          }
        });
    return String.join("", byName.values());
  }

  private static @Nullable Double value(Metric metric) {
    if (metric instanceof Counter counter) {
      return (double) counter.getCount();
    } else if (metric instanceof Meter meter) {
      return meter.getRate();
    } else if (metric instanceof Histogram histogram) {
      return histogram.getStatistics().getMean();
    } else if (metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
      return number.doubleValue();
    }
    return null;
  }

  /** Variables are called {@code <job_name>}. */
  private static String label(Map.Entry<String, String> variable) {
    String key = variable.getKey();
    return NAME.filterCharacters(key.substring(1, key.length() - 1))
        + "=\""
        + variable.getValue().replaceAll("[\\\\\"\\n]", "_")
        + '"';
  }
}
