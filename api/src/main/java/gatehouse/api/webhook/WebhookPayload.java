package gatehouse.api.webhook;

import gatehouse.api.ApiSettings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a webhook says: ids and a link, never a name, a plate or a phone number. Whoever may know
 * more follows the link and signs in.
 */
@Component
final class WebhookPayload {

  private final JsonMapper json;
  private final String publicUrl;

  WebhookPayload(JsonMapper json, ApiSettings settings) {
    this.json = json;
    String url = settings.publicUrl();
    this.publicUrl = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * Of a notification.
   *
   * @param alerts how many alerts it is about
   */
  record About(
      String notification,
      @Nullable String alert,
      String community,
      String model,
      String place,
      String severity,
      String channel,
      int alerts) {}

  String of(String type, Instant at, About about) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("notification", about.notification());
    data.put("community", about.community());
    if (about.alert() != null) {
      data.put("alert", about.alert());
    }
    if (!about.model().isEmpty()) {
      data.put("model", about.model());
    }
    if (!about.place().isEmpty()) {
      data.put("place", about.place());
    }
    data.put("severity", about.severity());
    data.put("channel", about.channel());
    data.put("alerts", about.alerts());
    data.put("link", publicUrl + (about.alert() == null ? "/alerts" : "/alerts/" + about.alert()));
    return envelope(type, at, data);
  }

  String test(Instant at) {
    return envelope(EventType.TEST, at, Map.of("link", publicUrl + "/"));
  }

  private String envelope(String type, Instant at, Map<String, Object> data) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", type);
    event.put("timestamp", at.toString());
    event.put("data", data);
    return json.writeValueAsString(event);
  }
}
