package gatehouse.api.resident;

import static gatehouse.api.resident.Neighbourhood.must;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.door.PassQr;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.Direction;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.site.Place;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Guests, belongings and the call for help. */
class GuestsTest {

  private final Neighbourhood place = new Neighbourhood();
  private final Client host = place.owner("1-101", "p-host");
  private final String id = UUID.randomUUID().toString();
  private final String invitation =
      "{\"community\":\"%s\",\"unit\":\"1-101\",\"visitor\":\"孙悟空\",\"uses\":2}"
          .formatted(place.community);

  @Test
  void aHostGivesAPassShowsItAgainAndRevokesIt() {
    Client.Answer given = must(200, host.put("/api/v1/visitor-passes/" + id, invitation));
    assertThat(given.json().path("code").asString()).matches("[0-9]{8}");
    assertThat(host.put("/api/v1/visitor-passes/" + id, invitation).json()).isEqualTo(given.json());
    assertThat(host.get("/api/v1/visitor-passes").json()).hasSize(1);

    Client visitor = Client.anonymous(Platform.get().url());
    String link = "/api/v1/pass-links/" + given.json().path("link").asString();
    JsonNode shown = visitor.get(link).json();
    assertThat(
            PassQr.verify(
                shown.path("qr").asString(),
                place.community,
                Platform.get().doorKeys().getPublic(),
                Instant.now()))
        .hasValueSatisfying(qr -> assertThat(qr.pass()).isEqualTo(id));
    assertThat(visitor.get(link).body()).doesNotContain("孙悟空", "1-101");
    String another = link.substring(0, link.length() - 1) + (link.endsWith("x") ? "y" : "x");
    assertThat(visitor.get(another).status()).isEqualTo(404);

    Client neighbour = place.owner("1-102", "p-neighbour");
    assertThat(neighbour.get("/api/v1/visitor-passes").json()).isEmpty();
    assertThat(neighbour.delete("/api/v1/visitor-passes/" + id).status()).isEqualTo(404);
    assertThat(neighbour.put("/api/v1/visitor-passes/" + UUID.randomUUID(), invitation).status())
        .isEqualTo(404);

    must(200, host.delete("/api/v1/visitor-passes/" + id));
    assertThat(host.get("/api/v1/visitor-passes").json()).isEmpty();
    assertThat(visitor.get(link).status()).isEqualTo(404);
  }

  @Test
  void theDatabaseHoldsNeitherCodeNorLinkNorNameInClear() {
    JsonNode given = must(200, host.put("/api/v1/visitor-passes/" + id, invitation)).json();
    assertThat(
            Platform.get()
                .texts(
                    "select s::text || e.detail::text from resident.pass_secret s join"
                        + " site.registry_entry e on e.thing = s.pass where s.pass = ?",
                    id))
        .hasSize(1)
        .allSatisfy(
            row ->
                assertThat(row)
                    .doesNotContain(
                        given.path("code").asString(), given.path("link").asString(), "孙悟空"));
  }

  @Test
  void aHostIsToldWhenTheGuestArrives() {
    must(200, host.put("/api/v1/visitor-passes/" + id, invitation));
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    AccessEvent arrival =
        new AccessEvent(
            new Origin(
                "e-" + id,
                place.community,
                place.door,
                Place.of("place-" + place.door),
                now,
                now,
                "b",
                1,
                false,
                ClockQuality.GOOD),
            id,
            CredentialType.QR,
            "visitor",
            null,
            null,
            Direction.IN,
            Outcome.GRANTED,
            DenialReason.NONE,
            false,
            null);
    Platform.get().publish(Topic.EVENTS, place.community, FactCodec.encode(arrival));
    Platform.get().publish(Topic.EVENTS, place.community, FactCodec.encode(arrival));
    await().until(() -> !host.get("/api/v1/notices").json().path("items").isEmpty());
    assertThat(host.get("/api/v1/notices").json().path("items"))
        .extracting(one -> one.path("kind").asString())
        .containsExactly("GUEST_ARRIVED");
  }

  @Test
  void whatIsWrongWithAnInvitationIsNamed() {
    for (String wrong :
        java.util.List.of(
            "\"uses\":0",
            "\"uses\":1000",
            "\"partySize\":99",
            "\"validTo\":\"2020-01-01T00:00:00Z\"",
            "\"validTo\":\"2099-01-01T00:00:00Z\"")) {
      Client.Answer answer =
          host.put(
              "/api/v1/visitor-passes/" + UUID.randomUUID(),
              invitation.replace("\"uses\":2", wrong));
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(wrong).contains(answer.json().path("field").asString());
    }
  }

  @Test
  void aParkedCarIsLockedByItsOwnerOnly() {
    must(
        201,
        place.property.put(
            "/api/v1/registry/" + place.community + "/vehicle/%E4%BA%ACA12345",
            "{\"fields\":{\"plate\":\"京A12345\",\"owner\":\"p-host\",\"unit\":\"1-101\"}}"));
    String car = "/api/v1/belongings/" + place.community + "/%E4%BA%ACA12345";
    assertThat(must(200, host.put(car, "{\"locked\":true}")).json().path("locked").asBoolean())
        .isTrue();
    assertThat(host.get("/api/v1/belongings").json().at("/0/locked").asBoolean()).isTrue();
    Client neighbour = place.owner("1-102", "p-neighbour");
    assertThat(neighbour.put(car, "{\"locked\":false}").status()).isEqualTo(404);
    assertThat(neighbour.get("/api/v1/belongings").json()).isEmpty();
  }

  @Test
  void aCallForHelpGoesTheWayOfEveryEvent() {
    String call = "{\"community\":\"" + place.community + "\"}";
    assertThat(host.post("/api/v1/sos", call).code()).isEqualTo("idempotency-key-missing");
    String event =
        must(202, host.post("/api/v1/sos", call, "Idempotency-Key", id))
            .json()
            .path("event")
            .asString();
    assertThat(
            host.post("/api/v1/sos", call, "Idempotency-Key", id).json().path("event").asString())
        .isEqualTo(event);
    await()
        .until(
            () ->
                Platform.get()
                    .texts(
                        "select place from event.log where community = ? and id = ? and kind ="
                            + " 'pole-alarm'",
                        place.community,
                        event)
                    .contains("unit-1-101"));
    Client stranger = new Neighbourhood().owner("1-1", "p");
    assertThat(stranger.post("/api/v1/sos", call, "Idempotency-Key", id).status()).isEqualTo(404);
  }
}
