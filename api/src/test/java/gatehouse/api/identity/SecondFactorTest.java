package gatehouse.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.ApiMain;
import gatehouse.api.Client;
import gatehouse.api.Client.Answer;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The second step of a log-in (trust.md S6). */
class SecondFactorTest {

  private static final String COMMUNITY = "factor-court";
  private static final String PASSWORD = "{\"password\":\"" + Platform.PASSWORD + "\"}";

  private final String url = Platform.get().url();

  /** Somebody with a second factor, just enrolled. */
  private record Enrolled(String account, Client client, String secret, List<String> recovery) {

    /** A code that was not used yet: enrolling has used that of the step before. */
    String code() {
      return code(1);
    }

    String code(int stepsFromNow) {
      return Totp.code(Base32.decode(secret), Totp.step(Instant.now()) + stepsFromNow);
    }
  }

  private static Enrolled enrolled(String at, String role) {
    String account = TestSite.account(role, COMMUNITY);
    return enrol(account, Client.of(at, account));
  }

  private static Enrolled enrol(String account, Client client) {
    Answer begun = client.post("/api/v1/second-factor", PASSWORD);
    assertThat(begun.status()).as(begun.body()).isEqualTo(200);
    String secret = begun.json().path("secret").asString();
    assertThat(begun.json().path("uri").asString())
        .startsWith("otpauth://totp/Gatehouse:" + account + "?secret=" + secret);
    Answer confirmed =
        client.post(
            "/api/v1/second-factor/confirm",
            code(Totp.code(Base32.decode(secret), Totp.step(Instant.now()))));
    assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
    List<String> recovery =
        confirmed.json().path("recoveryCodes").valueStream().map(JsonNode::asString).toList();
    return new Enrolled(account, client, secret, recovery);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POLICE", "PROPERTY", "OPERATIONS", "AUDITOR", "RESIDENT"})
  void logsInInTwoSteps(String role) {
    Enrolled one = enrolled(url, role);
    assertThat(one.client().get("/api/v1/session").json().path("secondFactor").asString())
        .isEqualTo("ON");
    Client client = Client.anonymous(url);
    Answer first = client.logIn(one.account(), Platform.PASSWORD);
    assertThat(first.status()).isEqualTo(401);
    assertThat(first.code()).isEqualTo("second-step");
    Answer second = step(client, one.code());
    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(second.json().path("username").asString()).isEqualTo(one.account());
    assertThat(client.get(own(role)).status()).isEqualTo(200);
  }

  /** Something that the role may read. */
  private static String own(String role) {
    return role.equals("AUDITOR") ? "/api/v1/audit" : "/api/v1/overview";
  }

  @Test
  void aSessionThatHasOnlyThePasswordCanDoNothingElse() {
    Enrolled one = enrolled(url, "POLICE");
    Client client = Client.anonymous(url);
    client.logIn(one.account(), Platform.PASSWORD);
    for (String path : List.of("/api/v1/session", "/api/v1/alerts", "/api/v1/overview")) {
      assertThat(client.get(path).status()).as(path).isEqualTo(401);
    }
    assertThat(client.post("/api/v1/second-factor", PASSWORD).status()).isEqualTo(401);
    assertThat(client.post("/api/v1/second-factor/confirm", code("000000")).status())
        .isEqualTo(401);
    String before = client.cookie("GATEHOUSE_SESSION");
    assertThat(step(client, one.code()).status()).isEqualTo(200);
    assertThat(client.cookie("GATEHOUSE_SESSION")).isNotEqualTo(before);
  }

  @Test
  void aUsedCodeIsRefused() {
    Enrolled one = enrolled(url, "POLICE");
    String used = one.code();
    Client client = Client.anonymous(url);
    client.logIn(one.account(), Platform.PASSWORD);
    assertThat(step(client, used).status()).isEqualTo(200);
    Client thief = Client.anonymous(url);
    thief.logIn(one.account(), Platform.PASSWORD);
    Answer replayed = step(thief, used);
    assertThat(replayed.status()).isEqualTo(403);
    assertThat(replayed.code()).isEqualTo("code-wrong");
    String earlier = one.code(-1);
    assertThat(step(thief, earlier).status()).as("nor an earlier one").isEqualTo(403);
  }

  @Test
  void guessingCodesIsBlockedFromWherever() {
    Enrolled one = enrolled(url, "POLICE");
    Answer last = null;
    // The first blocks are short: whoever is slow is let in again.
    for (int i = 0; i < 12 && (last == null || last.status() != 429); i++) {
      Client client = Client.anonymous(url);
      client.logIn(one.account(), Platform.PASSWORD);
      last = step(client, "abcdef");
    }
    assertThat(last).isNotNull();
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.code()).isEqualTo("log-in-blocked");
    assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
  }

