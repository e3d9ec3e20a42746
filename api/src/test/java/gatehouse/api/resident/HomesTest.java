package gatehouse.api.resident;

import static gatehouse.api.resident.Neighbourhood.claim;
import static gatehouse.api.resident.Neighbourhood.must;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Homes, households and leases, as a resident decides on them. */
class HomesTest {

  private final Neighbourhood place = new Neighbourhood();
  private final Client owner = place.owner("1-101", "p-owner");
  private final String home = "/api/v1/homes/" + place.community + "/1-101";

  @Test
  void whoClaimsAPersonOfTheRegistryIsAtHomeAndACodeIsGoodOnce() {
    assertThat(owner.get("/api/v1/homes").json())
        .extracting(one -> one.path("unit").asString() + " " + one.path("role").asString())
        .containsExactly("1-101 OWNER");
    place.know("p-2");
    String code = place.code("p-2");
    Client one = Client.of(TestSite.account("RESIDENT", place.community));
    assertThat(claim(one, code.toLowerCase(java.util.Locale.ROOT)).status()).isEqualTo(200);
    Client two = Client.of(TestSite.account("RESIDENT", place.community));
    assertThat(claim(two, code).status()).isEqualTo(404);
    assertThat(two.get("/api/v1/homes").json()).isEmpty();
  }

