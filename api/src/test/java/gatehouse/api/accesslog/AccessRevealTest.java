package gatehouse.api.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The property's access log: masked, until a reason is given that the person gets to see (W-01).
 */
class AccessRevealTest {

  private final String community = "rev-" + UUID.randomUUID().toString().substring(0, 8);
  private final Instant noon =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));
  private final String account = TestSite.account("PROPERTY", community);
  private final Client property = Client.of(account);

  @Test
  void w01NamesAndPlatesAreMaskedUntilAReasonIsGiven() {
    someonePasses();
    JsonNode rows = property.get("/api/v1/access-log").json().path("items");
    assertThat(rows.findValuesAsString("subject")).containsExactly("粤B***45", "ca***-x");
    assertThat(property.post("/api/v1/access-log/reveal", wish("", rows)).status()).isEqualTo(400);

    Client.Answer clear = property.post("/api/v1/access-log/reveal", wish("found keys", rows));
    assertThat(clear.status()).isEqualTo(200);
    assertThat(clear.json().findValuesAsString("subject"))
        .containsExactly("粤B12345", "card-4711-x");
    assertThat(clear.json().findValuesAsString("person")).containsExactly("p-1", "p-1");
    assertThat(clear.json().findValuesAsString("name")).containsExactly("王小明", "王小明");

    assertThat(
            Platform.get()
                .texts(
                    "select what || ' ' || reason from person.disclosure where community = ?",
                    community))
        .containsExactly("access-log.reveal found keys");
    assertThat(
            Platform.get()
                .texts(
                    "select object || ' ' || reason from audit.entry where who = ? and action ="
                        + " 'access-log.reveal'",
                    account))
        .containsExactly("2 rows found keys");
  }

  @Test
  void l14NoMovementProfileOfOneSubjectWithoutARecordedReason() {
    someonePasses();
    String search = "/api/v1/access-log?subject=card-4711-x";
    Client.Answer refused = property.get(search);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("field").asString()).isEqualTo("reason");
    assertThat(property.get("/api/v1/access-log.csv?subject=card-4711-x").status()).isEqualTo(400);
    assertThat(disclosures()).isEmpty();

    Client.Answer found = property.get(search + "&reason=lost%20card");
    assertThat(found.json().path("items")).hasSize(1);
    assertThat(disclosures()).containsExactly("p-1 access-log.search lost card");
    assertThat(
            Platform.get()
                .texts(
                    "select reason from audit.entry where who = ? and action = 'access-log.search'",
                    account))
        .containsExactly("lost card");
    assertThat(Client.of(TestSite.account("POLICE", community)).get(search).code())
        .isEqualTo("case-required");
  }

  @Test
  void guardsAndOthersRevealNothing() {
    someonePasses();
    JsonNode rows = property.get("/api/v1/access-log").json().path("items");
    String wish = wish("curious", rows);
    Client guard = Client.of(TestSite.accountWithDuty("PROPERTY", "GUARD", community));
    assertThat(guard.post("/api/v1/access-log/reveal", wish).status()).isEqualTo(403);
    Client stranger = Client.of(TestSite.account("PROPERTY", community + "-other"));
    assertThat(stranger.post("/api/v1/access-log/reveal", wish).status()).isEqualTo(404);
    Client operator = Client.of(TestSite.accountWithDuty("PROPERTY", "OPERATOR", community));
    assertThat(operator.post("/api/v1/access-log/reveal", wish).status()).isEqualTo(200);
  }

  @Test
  void atMostFiftyRowsAtATime() {
    String row = "{\"device\":\"d\",\"id\":\"1\",\"time\":\"2026-01-01T00:00:00Z\"}";
    String rows = String.join(",", java.util.Collections.nCopies(51, row));
    Client.Answer refused =
        property.post(
            "/api/v1/access-log/reveal",
            "{\"community\":\"" + community + "\",\"reason\":\"x\",\"rows\":[" + rows + "]}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("field").asString()).isEqualTo("rows");
  }

  private void someonePasses() {
    put("/api/v1/persons/" + community + "/p-1", "{\"name\":\"王小明\",\"nonFaceWay\":\"CARD\"}");
    put(
        "/api/v1/registry/" + community + "/credential/card-4711-x",
        "{\"validFrom\":\"2026-01-01T00:00:00Z\",\"fields\":{\"credential\":\"card-4711-x\",\"type\":\"CARD\",\"holder\":\"p-1\"}}");
    put(
        "/api/v1/registry/" + community + "/vehicle/%E7%B2%A4B12345",
        "{\"validFrom\":\"2026-01-01T00:00:00Z\",\"fields\":{\"plate\":\"粤B12345\",\"owner\":\"p-1\"}}");
    store(
        TestEvents.access(community, "card-4711-x", Outcome.GRANTED, noon),
        TestEvents.plate(community, "粤B12345", noon.plusSeconds(60)));
  }

  private void put(String path, String body) {
    Client.Answer answer = property.put(path, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private void store(DeviceEvent... events) {
    for (DeviceEvent event : events) {
      TestEvents.publish(event);
    }
    await()
        .until(
            () ->
                Platform.get()
                    .texts("select count(*) from event.log where community = ?", community)
                    .get(0)
                    .equals(String.valueOf(events.length)));
  }

  private java.util.List<String> disclosures() {
    return Platform.get()
        .texts(
            "select person || ' ' || what || ' ' || reason from person.disclosure where community"
                + " = ?",
            community);
  }

  private String wish(String reason, JsonNode rows) {
    java.util.List<String> keys = new java.util.ArrayList<>();
    rows.forEach(
        row ->
            keys.add(
                "{\"device\":\"%s\",\"id\":\"%s\",\"time\":\"%s\"}"
                    .formatted(
                        row.path("device").asString(),
                        row.path("id").asString(),
                        row.path("time").asString())));
    return "{\"community\":\"%s\",\"reason\":\"%s\",\"rows\":[%s]}"
        .formatted(community, reason, String.join(",", keys));
  }
}
