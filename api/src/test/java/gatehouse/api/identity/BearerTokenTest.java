package gatehouse.api.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.ApiMain;
import gatehouse.api.Client;
import gatehouse.api.Client.Answer;
import gatehouse.api.EventStream;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Access tokens of an identity provider (trust.md S2). */
class BearerTokenTest {

  private static final String COMMUNITY = "token-court";

  private static TestIssuer issuer;
  private static TestIssuer.Key rsa;
  private static TestIssuer.Key ec;
  private static ConfigurableApplicationContext api;
  private static String url;

  private String account;
  private String subject;

  @BeforeAll
  static void start() throws Exception {
    issuer = TestIssuer.start();
    rsa = issuer.publish(TestIssuer.key("rsa-1", "RS256"));
    ec = issuer.publish(TestIssuer.key("ec-1", "ES256"));
    TestSite.community(COMMUNITY, "Token Court");
    api = ApiMain.start(Platform.get().settings(Map.of("GATEHOUSE_OIDC_ISSUER", issuer.url())));
    url = Platform.urlOf(api);
  }

  @AfterAll
  static void stop() {
    api.close();
    issuer.close();
  }

  @BeforeEach
  void link() throws Exception {
    account = TestSite.account("RESIDENT", COMMUNITY);
    subject = UUID.randomUUID().toString();
    Answer linked =
        Client.of(url, account)
            .put(
                "/api/v1/session/linked-identity",
                "{\"token\":\"" + issuer.token(rsa, subject) + "\"}");
    assertThat(linked.status()).as(linked.body()).isEqualTo(204);
  }

  @Test
  void aGoodTokenIsItsAccountWithNoSessionNoCookieAndNoCsrfToken() throws Exception {
    for (TestIssuer.Key key : List.of(rsa, ec)) {
      String token = issuer.token(key, subject);
      Answer who = ask(token);
      assertThat(who.status()).as(who.body()).isEqualTo(200);
      assertThat(who.json().path("username").asString()).isEqualTo(account);
      assertThat(who.json().path("role").asString()).isEqualTo("RESIDENT");
      assertThat(who.response().headers().allValues("Set-Cookie"))
          .noneMatch(cookie -> cookie.startsWith("GATEHOUSE_SESSION"));
      Answer write =
          Client.anonymous(url)
              .sendAsIs(
                  "POST",
                  "/api/v1/notifications/" + UUID.randomUUID() + "/acknowledge",
                  null,
                  "Authorization",
                  "Bearer " + token);
      assertThat(write.status()).isEqualTo(404);
    }
  }

  @Test
  void rolesOfTheTokenCountForNothing() throws Exception {
    Map<String, Object> claims = issuer.claims(subject);
    claims.put("role", "POLICE");
    claims.put("roles", List.of("POLICE", "ROLE_POLICE"));
    claims.put("scope", "POLICE ROLE_POLICE DUTY_SUPERVISOR");
    claims.put("communities", List.of("*"));
    String token = TestIssuer.sign(rsa, TestIssuer.header(rsa), claims);
    assertThat(ask(token).json().path("role").asString()).isEqualTo("RESIDENT");
    assertThat(ask(token, "/api/v1/alerts").status()).isEqualTo(403);
  }

  @Test
  void algNone() throws Exception {
    for (String none : List.of("none", "None", "NONE", "")) {
      Map<String, Object> header = TestIssuer.header(rsa);
      header.put("alg", none);
      assertRefused(TestIssuer.unsigned(header, issuer.claims(subject)) + ".");
      header.remove("kid");
      assertRefused(TestIssuer.unsigned(header, issuer.claims(subject)) + ".");
    }
  }

