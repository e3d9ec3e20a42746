package gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Log-in, sessions, and what guards them (trust.md S6, S13, S14, S16). */
class SessionTest {

  private final String url = Platform.get().url();

  @Test
  void logsInShowsWhoItIsAndLogsOut() {
    Client client = Client.anonymous(url);
    assertThat(client.get("/api/v1/session").status()).isEqualTo(401);
    Client.Answer in = client.logIn("riverside-property", Platform.PASSWORD);
    assertThat(in.status()).isEqualTo(200);
    assertThat(in.json().path("role").asString()).isEqualTo("PROPERTY");
    assertThat(in.json().path("displayName").asString()).isEqualTo("Li Na");
    assertThat(in.json().path("communities").get(0).path("id").asString()).isEqualTo("riverside");
    assertThat(client.get("/api/v1/session").json()).isEqualTo(in.json());
    assertThat(client.delete("/api/v1/session").status()).isEqualTo(204);
    assertThat(client.get("/api/v1/session").status()).isEqualTo(401);
  }

  @Test
  void anUnknownUserAndAWrongPasswordGetTheSameAnswer() {
    Client.Answer unknown = Client.anonymous(url).logIn("nobody-here", "not the password");
    Client.Answer wrong = Client.anonymous(url).logIn("police", "not the password");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(unknown.code()).isEqualTo("log-in-failed");
  }

  @Test
  void guessingIsSlowedDownForTheAccountFromThatAddressWhetherItExistsOrNot() {
    for (String name : new String[] {"guessed-account", "guessed-nobody"}) {
      Client client = Client.anonymous(url);
      Client.Answer last = client.logIn(name, "guess");
      for (int i = 0; i < 5 && last.status() == 401; i++) {
        last = client.logIn(name, "guess");
      }
      assertThat(last.status()).isEqualTo(429);
      assertThat(last.code()).isEqualTo("log-in-blocked");
      assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
    }
  }

  @Test
  void aSessionThatWasThereBeforeTheLogInDoesNotGoOn() {
    Client victim = Client.of("resident");
    String before = victim.cookie("GATEHOUSE_SESSION");
    victim.logIn("resident", Platform.PASSWORD);
    assertThat(victim.cookie("GATEHOUSE_SESSION")).isNotEqualTo(before);
    Client attacker = Client.anonymous(url);
    attacker.setCookie("GATEHOUSE_SESSION", before);
    assertThat(attacker.get("/api/v1/session").status()).isEqualTo(401);
  }

  @Test
  void anInventedSessionIdIsNotTakenOver() {
    Client client = Client.anonymous(url);
    client.setCookie("GATEHOUSE_SESSION", "aW52ZW50ZWQ=");
    Client.Answer in = client.logIn("resident", Platform.PASSWORD);
    assertThat(in.response().headers().allValues("Set-Cookie"))
        .anyMatch(cookie -> cookie.startsWith("GATEHOUSE_SESSION="))
        .noneMatch(cookie -> cookie.contains("aW52ZW50ZWQ="));
    Client other = Client.anonymous(url);
    other.setCookie("GATEHOUSE_SESSION", "aW52ZW50ZWQ=");
    assertThat(other.get("/api/v1/session").status()).isEqualTo(401);
  }

  @Test
  void aWriteWithoutTheTokenIsRefused() {
    Client client = Client.of("police");
    Client.Answer answer = client.sendAsIs("DELETE", "/api/v1/session", null);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("csrf");
    assertThat(client.get("/api/v1/session").status()).isEqualTo(200);
  }

  @Test
  void aFieldThatNobodyAskedForIsRefused() {
    Client client = Client.anonymous(url);
    client.get("/api/v1/session");
    Client.Answer answer =
        client.post(
            "/api/v1/session",
            "{\"username\":\"police\",\"password\":\"x\",\"role\":\"POLICE\",\"verified\":true}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("bad-request");
  }

  @Test
  void problemsAreInTheReadersLanguageAndSayNothingInside() {
    Client.Answer english = Client.anonymous(url).get("/api/v1/doors", "Accept-Language", "en");
    Client.Answer chinese =
        Client.anonymous(url).get("/api/v1/doors", "Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5");
    assertThat(english.status()).isEqualTo(401);
    assertThat(english.header("Content-Type")).startsWith("application/problem+json");
    assertThat(english.json().path("title").asString()).isEqualTo("Not signed in");
    assertThat(chinese.json().path("title").asString()).isEqualTo("未登录");
    assertThat(english.json().path("type").asString())
        .isEqualTo("urn:gatehouse:problem:not-signed-in");
    assertThat(english.json().propertyNames())
        .containsExactlyInAnyOrder("type", "title", "status", "detail", "code");
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() {
    Client.Answer answer = Client.of("police").get("/api/v1/session");
    String policy = answer.header("Content-Security-Policy");
    assertThat(policy)
        .contains("script-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @Test
  void aRequestLargerThanAnythingExpectedIsRefused() {
    Client client = Client.anonymous(url);
    client.get("/api/v1/session");
    Client.Answer answer =
        client.post("/api/v1/session", "{\"username\":\"" + "x".repeat(100_000) + "\"}");
    assertThat(answer.status()).isEqualTo(413);
  }
}
