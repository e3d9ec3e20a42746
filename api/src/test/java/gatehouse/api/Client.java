package gatehouse.api;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser without a screen: keeps cookies and sends the CSRF token as the console does. */
public final class Client {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;

  private Client(String url) {
    this.url = url;
  }

  /** An answer. */
  public record Answer(int status, HttpResponse<String> response) {

    public String body() {
      return response.body();
    }

    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public String code() {
      return json().path("code").asString();
    }
  }

  /** Nobody. */
  public static Client anonymous(String url) {
    return new Client(url);
  }

  /** Somebody, logged in at the shared API. */
  public static Client of(String username) {
    return of(Platform.get().url(), username);
  }

  /** Somebody, logged in. */
  public static Client of(String url, String username) {
    Client client = new Client(url);
    Answer answer = client.logIn(username, Platform.PASSWORD);
    if (answer.status() != 200) {
      throw new AssertionError(username + ": " + answer.status() + " " + answer.body());
    }
    return client;
  }

  public Answer logIn(String username, String password) {
    get("/api/v1/session");
    return post(
        "/api/v1/session",
        JSON.writeValueAsString(java.util.Map.of("username", username, "password", password)));
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  public Answer put(String path, String body, String... headers) {
    return send("PUT", path, body, headers);
  }

  public Answer delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  /** Sends a request with the CSRF token of the cookie, if there is one. */
  public Answer send(String method, String path, @Nullable String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    String token = cookie("XSRF-TOKEN");
    if (!method.equals("GET") && !token.isEmpty()) {
      all.addAll(List.of("X-XSRF-TOKEN", token));
    }
    return sendAsIs(method, path, body, all.toArray(String[]::new));
  }

  /** Sends exactly this. */
  public Answer sendAsIs(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The body of an answer that is no text. */
  public byte[] bytes(String path) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(url + path))
                  .timeout(Duration.ofSeconds(30))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Opens a stream of server-sent events; close the stream to end it. */
  public EventStream stream(String path, String... headers) {
    return EventStream.open(http, url + path, headers);
  }

  public String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name) && !cookie.hasExpired())
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  public void setCookie(String name, String value) {
    HttpCookie cookie = new HttpCookie(name, value);
    cookie.setPath("/");
    cookie.setVersion(0);
    cookies.getCookieStore().add(URI.create(url), cookie);
  }
}
