package gatehouse.launcher.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Texts that services of this machine give over HTTP. */
final class HttpText {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private HttpText() {}

  static String get(String address) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(LIMIT).build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new IOException("Nobody answers at " + address + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while asking " + address + ".", e);
    }
  }
}
