package gatehouse.launcher.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/** Whether a service that runs can be used. */
public interface Probe {

  /**
   * Looks once. Errors count as "not yet".
   *
   * @param log the service's log file
   * @param logStart where in the log this run of the service begins
   */
  boolean isReady(Path log, long logStart) throws IOException, InterruptedException;

  /** Ready when it has printed a line that begins with READY. */
  static Probe readyLine() {
    return (log, logStart) -> {
      try (FileChannel channel = FileChannel.open(log)) {
        InputStream in = Channels.newInputStream(channel.position(logStart));
        return new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .anyMatch(line -> line.startsWith("READY"));
      }
    };
  }

  /** Ready when a GET of this address answers 200. */
  static Probe http(URI address) {
    return http(address, body -> true);
  }

  /** Ready when a GET of this address answers 200 with a body like this. */
  static Probe http(URI address, Predicate<String> body) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).GET().build();
    return (log, logStart) -> {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && body.test(answer.body());
    };
  }
}
