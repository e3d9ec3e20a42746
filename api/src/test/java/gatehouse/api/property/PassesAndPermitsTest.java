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

/** Contractors, deliveries and releases of goods (W-03). */
class PassesAndPermitsTest {

  private final String community = "pas-" + UUID.randomUUID().toString().substring(0, 8);
  private final Client guard = Client.of(TestSite.accountWithDuty("PROPERTY", "GUARD", community));
  private final Client operator =
      Client.of(TestSite.accountWithDuty("PROPERTY", "OPERATOR", community));
  private final Client manager = Client.of(TestSite.account("PROPERTY", community));
  private final String pass = "/api/v1/property-passes/" + UUID.randomUUID();
  private final String permit = "/api/v1/permit-requests/" + UUID.randomUUID();

  @Test
  void w03AContractorsPassOpensByTheSameCodeAndLinkAsAGuests() {
    Client.Answer given = operator.put(pass, wish(Duration.ofDays(3)));
    assertThat(given.status()).as(given.body()).isEqualTo(200);
    assertThat(given.json().path("code").asString()).hasSize(8);
    Client.Answer shown =
        Client.anonymous(Platform.get().url())
            .get("/api/v1/pass-links/" + given.json().path("link").asString());
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json().path("qr").asString()).isNotEmpty();
    assertThat(operator.put(pass, wish(Duration.ofDays(3))).json()).isEqualTo(given.json());
    assertThat(
            Platform.get()
                .texts(
                    "select detail ->> 'host' from site.registry_entry where community = ? and kind"
                        + " = 'visitor-pass'",
                    community))
        .containsExactly("property");

    assertThat(operator.delete(pass).status()).isEqualTo(200);
    assertThat(operator.get("/api/v1/property-passes").json()).isEmpty();
    assertThat(
            Client.anonymous(Platform.get().url())
                .get("/api/v1/pass-links/" + given.json().path("link").asString())
                .status())
        .isEqualTo(404);
  }

  @Test
  void aGuardSeesThePassButNotWhatOpensIt() {
    operator.put(pass, wish(Duration.ofDays(3)));
    assertThat(guard.put(pass, wish(Duration.ofDays(3))).status()).isEqualTo(403);
    assertThat(guard.delete(pass).status()).isEqualTo(403);
    JsonNode seen = guard.get("/api/v1/property-passes").json().get(0);
    assertThat(seen.path("company").asString()).isEqualTo("Lift & Co");
    assertThat(seen.path("code").asString("")).isEmpty();
    assertThat(seen.path("link").asString("")).isEmpty();
    assertThat(manager.get("/api/v1/property-passes").json().get(0).path("code").asString())
        .hasSize(8);
    Client stranger = Client.of(TestSite.account("PROPERTY", community + "-other"));
    assertThat(stranger.get("/api/v1/property-passes").json()).isEmpty();
    assertThat(stranger.delete(pass).status()).isEqualTo(404);
  }

  @Test
  void aPassHasAnEndAndPlaces() {
    assertThat(operator.put(pass, wish(Duration.ofDays(32))).json().path("field").asString())
        .isEqualTo("validTo");
    assertThat(
            operator
                .put(pass, wish(Duration.ofDays(1)).replace("[\"lift-1\"]", "[]"))
                .json()
                .path("field")
                .asString())
        .isEqualTo("places");
  }

  @Test
  void w03AReleaseOfGoodsNeedsTwoPersonsAndHoldsOnlyThen() {
    Client.Answer asked = guard.put(permit, release());
    assertThat(asked.status()).as(asked.body()).isEqualTo(200);
    assertThat(permits()).isEmpty();
    assertThat(guard.post(permit + "/approve", "{}").status()).isEqualTo(403);
    assertThat(operator.post(permit + "/approve", "{}").status()).isEqualTo(403);
    assertThat(manager.post(permit + "/approve", "{\"note\":\"seen\"}").status()).isEqualTo(200);
    assertThat(permits()).containsExactly(permit.substring(permit.lastIndexOf('/') + 1));
    assertThat(manager.post(permit + "/approve", "{}").code()).isEqualTo("already-decided");
  }

  @Test
  void aManagerDoesNotPermitTheOwnWishNorPastTheRule() {
    manager.put(permit, release());
    assertThat(manager.post(permit + "/approve", "{}").code()).isEqualTo("second-person-needed");
    Client.Answer direct =
        manager.put(
            "/api/v1/registry/" + community + "/permit/x-1",
            "{\"fields\":{\"permit\":\"x-1\",\"kind\":\"item-release\",\"subjects\":[\"tag-1\"]}}");
    assertThat(direct.code()).isEqualTo("permit-needs-approval");
    assertThat(permits()).isEmpty();
  }

  private java.util.List<String> permits() {
    return Platform.get()
        .texts(
            "select thing from site.registry_entry where community = ? and kind = 'permit'",
            community);
  }

  private String wish(Duration time) {
    return """
        {"community":"%s","kind":"CONTRACTOR","company":"Lift & Co","responsible":"Li Na",
         "places":["lift-1"],"uses":0,"validTo":"%s"}
        """
        .formatted(community, Instant.now().plus(time));
  }

  private String release() {
    return """
        {"community":"%s","kind":"item-release","subjects":["tag-1"],"validTo":"%s",
         "reason":"sold piano"}
        """
        .formatted(community, Instant.now().plus(Duration.ofHours(8)));
  }
}
