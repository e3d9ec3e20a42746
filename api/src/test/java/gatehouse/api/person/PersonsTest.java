package gatehouse.api.person;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Persons: sealed in the database, masked on the screen, in clear for a reason. */
class PersonsTest {

  private static final String WISH =
      """
      {"name":"王小明","idNumber":"11010519491231002X","phone":"13912345678","nonFaceWay":"CARD"}
      """;

  private final String community = "per-" + UUID.randomUUID().toString().substring(0, 8);
  private final String path = "/api/v1/persons/" + community;
  private final Client property = Client.of(TestSite.account("PROPERTY", community));

  @Test
  void aPersonIsMaskedUntilAReasonIsGivenAndSeesWhoLooked() {
    assertThat(property.put(path + "/p-1", WISH).status()).isEqualTo(201);
    Client.Answer masked = property.get(path + "/p-1");
    assertThat(masked.body())
        .doesNotContain("王小明", "11010519491231002X", "13912345678")
        .contains("王**", "110***2X", "139***78");
    assertThat(property.post(path + "/p-1/reveal", "{}").status()).isEqualTo(400);
    Client.Answer clear = property.post(path + "/p-1/reveal", "{\"reason\":\"lost card\"}");
    assertThat(clear.json().path("name").asString()).isEqualTo("王小明");
    assertThat(clear.json().path("idNumber").asString()).isEqualTo("11010519491231002X");

    assertThat(
            Platform.get()
                .texts(
                    "select reason from person.disclosure where community = ? and person = 'p-1'",
                    community))
        .containsExactly("lost card");
    assertThat(
            Platform.get()
                .texts(
                    "select reason from audit.entry where chain = ? and action = 'person.reveal'",
                    community))
        .containsExactly("lost card");
  }

  @Test
  void theDatabaseHoldsNoNameNumberOrPhoneInClear() {
    property.put(path + "/p-1", WISH);
    assertThat(
            Platform.get()
                .texts("select v::text from person.version v where community = ?", community))
        .hasSize(1)
        .allSatisfy(
            row ->
                assertThat(row)
                    .doesNotContain("13912345678", "11010519491231002X")
                    .doesNotContain(hex("13912345678"), hex("11010519491231002X"), hex("王小明")));
  }

  @Test
  void aChangeNamesTheVersionItIsMadeFromAndTheHistoryStays() {
    String etag = property.put(path + "/p-1", WISH).header("ETag");
    String other = WISH.replace("CARD", "PIN");
    assertThat(property.put(path + "/p-1", other).status()).isEqualTo(428);
    assertThat(property.put(path + "/p-1", other, "If-Match", "\"7\"").status()).isEqualTo(412);
    assertThat(property.put(path + "/p-1", other, "If-Match", etag).status()).isEqualTo(200);
    assertThat(property.get(path + "/p-1/history").json()).hasSize(2);
    assertThat(property.get(path).json().path("items")).hasSize(1);
  }

  @Test
  void aPersonIsFoundByANumberThatStandsInNoAddress() {
    property.put(path + "/p-1", WISH);
    property.put(path + "/p-2", WISH.replace("13912345678", "13912345679"));
    Client.Answer found = property.post(path + "/search", "{\"phone\":\"139 1234 5679\"}");
    assertThat(found.json())
        .extracting(one -> one.path("person").asString())
        .containsExactly("p-2");
    assertThat(found.body()).doesNotContain("13912345679", "王小明");
    assertThat(property.post(path + "/search", "{\"idNumber\":\"11010519491231002x\"}").json())
        .hasSize(2);
    assertThat(property.post(path + "/search", "{\"phone\":\"1\"}").status()).isEqualTo(400);
    assertThat(property.post(path + "/search", "{}").status()).isEqualTo(400);
    Client stranger = Client.of(TestSite.account("PROPERTY", community + "-other"));
    assertThat(stranger.post(path + "/search", "{\"phone\":\"13912345678\"}").status())
        .isEqualTo(404);
  }

  @Test
  void unitsHaveVersionsToo() {
    String unit = "/api/v1/units/" + community + "/1-101";
    Client.Answer made = property.put(unit, "{\"building\":\"b1\",\"floor\":1}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(property.put(unit, "{\"floor\":2}").status()).isEqualTo(428);
    assertThat(property.put(unit, "{\"floor\":2}", "If-Match", made.header("ETag")).status())
        .isEqualTo(200);
    assertThat(property.put(unit, "{\"floor\":900}", "If-Match", "*").status()).isEqualTo(400);
    assertThat(property.get("/api/v1/units/" + community).json().at("/items/0/floor").asInt())
        .isEqualTo(2);
  }

  @Test
  void everybodyHasAWayInWithoutTheFace() {
    assertThat(property.put(path + "/p-1", "{\"name\":\"王小明\"}").json().path("field").asString())
        .isEqualTo("nonFaceWay");
  }

  @Test
  void aWrongNumberIsRefusedAndNotRepeatedInTheAnswer() {
    Client.Answer answer =
        property.put(path + "/p-1", WISH.replace("11010519491231002X", "110105194912310021"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("reason").asString()).isEqualTo("identity-check");
    assertThat(answer.body()).doesNotContain("110105194912310021");
  }

  @Test
  void othersSeeNothing() {
    property.put(path + "/p-1", WISH);
    Client stranger = Client.of(TestSite.account("PROPERTY", community + "-other"));
    assertThat(stranger.get(path + "/p-1").status()).isEqualTo(404);
    assertThat(stranger.post(path + "/p-1/reveal", "{\"reason\":\"x\"}").status()).isEqualTo(404);
    Client guard = Client.of(TestSite.accountWithDuty("PROPERTY", "GUARD", community));
    assertThat(guard.post(path + "/p-1/reveal", "{\"reason\":\"x\"}").status()).isEqualTo(403);
    for (String role : java.util.List.of("POLICE", "RESIDENT", "OPERATIONS", "AUDITOR")) {
      assertThat(Client.of(TestSite.account(role, community)).get(path + "/p-1").status())
          .as(role)
          .isEqualTo(403);
    }
  }

  private static String hex(String text) {
    return java.util.HexFormat.of()
        .formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
