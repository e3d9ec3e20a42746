package gatehouse.acceptance;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the requests of a file in docs/walk-through as a person would, one after the other, so that
 * what the documentation promises is what is tested. Between the requests of the file a test may do
 * what happens outside the API.
 */
final class WalkThrough {

  private static final Path FOLDER = Path.of("../../docs/walk-through");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern EXPECT = Pattern.compile("# expect (\\d{3})");
  private static final Pattern KEEP = Pattern.compile("# keep (\\w+) = \\$(.*)");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(cookies).connectTimeout(Duration.ofSeconds(10)).build();
  private final List<Request> requests;
  private int next;

  private record Request(
      String title,
      String method,
      String address,
      Map<String, String> headers,
      String body,
      int expected,
      Map<String, String> kept) {}

  private WalkThrough(List<Request> requests) {
    this.requests = requests;
  }

  /** Opens a file of the folder. */
  static WalkThrough of(String file) throws IOException {
    List<Request> requests = new ArrayList<>();
    String[] parts = Files.readString(FOLDER.resolve(file)).split("(?m)^### ", -1);
    for (String part : List.of(parts).subList(1, parts.length)) {
      requests.add(parse(part));
    }
    return new WalkThrough(requests);
  }

  /** Gives a variable its value. */
  WalkThrough with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** The value of a variable, given or kept. */
  String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("nothing gave " + name + " a value");
    }
    return value;
  }

  /** Sends the next requests, up to and with the one of this title; returns its answer. */
  JsonNode until(String title) throws Exception {
    while (next < requests.size()) {
      Request request = requests.get(next++);
      JsonNode answer = send(request);
      if (request.title().equals(title)) {
        return answer;
      }
    }
    throw new IllegalStateException("there is no further request: " + title);
  }

  /** Sends all that are left. */
  void finish() throws Exception {
    while (next < requests.size()) {
      send(requests.get(next++));
    }
  }

  private JsonNode send(Request request) throws Exception {
    String xsrf = cookie();
    if (xsrf != null) {
      values.put("xsrf", xsrf);
    }
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(filled(request.address(), true)))
            .timeout(Duration.ofSeconds(30))
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(filled(request.body(), false)));
    request.headers().forEach((name, value) -> builder.setHeader(name, filled(value, false)));
    HttpResponse<String> answer = http.send(builder.build(), BodyHandlers.ofString());
    if (answer.statusCode() != request.expected()) {
      throw new AssertionError(
          request.title()
              + ": expected "
              + request.expected()
              + " but was "
              + answer.statusCode()
              + " "
              + answer.body());
    }
    answer.headers().firstValue("ETag").ifPresent(etag -> values.put("etag", etag));
    JsonNode body = json(answer.body());
    request.kept().forEach((name, path) -> values.put(name, body.at(pointer(path)).asString()));
    return body;
  }

  private static JsonNode json(String body) {
    return body.startsWith("{") || body.startsWith("[")
        ? JSON.readTree(body)
        : JSON.getNodeFactory().stringNode(body);
  }

  /** {@code [0].unit} as a JSON pointer. */
  private static String pointer(String path) {
    return path.replaceAll("\\[(\\d+)]", "/$1").replace('.', '/');
  }

  private String filled(String text, boolean address) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String value = value(matcher.group(1));
      boolean asIs = !address || matcher.group(1).equals("host");
      matcher.appendReplacement(
          filled,
          Matcher.quoteReplacement(
              asIs ? value : URLEncoder.encode(value, StandardCharsets.UTF_8)));
    }
    return matcher.appendTail(filled).toString();
  }

  private @Nullable String cookie() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse(null);
  }

  private static Request parse(String part) {
    List<String> lines = new ArrayList<>(part.lines().toList());
    String title = lines.remove(0).strip();
    int expected = 200;
    Map<String, String> kept = new LinkedHashMap<>();
    List<String> rest = new ArrayList<>();
    for (String line : lines) {
      Matcher expect = EXPECT.matcher(line);
      Matcher keep = KEEP.matcher(line);
      if (expect.matches()) {
        expected = Integer.parseInt(expect.group(1));
      } else if (keep.matches()) {
        kept.put(keep.group(1), keep.group(2));
      } else {
        rest.add(line);
      }
    }
    String[] first = rest.remove(0).split(" ", 2);
    Map<String, String> headers = new LinkedHashMap<>();
    while (!rest.isEmpty() && !rest.get(0).isBlank()) {
      String[] header = rest.remove(0).split(": ", 2);
      headers.put(header[0], header[1]);
    }
    return new Request(
        title, first[0], first[1], headers, String.join("\n", rest).strip(), expected, kept);
  }
}
