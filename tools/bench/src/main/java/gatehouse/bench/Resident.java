package gatehouse.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A session with the API, with cookies of its own; connections are everybody's. */
final class Resident {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> PROVED = Set.of("RELEASED", "OPENED", "RELOCKED");
  private static final Set<String> FAILED = Set.of("DENIED", "DOOR_OFFLINE", "EXPIRED", "UNKNOWN");
  private static final int DOOR_TRIES = 300;
  private static final long DOOR_PAUSE_MILLIS = 100;

  private final String base;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http;

  /**
   * How long an open took, from before the request.
   *
   * @param answeredNanos until the HTTP answer was there
   * @param releasedNanos until this client had read that the door released its lock
   */
  record Open(long answeredNanos, long releasedNanos) {}

  private Resident(HttpClient http, String base) {
    this.http = http;
    this.base = base + "/api/v1";
  }

  /** What many of them can share. */
  static HttpClient http() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  static Resident logIn(HttpClient http, String apiUrl, String username, String password)
      throws IOException, InterruptedException {
    Resident resident = new Resident(http, apiUrl);
    resident.send(resident.request("/session").GET());
    HttpResponse<String> answer =
        resident.send(
            resident
                .request("/session")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"username\":\"%s\",\"password\":\"%s\"}"
                            .formatted(username, password))));
    if (answer.statusCode() != 200) {
      throw refused("Log-in", answer);
    }
    return resident;
  }

  /** Waits until the API knows the door, that it is online, and that this resident may open it. */
  void awaitDoor(String door) throws IOException, InterruptedException {
    for (int i = 0; i < DOOR_TRIES; i++) {
      for (JsonNode item : JSON.readTree(send(request("/doors").GET()).body()).path("items")) {
        if (item.path("id").asString("").equals(door)
            && item.path("online").asBoolean(false)
            && item.path("mayOpen").asBoolean(false)) {
          return;
        }
      }
      Thread.sleep(DOOR_PAUSE_MILLIS);
    }
    throw new IOException("The API does not let the door be opened.");
  }

  /** How long a GET took, in nanoseconds. */
  long read(String path) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<String> answer = send(request(path).GET());
    if (answer.statusCode() != 200) {
      throw refused(path, answer);
    }
    return System.nanoTime() - start;
  }

  Open open(String door) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("/doors/" + door + "/open")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.noBody());
    long start = System.nanoTime();
    HttpResponse<String> answer = send(request);
    final long answered = System.nanoTime() - start;
    if (answer.statusCode() != 202) {
      throw refused("An open", answer);
    }
    JsonNode view = JSON.readTree(answer.body());
    if (!PROVED.contains(view.path("state").asString(""))) {
      follow(view.path("id").asString(""));
    }
    return new Open(answered, System.nanoTime() - start);
  }

  private void follow(String command) throws IOException, InterruptedException {
    HttpResponse<InputStream> stream =
        http.send(
            request("/door-commands/" + command + "/stream")
                .header("Accept", "text/event-stream")
                .GET()
                .build(),
            BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:")) {
          String state = JSON.readTree(line.substring(5)).path("state").asString("");
          if (PROVED.contains(state)) {
            return;
          }
          if (FAILED.contains(state)) {
            throw new IOException("An open ended as " + state + ".");
          }
        }
      }
    }
    throw new IOException("The stream of an open ended before the door released.");
  }

  private static IOException refused(String what, HttpResponse<String> answer) {
    return new IOException(
        what + " was answered with " + answer.statusCode() + ": " + answer.body());
  }

  private HttpRequest.Builder request(String path) throws IOException {
    URI address = URI.create(base + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    cookies
        .get(address, Map.of())
        .forEach((name, values) -> request.header(name, String.join("; ", values)));
    cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
        .map(HttpCookie::getValue)
        .findFirst()
        .ifPresent(token -> request.header("X-XSRF-TOKEN", token));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    cookies.put(answer.uri(), answer.headers().map());
    return answer;
  }
}
