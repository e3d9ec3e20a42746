package gatehouse.api.property;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the property works through (W-03, W-04, W-07, R-10). */
class WorklistsTest {

  private final String community = "wl-" + UUID.randomUUID().toString().substring(0, 8);
  private final Client manager = Client.of(TestSite.account("PROPERTY", community));
  private final Client guard = Client.of(TestSite.accountWithDuty("PROPERTY", "GUARD", community));
  private final Instant now = Instant.now();

  @Test
  void w04LeasesThatEndThatEndedWithCredentialsAndTenantsWithout() {
    record("credential", "c-1", "\"credential\":\"c-1\",\"type\":\"CARD\",\"holder\":\"p-1\"");
    record("credential", "c-2", "\"credential\":\"c-2\",\"type\":\"CARD\",\"holder\":\"p-2\"");
    lease("ends-soon", "p-1", "c-1", now.plus(Duration.ofDays(10)));
    lease("ends-late", "p-3", "c-3", now.plus(Duration.ofDays(100)));
    lease("ended", "p-2", "c-2", now.minus(Duration.ofDays(1)));
    lease("ended-clean", "p-4", "c-4", now.minus(Duration.ofDays(1)));
    record("residency", "p-9:1-101", "\"person\":\"p-9\",\"unit\":\"1-101\",\"role\":\"TENANT\"");
    record("residency", "p-1:1-101", "\"person\":\"p-1\",\"unit\":\"1-101\",\"role\":\"TENANT\"");

    JsonNode list = worklist("leases");
    assertThat(list.path("ending").findValuesAsString("lease")).containsExactly("ends-soon");
    assertThat(list.path("endedButActive").findValuesAsString("lease")).containsExactly("ended");
    assertThat(list.path("endedButActive").get(0).path("credentials").get(0).asString())
        .isEqualTo("c-2");
    assertThat(list.path("tenantsWithoutLease").findValuesAsString("tenant"))
        .containsExactly("p-9");
    assertThat(guard.get("/api/v1/worklists/leases?community=" + community).status())
        .isEqualTo(403);
    Client stranger = Client.of(TestSite.account("PROPERTY", community + "-other"));
    assertThat(stranger.get("/api/v1/worklists/leases?community=" + community).status())
        .isEqualTo(404);
  }

  @Test
  void r10WhereTheRegistryContradictsItself() {
    record("residency", "p-1:1-101", "\"person\":\"p-1\",\"unit\":\"1-101\"");
    person("p-1");
    record(
        "credential",
        "good",
        "\"credential\":\"good\",\"type\":\"CARD\",\"holder\":\"p-1\",\"unit\":\"1-101\"");
    record(
        "credential",
        "stray",
        "\"credential\":\"stray\",\"type\":\"CARD\",\"holder\":\"p-7\",\"unit\":\"1-101\"");
    record("credential", "nobodys", "\"credential\":\"nobodys\",\"type\":\"CARD\"");
    record("vehicle", "粤B12345", "\"plate\":\"粤B12345\",\"owner\":\"p-8\",\"unit\":\"1-101\"");
    record("residency", "p-2:1-101", "\"person\":\"p-2\",\"unit\":\"1-101\"");
    person("p-2");
    record("credential", "face", "\"credential\":\"face\",\"type\":\"FACE\",\"holder\":\"p-2\"");
    Platform.get()
        .asOwner(
            "insert into person.unit values (?, '9-909', 1, now(), 't', '9', 9, 'HOME')",
            community);

    JsonNode items = worklist("consistency").path("items");
    assertThat(items.findValuesAsString("check"))
        .containsExactly(
            "CREDENTIAL_OUTSIDE_HOUSEHOLD",
            "CREDENTIAL_WITHOUT_HOLDER",
            "PERSON_WITHOUT_NON_FACE_WAY",
            "UNIT_WITHOUT_RESIDENCY",
            "VEHICLE_OUTSIDE_HOUSEHOLD");
    assertThat(items.findValuesAsString("thing"))
        .containsExactly("stray", "nobodys", "p-2", "9-909", "粤B12345");
  }

  @Test
  void w03VehiclesInsideAndBeyondTheirTime() {
    read("粤B11111", "IN", Duration.ofHours(30));
    read("粤B22222", "IN", Duration.ofHours(2));
    read("粤B33333", "IN", Duration.ofHours(50));
    read("粤B33333", "OUT", Duration.ofHours(49));
    read("粤B44444", "IN", Duration.ofHours(60));
    record("vehicle", "粤B44444", "\"plate\":\"粤B44444\",\"unit\":\"1-101\"");

    JsonNode items = guardsList("parking").path("items");
    assertThat(items.findValuesAsString("plate")).containsExactly("粤B***44", "粤B***11", "粤B***22");
    assertThat(items.findValuesAsString("overstay")).containsExactly("false", "true", "false");
    assertThat(items.get(0).path("registered").asBoolean()).isTrue();
    assertThat(items.get(1).path("minutes").asLong()).isBetween(1_799L, 1_810L);
  }

