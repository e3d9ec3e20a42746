package gatehouse.api.resident;

import static gatehouse.api.resident.Neighbourhood.must;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person may know, correct and delete of the own data (trust.md S25, PIPL). */
class OwnDataTest {

  private final Neighbourhood place = new Neighbourhood();
  private final Client resident = place.resident("1-101", "p-me", "FAMILY");

  @Test
  void aPersonSeesWhoLookedAndGetsACopyOfEverything() {
    must(
        200,
        place.property.post(
            "/api/v1/persons/" + place.community + "/p-me/reveal", "{\"reason\":\"water pipe\"}"));
    assertThat(resident.get("/api/v1/me/disclosures").json())
        .extracting(one -> one.path("reason").asString())
        .containsExactly("water pipe");
    Client neighbour = place.owner("1-102", "p-neighbour");
    assertThat(neighbour.get("/api/v1/me/disclosures").json()).isEmpty();

    Client.Answer copy = resident.get("/api/v1/me/export");
    assertThat(copy.json().at("/persons/0/phone").asString()).isEqualTo("13912345678");
    assertThat(copy.body()).contains("water pipe", "1-101").doesNotContain("p-neighbour");
    assertThat(copy.header("Cache-Control")).contains("no-store");
  }

  @Test
  void whoChoosesAnotherWayInIsNotKnownByTheFaceAnyMore() {
    must(
        201,
        place.property.put(
            "/api/v1/registry/" + place.community + "/credential/face-1",
            "{\"fields\":{\"credential\":\"face-1\",\"type\":\"FACE\",\"holder\":\"p-me\",\"unit\":\"1-101\"}}"));
    String way = "/api/v1/me/" + place.community + "/way-in";
    assertThat(resident.put(way, "{}").status()).isEqualTo(400);
    must(204, resident.put(way, "{\"nonFaceWay\":\"PHONE\"}"));
    assertThat(
            place
                .property
                .get("/api/v1/registry/" + place.community + "/credential?person=p-me")
                .json()
                .path("items"))
        .isEmpty();
    assertThat(
            place
                .property
                .get("/api/v1/persons/" + place.community + "/p-me")
                .json()
                .path("nonFaceWay")
                .asString())
        .isEqualTo("PHONE");
  }

  @Test
  void s25WhoHasMovedOutIsForgotten() {
    String own = "/api/v1/me/" + place.community;
    assertThat(resident.delete(own).code()).isEqualTo("still-living-here");
    must(
        200,
        place.property.delete("/api/v1/registry/" + place.community + "/residency/p-me:1-101"));
    must(204, resident.delete(own));
    for (String query :
        List.of(
            "select person from person.version where community = ?",
            "select thing from site.registry_entry where community = ? and thing like 'p-me%'",
            "select person from resident.notice where community = ?",
            "select person from identity.account_person where community = ?")) {
      assertThat(Platform.get().texts(query, place.community)).as(query).doesNotContain("p-me");
    }
    assertThat(resident.get("/api/v1/me/export").json().path("persons")).isEmpty();
    assertThat(resident.delete(own).status()).isEqualTo(404);
  }
}
