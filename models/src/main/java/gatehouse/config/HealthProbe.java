package gatehouse.config;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A container's health check: asks a URL once, exit code 0 if it answers 2xx. */
public final class HealthProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private HealthProbe() {}

  /** With the URL as its only argument. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(arguments.length == 1 && healthy(URI.create(arguments[0])) ? 0 : 1);
  }

  private static boolean healthy(URI url) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(url).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.discarding());
      return answer.statusCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    }
  }
}
