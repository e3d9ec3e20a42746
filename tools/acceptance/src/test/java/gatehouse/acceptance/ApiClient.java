package gatehouse.acceptance;

import gatehouse.launcher.Stack;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person's session with the API, over HTTP. */
final class ApiClient {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final String base;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();

  private ApiClient(String base) {
    this.base = base + "/api/v1";
  }

  /** Logs in one of the demo accounts. */
  static ApiClient of(Stack stack, String username) throws Exception {
    ApiClient client = new ApiClient(stack.apiUrl());
    client.get("/session");
    HttpResponse<String> answer =
        client.send(
            client
                .request("/session")
                .POST(
                    BodyPublishers.ofString(
                        "{\"username\":\"%s\",\"password\":\"%s\"}"
                            .formatted(username, password(stack, username))))
                .header("Content-Type", "application/json"));
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("log-in answered " + answer.statusCode());
    }
    return client;
  }

  static String password(Stack stack, String username) throws IOException {
    return stack.secrets().demoAccounts().stream()
        .filter(account -> account.username().equals(username))
        .findFirst()
        .orElseThrow()
        .password();
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + " answered " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }

  HttpResponse<String> put(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        request(path).PUT(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        request(path)
            .POST(BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  static JsonNode parse(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
        .map(HttpCookie::getValue)
        .findFirst()
        .ifPresent(token -> request.header("X-XSRF-TOKEN", token));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
