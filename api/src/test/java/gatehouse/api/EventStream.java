package gatehouse.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events. */
public final class EventStream implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final int status;
  private final InputStream body;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private EventStream(int status, InputStream body) {
    this.status = status;
    this.body = body;
  }

  /** One event; the name is empty when the stream has ended. */
  public record Event(String name, String id, String data) {

    public JsonNode json() {
      return JSON.readTree(data);
    }
  }

  static EventStream open(HttpClient http, String url, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/event-stream");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      EventStream stream = new EventStream(response.statusCode(), response.body());
      Thread reader = new Thread(stream::read, "event-stream");
      reader.setDaemon(true);
      reader.start();
      return stream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public int status() {
    return status;
  }

  /** The next event, or a failure after 20 seconds. */
  public Event next() throws InterruptedException {
    Event event = events.poll(20, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return event;
  }

  /** Whether nothing has come that was not taken. */
  public boolean isQuiet() {
    return events.isEmpty();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String name = "";
      String id = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        } else if (line.isEmpty() && !name.isEmpty()) {
          events.add(new Event(name, id, data.toString()));
          name = "";
          data.setLength(0);
        }
      }
    } catch (IOException e) {
      // closed by the test
    }
    events.add(new Event("", "", ""));
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