  @Test
  void eachRecoveryCodeWorksOnceAndIsStoredAsAHash() {
    Enrolled one = enrolled(url, "PROPERTY");
    assertThat(one.recovery()).hasSize(10).doesNotHaveDuplicates();
    String code = one.recovery().get(3);
    Client client = Client.anonymous(url);
    client.logIn(one.account(), Platform.PASSWORD);
    assertThat(step(client, code.toUpperCase(java.util.Locale.ROOT)).status()).isEqualTo(200);
    client.logIn(one.account(), Platform.PASSWORD);
    assertThat(step(client, code).status()).isEqualTo(403);
    assertThat(step(client, one.recovery().get(4)).status()).isEqualTo(200);
    Enrolled other = enrolled(url, "PROPERTY");
    Client stranger = Client.anonymous(url);
    stranger.logIn(other.account(), Platform.PASSWORD);
    assertThat(step(stranger, one.recovery().get(5)).status()).isEqualTo(403);
    assertThat(
            Platform.get()
                .texts(
                    "select encode(hash, 'escape') from identity.recovery_code where account ="
                        + " (select id from identity.account where username = ?)",
                    one.account()))
        .hasSize(10)
        .doesNotContainAnyElementsOf(one.recovery());
  }

  @Test
  void theSeedIsSealedAndAFreshOneEachTime() {
    Set<String> seen = new HashSet<>();
    String account = TestSite.account("POLICE", COMMUNITY);
    Client client = Client.of(account);
    for (int i = 0; i < 2; i++) {
      String secret =
          client.post("/api/v1/second-factor", PASSWORD).json().path("secret").asString();
      assertThat(seen.add(secret)).isTrue();
      assertThat(
              Platform.get()
                  .texts(
                      "select encode(next_seed, 'escape') from identity.second_factor where account"
                          + " = (select id from identity.account where username = ?)",
                      account)
                  .get(0))
          .doesNotContain(secret);
    }
    assertThat(client.get("/api/v1/session").json().path("secondFactor").asString())
        .as("not before a code has come")
        .isEqualTo("OFF");
  }

  @Test
  void enrollingNeedsThePasswordAndTheFactorThatIsThere() {
    Enrolled one = enrolled(url, "POLICE");
    Client client = one.client();
    assertThat(client.post("/api/v1/second-factor", "{\"password\":\"not it\"}").code())
        .isEqualTo("password-wrong");
    assertThat(client.post("/api/v1/second-factor", PASSWORD).status()).isEqualTo(400);
    String both = PASSWORD.replace("}", ",\"code\":\"" + one.code() + "\"}");
    assertThat(client.post("/api/v1/second-factor", both).status()).isEqualTo(200);
  }

  @Test
  void aSessionFromBeforeTheSecondFactorIsOver() {
    String account = TestSite.account("POLICE", COMMUNITY);
    Client thief = Client.of(account);
    assertThat(thief.get("/api/v1/alerts").status()).isEqualTo(200);
    Enrolled one = enrol(account, Client.of(account));
    assertThat(thief.get("/api/v1/alerts").status()).isEqualTo(401);
    assertThat(one.client().get("/api/v1/alerts").status()).isEqualTo(200);
  }

  @Test
  void whereItIsRequiredTheseRolesCanDoNothingButEnrol() {
    try (ConfigurableApplicationContext strict =
        ApiMain.start(
            Platform.get().settings(Map.of("GATEHOUSE_IDENTITY_SECOND_FACTOR", "REQUIRED")))) {
      String at = Platform.urlOf(strict);
      for (String role : List.of("POLICE", "PROPERTY", "OPERATIONS", "AUDITOR")) {
        String account = TestSite.account(role, COMMUNITY);
        Client client = Client.of(at, account);
        assertThat(client.get("/api/v1/session").json().path("secondFactor").asString())
            .isEqualTo("DUE");
        for (String path : List.of("/api/v1/alerts", "/api/v1/overview", "/api/v1/doors")) {
          Answer refused = client.get(path);
          assertThat(refused.status()).as(role + path).isEqualTo(403);
          assertThat(refused.code()).isEqualTo("second-factor-due");
        }
        enrol(account, client);
        assertThat(client.get(own(role)).status()).as(role).isEqualTo(200);
      }
      Client guard = Client.of(at, TestSite.accountWithDuty("PROPERTY", "GUARD", COMMUNITY));
      assertThat(guard.get("/api/v1/alerts").status()).isEqualTo(200);
      Client resident = Client.of(at, TestSite.account("RESIDENT", COMMUNITY));
      assertThat(resident.get("/api/v1/doors").status()).isEqualTo(200);
    }
  }

  private static Answer step(Client client, String code) {
    return client.post("/api/v1/session/second-step", code(code));
  }

  private static String code(String code) {
    return "{\"code\":\"" + code + "\"}";
  }
}
