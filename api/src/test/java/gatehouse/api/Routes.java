package gatehouse.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Every declared route, and how to call it on what belongs to somebody. */
final class Routes {

  private static final String ABSENT = "00000000-0000-4000-8000-000000000000";

  /** Bodies that a route would take, so that it is the thing that is refused and not the body. */
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("POST /api/v1/alerts/{id}/resolve", "{\"disposition\":\"TRUE\"}"),
          Map.entry("PUT /api/v1/alert-budgets/{community}", "{\"perDay\":5}"),
          Map.entry("POST /api/v1/doors/{id}/hold", "{\"until\":\"SOON\",\"reason\":\"x\"}"),
          Map.entry("POST /api/v1/access-log/reveal", "{\"reason\":\"x\"}"),
          Map.entry("POST /api/v1/reports/{id}/close", "{\"outcome\":\"DONE\",\"text\":\"x\"}"),
          Map.entry("PUT /api/v1/cases/{id}/notes/{note}", "{\"text\":\"x\"}"),
          Map.entry("POST /api/v1/cases/{id}/look-ups/{lookUp}/reveal", "{\"reason\":\"x\"}"),
          Map.entry("PUT /api/v1/lockdowns/{level}/{id}", "{\"reason\":\"x\"}"),
          Map.entry("POST /api/v1/doors/{id}/lock", "{\"reason\":\"x\"}"),
          Map.entry("POST /api/v1/persons/{community}/{person}/reveal", "{\"reason\":\"x\"}"),
          Map.entry(
              "PUT /api/v1/persons/{community}/{person}",
              "{\"name\":\"x\",\"nonFaceWay\":\"CARD\"}"),
          Map.entry(
              "PUT /api/v1/registry/{community}/{kind}/{thing}",
              "{\"fields\":{\"id\":\"x\",\"place\":\"x\"}}"),
          Map.entry("PUT /api/v1/belongings/{community}/{id}", "{\"locked\":false}"),
          Map.entry("PUT /api/v1/me/{community}/way-in", "{\"nonFaceWay\":\"CARD\"}"),
          Map.entry(
              "PUT /api/v1/homes/{community}/{unit}/care/{person}",
              "{\"consent\":true,\"contacts\":[\"x\"]}"),
          Map.entry(
              "PUT /api/v1/homes/{community}/{unit}/leases/{id}/end", "{\"validTo\":\"SOON\"}"),
          Map.entry("POST /api/v1/reports/{id}/messages", "{\"text\":\"x\"}"),
          Map.entry("POST /api/v1/work-orders/{id}/steps", "{\"state\":\"DONE\",\"note\":\"x\"}"),
          Map.entry("POST /api/v1/news/{id}/withdraw", "{\"reason\":\"x\"}"),
          Map.entry("POST /api/v1/exports/{id}/reject", "{\"note\":\"x\"}"),
          Map.entry("PUT /api/v1/cases/{id}/expiry", "{\"expires\":\"SOON\"}"));

  private Routes() {}

  /** All but those of signing in, as {@code METHOD path}. */
  static List<String> all() {
    JsonNode paths =
        Client.anonymous(Platform.get().url()).get("/v3/api-docs").json().path("paths");
    List<String> routes = new ArrayList<>();
    for (String path : paths.propertyNames()) {
      for (String method : paths.path(path).propertyNames()) {
        if (!path.startsWith("/api/v1/session") && !path.startsWith("/api/v1/second-factor")) {
          routes.add(method.toUpperCase(Locale.ROOT) + " " + path);
        }
      }
    }
    return routes;
  }

  /** The path on what belongs to a tenant; null: on what is not there. */
  static String addressed(String template, @Nullable Tenant of) {
    String address = template.replace("{level}", "door").replace("{kind}", "device");
    if (of != null) {
      address =
          address
              .replace("{community}", of.community)
              .replace("{unit}", of.unit)
              .replace("{person}", of.person)
              .replace("/members/{id}", "/members/" + of.person)
              .replace("/leases/{id}", "/leases/" + of.ids().get("/api/v1/leases"))
              .replace("{lookUp}", of.lookUp)
              .replace("{thing}", of.ids().get("/api/v1/devices"));
      String id = id(address, of);
      if (id != null) {
        address = address.replaceFirst("\\{(id|device)}", id);
      }
    }
    return address.replaceAll("\\{[a-zA-Z]+}", ABSENT);
  }

  /** Of what the longest known beginning of the address names. */
  private static @Nullable String id(String address, Tenant of) {
    return of.ids().entrySet().stream()
        .filter(one -> address.startsWith(one.getKey() + "/"))
        .max(Comparator.comparingInt(one -> one.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(null);
  }

  static Client.Answer call(Client client, String route, String address) {
    String method = route.substring(0, route.indexOf(' '));
    String body =
        method.equals("GET") || method.equals("DELETE")
            ? null
            : BODIES
                .getOrDefault(route, "{}")
                .replace("SOON", Instant.now().plus(Duration.ofHours(1)).toString());
    return client.send(method, address, body, "Idempotency-Key", key(route));
  }

  /** One wish a route: a key that was used for another one would be refused for that. */
  private static String key(String route) {
    return UUID.nameUUIDFromBytes(route.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