  @Test
  void thePublicKeyAsAnHmacSecret() throws Exception {
    byte[] encoded = rsa.pair().getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + java.util.Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret : List.of(encoded, pem.getBytes(StandardCharsets.US_ASCII))) {
      Map<String, Object> header = TestIssuer.header(rsa);
      header.put("alg", "HS256");
      String signed = TestIssuer.unsigned(header, issuer.claims(subject));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      assertRefused(
          signed
              + "."
              + TestIssuer.encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII))));
    }
  }

  @Test
  void aWrongKeyUnderTheNameOfAGoodOne() throws Exception {
    TestIssuer.Key forged = TestIssuer.key("rsa-1", "RS256");
    assertRefused(issuer.token(forged, subject));
    TestIssuer.Key unknown = TestIssuer.key("unknown", "ES256");
    assertRefused(issuer.token(unknown, subject));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../dev/null",
        "/proc/self/environ",
        "rsa-1' or '1'='1",
        "x'; drop table identity.account; --",
        "http://127.0.0.1:1/keys",
        "\u0000",
        ""
      })
  void aKidWithAPathOrSqlIsNoKey(String kid) throws Exception {
    TestIssuer.Key forged = TestIssuer.key(kid, "RS256");
    assertRefused(issuer.token(forged, subject));
    assertThat(ask(issuer.token(rsa, subject)).status()).isEqualTo(200);
  }

  @Test
  void keysThatTheTokenBringsOrPointsToAreIgnored() throws Exception {
    try (TestIssuer stranger = TestIssuer.start()) {
      TestIssuer.Key forged = stranger.publish(TestIssuer.key("rsa-1", "RS256"));
      for (Map<String, Object> extra :
          List.<Map<String, Object>>of(
              Map.of("jku", stranger.url() + "/keys"),
              Map.of("x5u", stranger.url() + "/keys"),
              Map.of("jwk", TestIssuer.jwk(forged)))) {
        Map<String, Object> header = TestIssuer.header(forged);
        header.putAll(extra);
        assertRefused(TestIssuer.sign(forged, header, issuer.claims(subject)));
      }
      assertThat(stranger.reads()).isZero();
    }
  }

  @Test
  void expired() throws Exception {
    assertRefused(with("exp", Instant.now().minusSeconds(31).getEpochSecond()));
    assertThat(ask(with("exp", Instant.now().minusSeconds(5).getEpochSecond())).status())
        .as("a clock may be off")
        .isEqualTo(200);
    assertRefused(without("exp"));
  }

  @Test
  void notYetValid() throws Exception {
    assertRefused(with("nbf", Instant.now().plusSeconds(60).getEpochSecond()));
    assertThat(ask(with("nbf", Instant.now().plusSeconds(10).getEpochSecond())).status())
        .isEqualTo(200);
  }

  @Test
  void ofAnotherAudience() throws Exception {
    assertRefused(with("aud", "another-service"));
    assertRefused(with("aud", List.of("a", "b")));
    assertRefused(without("aud"));
    assertThat(ask(with("aud", List.of("a", "gatehouse"))).status()).isEqualTo(200);
  }

  @Test
  void ofAnotherIssuer() throws Exception {
    assertRefused(with("iss", "https://issuer.example"));
    assertRefused(with("iss", issuer.url() + "/"));
    assertRefused(without("iss"));
  }

  @Test
  void aTamperedClaim() throws Exception {
    String[] parts = issuer.token(rsa, subject).split("\\.", -1);
    Map<String, Object> claims = issuer.claims(UUID.randomUUID().toString());
    String other = TestIssuer.unsigned(TestIssuer.header(rsa), claims).split("\\.", -1)[1];
    assertRefused(parts[0] + "." + other + "." + parts[2]);
  }

  @Test
  void aTruncatedSignature() throws Exception {
    for (TestIssuer.Key key : List.of(rsa, ec)) {
      String token = issuer.token(key, subject);
      assertRefused(token.substring(0, token.length() - 8));
      assertRefused(token.substring(0, token.lastIndexOf('.') + 1));
      assertRefused(token.substring(0, token.lastIndexOf('.')));
    }
    // All zeros: what a careless verifier of ECDSA takes for anybody's signature.
    String signed = TestIssuer.unsigned(TestIssuer.header(ec), issuer.claims(subject));
    assertRefused(signed + "." + TestIssuer.encode(new byte[64]));
  }

  @Test
  void whatIsNoTokenAtAll() {
    for (String text : List.of("x", "a.b.c", "..", "eyJhbGciOiJSUzI1NiJ9..", "x".repeat(4000))) {
      assertRefused(text);
    }
  }

  @Test
  void theAccountIsDisabledWhileTheTokenLives() throws Exception {
    String token = issuer.token(rsa, subject);
    assertThat(ask(token).status()).isEqualTo(200);
    Platform.get()
        .asOwner("update identity.account set enabled = false where username = ?", account);
    assertRefused(token);
  }

  @Test
  void theRoleChangesWhileTheTokenLives() throws Exception {
    String token = issuer.token(rsa, subject);
    assertThat(ask(token, "/api/v1/alerts").status()).isEqualTo(403);
    Platform.get()
        .asOwner(
            "update identity.account set role = 'PROPERTY', duty = 'GUARD' where username = ?",
            account);
    assertThat(ask(token, "/api/v1/alerts").status()).isEqualTo(200);
  }

  @Test
  void theLinkEndsWhileTheTokenLives() throws Exception {
    String token = issuer.token(rsa, subject);
    assertThat(ask(token).status()).isEqualTo(200);
    assertThat(Client.of(url, account).delete("/api/v1/session/linked-identity").status())
        .isEqualTo(204);
    assertRefused(token);
  }

  @Test
  void aStreamEndsWhenItsTokenIsNotGoodAnyMore() throws Exception {
    Platform.get()
        .asOwner(
            "update identity.account set role = 'PROPERTY', duty = 'GUARD' where username = ?",
            account);
    try (EventStream stream =
        Client.anonymous(url).stream(
            "/api/v1/alerts/stream", "Authorization", "Bearer " + issuer.token(rsa, subject))) {
      assertThat(stream.status()).isEqualTo(200);
      await().during(Duration.ofSeconds(2)).until(stream::isQuiet);
      Client.of(url, account).delete("/api/v1/session/linked-identity");
      assertThat(stream.next().name()).as("the end").isEmpty();
    }
  }

  @Test
  void theIssuerChangesItsKeys() throws Exception {
    try (TestIssuer own = TestIssuer.start()) {
      TestIssuer.Key first = own.publish(TestIssuer.key("first", "RS256"));
      try (ConfigurableApplicationContext second =
          ApiMain.start(
              Platform.get()
                  .settings(
                      Map.of(
                          "GATEHOUSE_OIDC_ISSUER",
                          own.url(),
                          "GATEHOUSE_OIDC_JWKS_URL",
                          own.url() + "/keys")))) {
        String address = Platform.urlOf(second);
        String body = "{\"token\":\"" + own.token(first, subject) + "\"}";
        assertThat(
                Client.of(address, account).put("/api/v1/session/linked-identity", body).status())
            .isEqualTo(204);
        TestIssuer.Key next = own.publish(TestIssuer.key("next", "ES256"));
        own.withdraw(first);
        assertThat(ask(address, own.token(next, subject), "/api/v1/session").status())
            .isEqualTo(200);
        assertThat(ask(address, own.token(first, subject), "/api/v1/session").status())
            .isEqualTo(401);
        int reads = own.reads();
        for (int i = 0; i < 20; i++) {
          String unknown = own.token(new TestIssuer.Key("k" + i, "ES256", next.pair()), subject);
          assertThat(ask(address, unknown, "/api/v1/session").status()).isEqualTo(401);
        }
        assertThat(own.reads() - reads).as("made-up keys do not besiege the issuer").isLessThan(5);
      }
    }
  }

  @Test
  void anIssuerThatIsAwayIsNoRefusal() throws Exception {
    TestIssuer gone = TestIssuer.start();
    TestIssuer.Key key = gone.publish(TestIssuer.key("k", "RS256"));
    String token = gone.token(key, subject);
    gone.close();
    try (ConfigurableApplicationContext second =
        ApiMain.start(Platform.get().settings(Map.of("GATEHOUSE_OIDC_ISSUER", gone.url())))) {
      for (int i = 0; i < 4; i++) {
        Answer answer = ask(Platform.urlOf(second), token, "/api/v1/session");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
      }
    }
  }

  @Test
  void withoutAnIssuerEveryTokenIsRefused() throws Exception {
    assertThat(ask(Platform.get().url(), issuer.token(rsa, subject), "/api/v1/session").status())
        .isEqualTo(401);
  }

  @Test
  void whereASecondFactorIsRequiredTheIssuerMustHaveAskedForOneToo() throws Exception {
    String officer = TestSite.account("POLICE", COMMUNITY);
    String name = UUID.randomUUID().toString();
    String body = "{\"token\":\"" + issuer.token(rsa, name) + "\"}";
    assertThat(Client.of(url, officer).put("/api/v1/session/linked-identity", body).status())
        .isEqualTo(204);
    Map<String, Object> claims = issuer.claims(name);
    claims.put("amr", List.of("pwd", "mfa"));
    String strong = TestIssuer.sign(rsa, TestIssuer.header(rsa), claims);
    try (ConfigurableApplicationContext strict =
        ApiMain.start(
            Platform.get()
                .settings(
                    Map.of(
                        "GATEHOUSE_OIDC_ISSUER",
                        issuer.url(),
                        "GATEHOUSE_IDENTITY_SECOND_FACTOR",
                        "REQUIRED")))) {
      String at = Platform.urlOf(strict);
      assertThat(ask(at, strong, "/api/v1/alerts").code())
          .as("the account has none")
          .isEqualTo("second-factor-due");
      Platform.get()
          .asOwner(
              "insert into identity.second_factor (account, seed, confirmed_at)"
                  + " select id, '', now() from identity.account where username = ?",
              officer);
      assertThat(ask(at, issuer.token(rsa, name), "/api/v1/alerts").code())
          .as("a password alone")
          .isEqualTo("second-factor-due");
      assertThat(ask(at, strong, "/api/v1/alerts").status()).isEqualTo(200);
    }
  }

  @Test
  void aTokenCannotChangeHowItsAccountSignsIn() throws Exception {
    String token = issuer.token(rsa, subject);
    String other = issuer.token(rsa, UUID.randomUUID().toString());
    for (String[] route :
        new String[][] {
          {"PUT", "/api/v1/session/linked-identity", "{\"token\":\"" + other + "\"}"},
          {"DELETE", "/api/v1/session/linked-identity", null},
          {"PUT", "/api/v1/%73ession/linked-identity", "{\"token\":\"" + other + "\"}"},
          {"POST", "/api/v1/second-factor", "{\"password\":\"" + Platform.PASSWORD + "\"}"},
          {
            "POST",
            "/api/v1/session",
            "{\"username\":\"" + account + "\",\"password\":\"" + Platform.PASSWORD + "\"}"
          }
        }) {
      Answer answer =
          Client.anonymous(url)
              .sendAsIs(route[0], route[1], route[2], "Authorization", "Bearer " + token);
      assertThat(answer.status()).as(route[1]).isEqualTo(403);
    }
  }

  @Test
  void nobodyLinksToSomebodyElsesName() throws Exception {
    Client other = Client.of(url, TestSite.account("RESIDENT", COMMUNITY));
    Answer answer =
        other.put(
            "/api/v1/session/linked-identity",
            "{\"token\":\"" + issuer.token(rsa, subject) + "\"}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("identity-linked-elsewhere");
    TestIssuer.Key forged = TestIssuer.key("rsa-1", "RS256");
    assertThat(
            other
                .put(
                    "/api/v1/session/linked-identity",
                    "{\"token\":\"" + issuer.token(forged, "x") + "\"}")
                .status())
        .isEqualTo(400);
    assertThat(ask(issuer.token(rsa, subject)).json().path("username").asString())
        .isEqualTo(account);
  }

  private String with(String claim, Object value) throws GeneralSecurityException {
    Map<String, Object> claims = issuer.claims(subject);
    claims.put(claim, value);
    return TestIssuer.sign(rsa, TestIssuer.header(rsa), claims);
  }

  private String without(String claim) throws GeneralSecurityException {
    Map<String, Object> claims = new LinkedHashMap<>(issuer.claims(subject));
    claims.remove(claim);
    return TestIssuer.sign(rsa, TestIssuer.header(rsa), claims);
  }

  private static Answer ask(String token) {
    return ask(token, "/api/v1/session");
  }

  private static Answer ask(String token, String path) {
    return ask(url, token, path);
  }

  private static Answer ask(String at, String token, String path) {
    return Client.anonymous(at).get(path, "Authorization", "Bearer " + token);
  }

  private static void assertRefused(String token) {
    Answer answer = ask(token);
    assertThat(answer.status()).as(token + " " + answer.body()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("token-refused");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
  }
}
