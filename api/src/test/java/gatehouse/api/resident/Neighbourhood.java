package gatehouse.api.resident;

import gatehouse.api.Client;
import gatehouse.api.TestSite;
import java.util.UUID;

/** A community with a door and a property office that makes people known as it would in life. */
final class Neighbourhood {

  final String community = "res-" + UUID.randomUUID().toString().substring(0, 8);
  final String door = TestSite.door(community, "door");
  final Client property = Client.of(TestSite.account("PROPERTY", community));

  /** Somebody who owns a unit, and claimed to be that person. */
  Client owner(String unit, String person) {
    return resident(unit, person, "OWNER");
  }

  Client resident(String unit, String person, String role) {
    know(person);
    must(
        201,
        property.put(
            "/api/v1/registry/" + community + "/residency/" + person + ":" + unit,
            "{\"validFrom\":\"2026-01-01T00:00:00Z\",\"fields\":{\"person\":\"%s\",\"unit\":\"%s\",\"role\":\"%s\"}}"
                .formatted(person, unit, role)));
    Client client = Client.of(TestSite.account("RESIDENT", "nowhere-" + UUID.randomUUID()));
    must(200, claim(client, code(person)));
    return client;
  }

  void know(String person) {
    must(
        201,
        property.put(
            "/api/v1/persons/" + community + "/" + person,
            "{\"name\":\"赵敏\",\"phone\":\"13912345678\",\"nonFaceWay\":\"CARD\"}"));
  }

  String code(String person) {
    Client.Answer code =
        property.post(
            "/api/v1/persons/" + community + "/" + person + "/claim-code",
            "{}",
            "Idempotency-Key",
            UUID.randomUUID().toString());
    return must(200, code).json().path("code").asString();
  }

  static Client.Answer claim(Client client, String code) {
    return client.post("/api/v1/claims", "{\"code\":\"" + code + "\"}");
  }

  static Client.Answer must(int status, Client.Answer answer) {
    if (answer.status() != status) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
    return answer;
  }
}
