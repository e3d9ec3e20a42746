package gatehouse.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.ApiMain;
import gatehouse.api.Client;
import gatehouse.api.Client.Answer;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Quotas of accounts and addresses (trust.md S14), on an API whose quotas are small. */
class RateLimitsTest {

  private static final String COMMUNITY = "limit-court";

  private static ConfigurableApplicationContext api;
  private static String url;

  @BeforeAll
  static void start() {
    api =
        ApiMain.start(
            Platform.get()
                .settings(
                    Map.of(
                        "GATEHOUSE_LIMITS_READS", "20",
                        "GATEHOUSE_LIMITS_WRITES", "10",
                        "GATEHOUSE_LIMITS_SENSITIVE", "5",
                        "GATEHOUSE_LIMITS_ADDRESS_FACTOR", "6")));
    url = Platform.urlOf(api);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void anAccountHasItsQuotaOfEachClassAndIsToldOfIt() {
    Client one = Client.of(url, TestSite.account("POLICE", COMMUNITY));
    Client other = Client.of(url, TestSite.account("POLICE", COMMUNITY));
    Answer first = one.get("/api/v1/overview");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("RateLimit-Policy")).isEqualTo("\"reads\";q=20;w=60");
    assertThat(first.header("RateLimit")).matches("\"reads\";r=19;t=\\d+");
    Answer refused = until429(one, "/api/v1/overview");
    assertThat(refused.code()).isEqualTo("rate-limit");
    assertThat(refused.header("RateLimit")).startsWith("\"reads\";r=0;t=");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 3);
    assertThat(other.get("/api/v1/overview").status()).as("others go on").isEqualTo(200);
    assertThat(
            one.post("/api/v1/notifications/00000000-0000-4000-8000-000000000000/acknowledge", "")
                .status())
        .as("so do other classes")
        .isEqualTo(404);
    Answer export = until429(one, "/api/v1/access-log.csv");
    assertThat(export.header("RateLimit-Policy")).isEqualTo("\"sensitive\";q=5;w=60");
  }

  @Test
  void anAddressThatTriesManyAccountsIsBounded() {
    Client stranger = Client.anonymous(url);
    stranger.get("/api/v1/session");
    Answer last = null;
    for (int i = 0; i < 40 && (last == null || !last.code().equals("rate-limit")); i++) {
      last = stranger.post("/api/v1/session", "{}");
    }
    assertThat(last).isNotNull();
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.header("RateLimit-Policy")).isEqualTo("\"address-sensitive\";q=30;w=60");
    assertThat(stranger.get("/").status()).as("the console's files cost nothing").isIn(200, 404);
  }

  private static Answer until429(Client client, String path) {
    for (int i = 0; i < 40; i++) {
      Answer answer = client.get(path);
      if (answer.status() == 429) {
        return answer;
      }
    }
    throw new AssertionError("never refused");
  }
}
