package gatehouse.api.phone;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.ApiMain;
import gatehouse.api.Client;
import gatehouse.api.Client.Answer;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.api.identity.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Phones bound to residents, and doors asked for from them (U-02; trust.md S5). */
class PhoneTest {

  private static TestIssuer issuer;
  private static TestIssuer.Key issuerKey;
  private static ConfigurableApplicationContext api;
  private static String url;

  private final String community = "phones-" + UUID.randomUUID().toString().substring(0, 8);
  private final String subject = UUID.randomUUID().toString();
  private String door;
  private String account;
  private Client session;
  private String bearer;

  @BeforeAll
  static void start() throws Exception {
    issuer = TestIssuer.start();
    issuerKey = issuer.publish(TestIssuer.key("k", "ES256"));
    api = ApiMain.start(Platform.get().settings(Map.of("GATEHOUSE_OIDC_ISSUER", issuer.url())));
    url = Platform.urlOf(api);
  }

  @AfterAll
  static void stop() {
    api.close();
    issuer.close();
  }

  @BeforeEach
  void resident() throws Exception {
    door = TestSite.door(community, "door");
    account = TestSite.account("RESIDENT", community, door);
    session = Client.of(url, account);
    String token = issuer.token(issuerKey, subject);
    assertThat(
            session
                .put("/api/v1/session/linked-identity", "{\"token\":\"" + token + "\"}")
                .status())
        .isEqualTo(204);
    bearer = "Bearer " + token;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "EC"})
  void aFirstPhoneHoldsAtOnceAndItsSignatureOpensADoor(String algorithm) throws Exception {
    KeyPair phone = keys(algorithm);
    Answer bound = bind(phone);
    assertThat(bound.status()).as(bound.body()).isEqualTo(200);
    assertThat(bound.json().path("holds").asBoolean()).isTrue();
    String id = bound.json().path("id").asString();
    String key = UUID.randomUUID().toString();
    Answer opened = open(key, signature(phone, id, key, door, Instant.now()));
    assertThat(opened.status()).as(opened.body()).isEqualTo(202);
    assertThat(
            Platform.get().texts("select phone from door.command where community = ?", community))
        .containsExactly(id);
    assertThat(bind(phone).json().path("id").asString()).as("the same again").isEqualTo(id);
  }

  @Test
  void anAppWithoutASignatureOpensNothingAndTheConsoleStaysAsItIs() throws Exception {
    bind(keys("Ed25519"));
    Answer refused = open(UUID.randomUUID().toString(), null);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("phone-signature-missing");
    assertThat(
            session
                .post("/api/v1/doors/" + door + "/open", "", "Idempotency-Key", "from-the-console")
                .status())
        .isEqualTo(202);
    assertThat(
            Platform.get().texts("select phone from door.command where community = ?", community))
        .containsExactly("");
  }

  @Test
  void aSignatureIsGoodForItsWishOnly() throws Exception {
    KeyPair phone = keys("Ed25519");
    String id = bind(phone).json().path("id").asString();
    String key = UUID.randomUUID().toString();
    Instant now = Instant.now();
    String good = signature(phone, id, key, door, now);
    assertDenied(UUID.randomUUID().toString(), good, "another key");
    assertDenied(key, signature(phone, id, key, "another-door", now), "another door");
    assertDenied(key, signature(phone, id, key, door, now.minusSeconds(70)), "too old");
    assertDenied(key, signature(phone, id, key, door, now.plusSeconds(70)), "from the future");
    assertDenied(
        key,
        good.replace("time=" + now.getEpochSecond(), "time=" + (now.getEpochSecond() - 1)),
        "another time");
    assertDenied(key, signature(keys("Ed25519"), id, key, door, now), "another phone's key");
    assertDenied(
        key, signature(phone, UUID.randomUUID().toString(), key, door, now), "an unknown phone");
    assertDenied(key, "nonsense", "no signature");
    assertThat(
            Platform.get().texts("select phone from door.command where community = ?", community))
        .isEmpty();
    assertThat(open(key, good).status()).isEqualTo(202);
    String first = open(key, good).json().path("id").asString();
    assertThat(open(key, good).json().path("id").asString()).as("replayed").isEqualTo(first);
  }

  @Test
  void aPhoneOfAnotherResidentSignsForNobodyElse() throws Exception {
    KeyPair phone = keys("Ed25519");
    Client neighbour = Client.of(url, TestSite.account("RESIDENT", community, door));
    String id = bind(neighbour, phone).json().path("id").asString();
    String key = UUID.randomUUID().toString();
    assertDenied(key, signature(phone, id, key, door, Instant.now()), "a neighbour's phone");
    Answer taken = bind(phone);
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.code()).isEqualTo("phone-key-used");
    assertThat(session.delete("/api/v1/phones/" + id).status()).isEqualTo(404);
    assertThat(session.get("/api/v1/phones").json().path("items").size()).isZero();
  }

  @Test
  void aFurtherPhoneWaitsForADay() throws Exception {
    bind(keys("Ed25519"));
    KeyPair second = keys("EC");
    Answer bound = bind(second);
    assertThat(bound.json().path("holds").asBoolean()).isFalse();
    assertThat(Instant.parse(bound.json().path("holdsFrom").asString()))
        .isAfter(Instant.now().plusSeconds(86_000));
    String id = bound.json().path("id").asString();
    String key = UUID.randomUUID().toString();
    assertDenied(key, signature(second, id, key, door, Instant.now()), "does not hold yet");
    Platform.get()
        .asOwner(
            "update identity.phone set holds_from = now() - interval '1 s' where id = ?::uuid", id);
    assertThat(open(key, signature(second, id, key, door, Instant.now())).status()).isEqualTo(202);
  }

  @Test
  void aPhoneThatHoldsConfirmsAFurtherOne() throws Exception {
    KeyPair first = keys("EC");
    String firstId = bind(first).json().path("id").asString();
    KeyPair second = keys("EC");
    String secondId = bind(second).json().path("id").asString();
    Instant now = Instant.now();
    assertThat(confirm(secondId, signed(second, secondId, "confirm", now, secondId)).code())
        .as("by itself")
        .isEqualTo("phone-signature-refused");
    assertThat(confirm(secondId, signed(first, firstId, "open", now, secondId)).code())
        .as("signed for another deed")
        .isEqualTo("phone-signature-refused");
    Answer confirmed = confirm(secondId, signed(first, firstId, "confirm", now, secondId));
    assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
    String key = UUID.randomUUID().toString();
    assertThat(open(key, signature(second, secondId, key, door, Instant.now())).status())
        .isEqualTo(202);
  }

  @Test
  void endingTheFirstPhoneDoesNotMakeTheNextOneTheFirst() throws Exception {
    KeyPair first = keys("Ed25519");
    String id = bind(first).json().path("id").asString();
    assertThat(session.delete("/api/v1/phones/" + id).status()).isEqualTo(204);
    assertThat(session.delete("/api/v1/phones/" + id).status()).isEqualTo(404);
    String key = UUID.randomUUID().toString();
    assertDenied(key, signature(first, id, key, door, Instant.now()), "ended");
    assertThat(bind(keys("Ed25519")).json().path("holds").asBoolean()).isFalse();
  }

  @Test
  void bindingNeedsThePasswordEvenWithAToken() throws Exception {
    String key = Base64.getEncoder().encodeToString(keys("Ed25519").getPublic().getEncoded());
    Client app = Client.anonymous(url);
    String without = "{\"publicKey\":\"" + key + "\"}";
    assertThat(app.sendAsIs("POST", "/api/v1/phones", without, "Authorization", bearer).status())
        .isEqualTo(400);
    String wrong = without.replace("}", ",\"password\":\"not it\"}");
    assertThat(app.sendAsIs("POST", "/api/v1/phones", wrong, "Authorization", bearer).code())
        .isEqualTo("password-wrong");
    String right = without.replace("}", ",\"password\":\"" + Platform.PASSWORD + "\"}");
    assertThat(app.sendAsIs("POST", "/api/v1/phones", right, "Authorization", bearer).status())
        .isEqualTo(200);
  }

  @Test
  void onlyKeysThatASecurePhoneMakesAreTaken() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
    p384.initialize(new ECGenParameterSpec("secp384r1"));
    for (KeyPair pair : new KeyPair[] {rsa.generateKeyPair(), p384.generateKeyPair()}) {
      assertThat(bind(pair).status()).isEqualTo(400);
    }
    assertThat(session.post("/api/v1/phones", "{\"publicKey\":\"AAAA\"}").status()).isEqualTo(400);
  }

  @Test
  void eachBindingBecomesAFactOfTheRegistry() throws Exception {
    String id = bind(keys("Ed25519")).json().path("id").asString();
    session.delete("/api/v1/phones/" + id);
    assertThat(
            Platform.get()
                .texts(
                    "select (valid_to = 'infinity')::text from site.registry_entry where community"
                        + " = ? and kind = 'phone-binding' and thing = ? order by recorded_at",
                    community,
                    id))
        .containsExactly("true", "false");
    assertThat(
            Platform.get()
                .texts(
                    "select detail ->> 'account' from site.registry_entry where community = ?"
                        + " and kind = 'phone-binding' limit 1",
                    community))
        .isEqualTo(
            Platform.get()
                .texts("select id::text from identity.account where username = ?", account));
  }

  private void assertDenied(String key, String signature, String why) {
    Answer answer = open(key, signature);
    assertThat(answer.status()).as(why + " " + answer.body()).isEqualTo(403);
    assertThat(answer.code()).as(why).isEqualTo("phone-signature-refused");
  }

  private Answer open(String key, @Nullable String signature) {
    String path = "/api/v1/doors/" + door + "/open";
    Client app = Client.anonymous(url);
    return signature == null
        ? app.sendAsIs("POST", path, null, "Authorization", bearer, "Idempotency-Key", key)
        : app.sendAsIs(
            "POST",
            path,
            null,
            "Authorization",
            bearer,
            "Idempotency-Key",
            key,
            "Phone-Signature",
            signature);
  }

  private Answer confirm(String phone, String signature) {
    return session.post("/api/v1/phones/" + phone + "/confirm", "", "Phone-Signature", signature);
  }

  private Answer bind(KeyPair phone) {
    return bind(session, phone);
  }

  private static Answer bind(Client client, KeyPair phone) {
    return client.post(
        "/api/v1/phones",
        "{\"publicKey\":\""
            + Base64.getEncoder().encodeToString(phone.getPublic().getEncoded())
            + "\",\"name\":\"My phone\",\"password\":\""
            + Platform.PASSWORD
            + "\"}");
  }

  private static KeyPair keys(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
    return generator.generateKeyPair();
  }

  private static String signature(KeyPair phone, String id, String key, String door, Instant time)
      throws GeneralSecurityException {
    return signed(phone, id, "open", time, key, door);
  }

  /** What an app does. */
  private static String signed(KeyPair phone, String id, String deed, Instant time, String... about)
      throws GeneralSecurityException {
    String text =
        "gatehouse " + deed + "\n" + String.join("\n", about) + "\n" + time.getEpochSecond();
    Signature signature =
        Signature.getInstance(
            phone.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519");
    signature.initSign(phone.getPrivate());
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return "phone=\"%s\", time=%d, signature=:%s:"
        .formatted(id, time.getEpochSecond(), Base64.getEncoder().encodeToString(signature.sign()));
  }
}