  @Test
  void s6WhoGuessesClaimCodesHasToWait() {
    Client guesser = Client.of(TestSite.account("RESIDENT", place.community));
    int refused = 0;
    for (int i = 0; i < 8; i++) {
      if (claim(guesser, "GUESS" + i).status() == 429) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void anOwnerGrantsALeaseAndItsEndTakesTheDoorsAway() {
    String lease = UUID.randomUUID().toString();
    Instant end = Instant.now().plus(Duration.ofDays(300));
    String grant =
        "{\"tenant\":{\"name\":\"李雷\",\"nonFaceWay\":\"PIN\"},\"validTo\":\"%s\",\"places\":[\"place-%s\"]}"
            .formatted(end, place.door);
    Client.Answer granted = must(200, owner.put(home + "/leases/" + lease, grant));
    assertThat(owner.put(home + "/leases/" + lease, grant).header("ETag"))
        .isEqualTo(granted.header("ETag"));
    String tenantPerson = granted.json().path("tenant").asString();
    Client tenant = Client.of(TestSite.account("RESIDENT", "nowhere-" + UUID.randomUUID()));
    JsonNode first = claimCode(tenantPerson, "first");
    String code = first.path("code").asString();
    assertThat(claimCode(tenantPerson, "first")).as("asked again").isEqualTo(first);
    assertThat(claimCode(tenantPerson, "second").path("code").asString()).isNotEqualTo(code);
    must(200, claim(tenant, code));
    assertThat(doors(tenant)).hasSize(1);
    assertThat(tenant.get(home + "/members").status()).isEqualTo(200);
    assertThat(tenant.put(home + "/leases/" + UUID.randomUUID(), grant).status()).isEqualTo(403);

    String now = "{\"validTo\":\"" + Instant.now() + "\"}";
    assertThat(owner.put(home + "/leases/" + lease + "/end", now, "If-Match", "\"old\"").status())
        .isEqualTo(412);
    must(
        200,
        owner.put(home + "/leases/" + lease + "/end", now, "If-Match", granted.header("ETag")));
    assertThat(doors(tenant)).isEmpty();
    assertThat(
            tenant
                .post(
                    "/api/v1/doors/" + place.door + "/open",
                    "{}",
                    "Idempotency-Key",
                    UUID.randomUUID().toString())
                .status())
        .isEqualTo(404);
    assertThat(tenant.get(home + "/members").status()).isEqualTo(404);
  }

  @Test
  void tenantAndOwnerAreToldOnceThatALeaseEnds() {
    Instant end = Instant.now().plus(Duration.ofDays(30));
    String lease = UUID.randomUUID().toString();
    String tenant =
        must(
                200,
                owner.put(
                    home + "/leases/" + lease,
                    "{\"tenant\":{\"name\":\"韩梅\",\"nonFaceWay\":\"CARD\"},\"validTo\":\""
                        + end
                        + "\"}"))
            .json()
            .path("tenant")
            .asString();
    LeaseWarnings warnings = Platform.get().api().getBean(LeaseWarnings.class);
    warnings.warn(end.minus(Duration.ofDays(8)));
    assertThat(told(tenant)).isEmpty();
    warnings.warn(end.minus(Duration.ofDays(6)));
    warnings.warn(end.minus(Duration.ofDays(5)));
    warnings.warn(end.minus(Duration.ofHours(20)));
    warnings.warn(end.plus(Duration.ofMinutes(1)));
    assertThat(told(tenant))
        .containsExactly("LEASE_ENDED", "LEASE_ENDS_IN_A_WEEK", "LEASE_ENDS_TOMORROW");
    assertThat(owner.get("/api/v1/notices").json().path("items")).hasSize(3);
    String first = owner.get("/api/v1/notices").json().at("/items/0/id").asString();
    assertThat(owner.post("/api/v1/notices/" + first + "/read", "{}").status()).isEqualTo(204);
    assertThat(owner.get("/api/v1/notices").json().at("/items/0/readAt").isNull()).isFalse();
    Client other = place.owner("1-102", "p-other");
    assertThat(other.post("/api/v1/notices/" + first + "/read", "{}").status()).isEqualTo(404);
  }

  @Test
  void aHouseholdBringsItsOwnInAndNobodyElse() {
    String child = UUID.randomUUID().toString();
    String wish =
        "{\"role\":\"FAMILY\",\"person\":{\"name\":\"赵小\",\"nonFaceWay\":\"CARD\",\"guardian\":\"p-owner\"}}";
    must(200, owner.put(home + "/members/" + child, wish));
    must(200, owner.put(home + "/members/" + child, wish));
    assertThat(owner.get(home + "/members").json())
        .extracting(one -> one.path("person").asString())
        .containsExactlyInAnyOrder("p-owner", child);
    assertThat(
            owner
                .put(home + "/members/" + UUID.randomUUID(), wish.replace("FAMILY", "OWNER"))
                .status())
        .isEqualTo(400);
    assertThat(owner.delete(home + "/members/p-owner").code()).isEqualTo("not-the-households");
    Client neighbour = place.owner("1-102", "p-neighbour");
    assertThat(neighbour.put(home + "/members/" + UUID.randomUUID(), wish).status()).isEqualTo(404);
    assertThat(neighbour.get(home + "/members").status()).isEqualTo(404);
    assertThat(owner.delete(home + "/members/" + child).status()).isEqualTo(204);
    assertThat(owner.get(home + "/members").json()).hasSize(1);
  }

  @Test
  void careBeginsWithConsentAndEndsAtAWord() {
    String care = home + "/care/p-owner";
    assertThat(owner.put(care, "{\"contacts\":[\"p-2\"]}").code()).isEqualTo("consent-missing");
    assertThat(owner.put(care, "{\"consent\":true,\"contacts\":[]}").status()).isEqualTo(400);
    must(200, owner.put(care, "{\"consent\":true,\"livesAlone\":true,\"contacts\":[\"p-2\"]}"));
    must(200, owner.put(care, "{\"consent\":true,\"away\":true,\"contacts\":[\"p-2\"]}"));
    JsonNode enrolled = owner.get(home + "/care").json();
    assertThat(enrolled).hasSize(1);
    assertThat(enrolled.at("/0/away").asBoolean()).isTrue();
    Client neighbour = place.owner("1-102", "p-neighbour");
    assertThat(neighbour.delete(care).status()).isEqualTo(404);
    assertThat(neighbour.put(care, "{\"consent\":true,\"contacts\":[\"p-neighbour\"]}").status())
        .isEqualTo(404);
    assertThat(owner.delete(care).status()).isEqualTo(204);
    assertThat(owner.get(home + "/care").json()).isEmpty();
  }

  private JsonNode claimCode(String person, String key) {
    String path = home + "/members/" + person + "/claim-code";
    return must(200, owner.post(path, "{}", "Idempotency-Key", key)).json();
  }

  private java.util.List<String> doors(Client client) {
    return client
        .get("/api/v1/doors")
        .json()
        .path("items")
        .valueStream()
        .map(one -> one.path("id").asString())
        .toList();
  }

  private java.util.List<String> told(String person) {
    return Platform.get()
        .texts(
            "select kind from resident.notice where community = ? and person = ? order by kind",
            place.community,
            person);
  }
}