  @Test
  void w07FireAtAGlance() {
    TestSite.community(community, "Fire " + community);
    Platform platform = Platform.get();
    platform.asOwner(
        "insert into site.device values (?, 's-1', 'hall', '', 'smoke-detector', 'UNKNOWN', true,"
            + " now())",
        community);
    platform.asOwner(
        "insert into site.sensor_state values (?, 's-1', 'SMOKE', 0.4, '%', true, now())",
        community);
    alert("fire-anomaly", "hall", "{PROPERTY}", "{}");
    alert("fire-lane-blocked", "lane-1", "{PROPERTY}", "{}");
    alert("device-health", "hall", "{OPERATIONS}", "{s-1}");
    String order = "/api/v1/work-orders/" + UUID.randomUUID();
    String etag =
        manager
            .put(
                order,
                "{\"community\":\"" + community + "\",\"kind\":\"FIRE_TEST\",\"title\":\"test\"}")
            .header("ETag");
    manager.post(order + "/steps", "{\"state\":\"DONE\"}", "If-Match", etag);

    JsonNode view = manager.get("/api/v1/fire?community=" + community).json().path("items").get(0);
    assertThat(view.path("sensors").get(0).path("value").asDouble()).isEqualTo(0.4);
    assertThat(view.path("faults").asInt()).isEqualTo(1);
    assertThat(view.path("alerts").findValuesAsString("model"))
        .containsExactlyInAnyOrder("fire-anomaly", "fire-lane-blocked");
    assertThat(view.path("blockedLanes").get(0).asString()).isEqualTo("lane-1");
    assertThat(view.path("lastTest").asString()).isNotEmpty();
    JsonNode police =
        Client.of(TestSite.account("POLICE", community)).get("/api/v1/fire").json().path("items");
    assertThat(police).hasSize(1);
    assertThat(police.get(0).path("alerts")).isEmpty();
    Client stranger = Client.of(TestSite.account("PROPERTY", community + "-other"));
    assertThat(stranger.get("/api/v1/fire?community=" + community).json().path("items")).isEmpty();
  }

  private void alert(String model, String place, String audiences, String subjects) {
    Platform.get()
        .asOwner(
            "insert into alert.alert (id, revision, state, model, community, place, severity,"
                + " audiences, subjects, first_event_time, last_event_time, detected_at,"
                + " received_at, detail) values (gen_random_uuid(), 1, 'OPEN', ?, ?, ?, 'P2',"
                + " ?::text[], ?::text[], now(), now(), now(), now(),"
                + " '{\"explanation\":{\"code\":\"device-health.silent\",\"values\":{}}}')",
            model,
            community,
            place,
            audiences,
            subjects);
  }

  private void read(String plate, String direction, Duration ago) {
    Platform.get()
        .asOwner(
            "insert into event.log values (now() - ?::interval, ?, gen_random_uuid()::text, now(),"
                + " 'gate', 'camera', 'plate-read', true, 'plate', ?, ?, 'GRANTED', '', false,"
                + " '{}')",
            ago.toSeconds() + " seconds",
            community,
            plate,
            direction);
  }

  private void lease(String id, String tenant, String credential, Instant end) {
    Client.Answer answer =
        manager.put(
            "/api/v1/registry/" + community + "/lease/" + id,
            """
            {"validFrom":"2026-01-01T00:00:00Z","validTo":"%s",
             "fields":{"lease":"%s","unit":"1-101","tenant":"%s","credentials":["%s"]}}
            """
                .formatted(end, id, tenant, credential));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private void record(String kind, String thing, String fields) {
    Client.Answer answer =
        manager.put(
            "/api/v1/registry/"
                + community
                + "/"
                + kind
                + "/"
                + java.net.URLEncoder.encode(thing, java.nio.charset.StandardCharsets.UTF_8),
            "{\"validFrom\":\"2026-01-01T00:00:00Z\",\"fields\":{" + fields + "}}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private void person(String person) {
    manager.put(
        "/api/v1/persons/" + community + "/" + person,
        "{\"name\":\"王小明\",\"nonFaceWay\":\"CARD\"}");
  }

  private JsonNode worklist(String name) {
    return list(manager, name);
  }

  private JsonNode guardsList(String name) {
    return list(guard, name);
  }

  private JsonNode list(Client client, String name) {
    Client.Answer answer = client.get("/api/v1/worklists/" + name + "?community=" + community);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }
}
