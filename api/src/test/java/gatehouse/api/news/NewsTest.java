package gatehouse.api.news;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** News of the police: two officers, communities, counts. */
class NewsTest {

  private static final String SCRIPT = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>";

  private final String community = "news-" + UUID.randomUUID().toString().substring(0, 8);
  private final Client analyst = Client.of(TestSite.account("POLICE", community));
  private final Client supervisor =
      Client.of(TestSite.accountWithDuty("POLICE", "SUPERVISOR", community));
  private final String path = "/api/v1/news/" + UUID.randomUUID();

  @Test
  void anAnalystDraftsASupervisorPublishesAndReadersOfTheCommunityReadIt() {
    Client.Answer draft = draft(analyst, Duration.ofMinutes(-1));
    assertThat(draft.status()).isEqualTo(200);
    Client resident = Client.of(TestSite.account("RESIDENT", community));
    assertThat(resident.get("/api/v1/news").json().path("items")).isEmpty();
    assertThat(analyst.post(path + "/publish", "{}", "If-Match", draft.header("ETag")).status())
        .isEqualTo(403);
    assertThat(supervisor.post(path + "/publish", "{}").status()).isEqualTo(428);
    assertThat(supervisor.post(path + "/publish", "{}", "If-Match", draft.header("ETag")).status())
        .isEqualTo(200);
    for (String role : new String[] {"RESIDENT", "PROPERTY"}) {
      Client reader = Client.of(TestSite.account(role, community));
      assertThat(reader.get("/api/v1/news").json().path("items")).hasSize(1);
      assertThat(reader.get(path).json().at("/zh/title").asString()).isEqualTo("防骗提醒");
      assertThat(reader.put(path, "{}").status()).isEqualTo(403);
    }
    Client elsewhere = Client.of(TestSite.account("RESIDENT", "news-elsewhere"));
    assertThat(elsewhere.get("/api/v1/news").json().path("items")).isEmpty();
    assertThat(elsewhere.get(path).status()).isEqualTo(404);
  }

  @Test
  void whoeverWroteItDoesNotPublishIt() {
    Client.Answer draft = draft(supervisor, Duration.ofMinutes(-1));
    assertThat(supervisor.post(path + "/publish", "{}", "If-Match", draft.header("ETag")).code())
        .isEqualTo("news-own-draft");
  }

  @Test
  void s8AScriptStaysText() {
    publish(draft(analyst, Duration.ofMinutes(-1)));
    Client.Answer read = Client.of(TestSite.account("RESIDENT", community)).get(path);
    assertThat(read.json().at("/zh/body").asString()).isEqualTo(SCRIPT);
    assertThat(read.header("Content-Type")).startsWith("application/json");
    assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void itIsReadFromItsTimeOnAndNotWhenItIsWithdrawn() {
    publish(draft(analyst, Duration.ofHours(1)));
    Client resident = Client.of(TestSite.account("RESIDENT", community));
    assertThat(resident.get(path).status()).isEqualTo(404);
    assertThat(resident.get("/api/v1/news").json().path("items")).isEmpty();
    Platform.get()
        .asOwner(
            "update dialogue.news set publish_at = now() - interval '1 minute'"
                + " where ? = any (communities)",
            community);
    assertThat(resident.get(path).status()).isEqualTo(200);
    assertThat(supervisor.post(path + "/withdraw", "{}").status()).isEqualTo(400);
    assertThat(supervisor.post(path + "/withdraw", "{\"reason\":\"有误\"}").status()).isEqualTo(200);
    JsonNode gone = resident.get(path).json();
    assertThat(gone.path("state").asString()).isEqualTo("WITHDRAWN");
    assertThat(gone.path("withdrawnFor").asString()).isEqualTo("有误");
    assertThat(gone.path("zh").isNull()).isTrue();
  }

  @Test
  void readersAreCountedOnceAndFewerThanFiveNotAtAll() {
    publish(draft(analyst, Duration.ofMinutes(-1)));
    for (int i = 0; i < 5; i++) {
      Client resident = Client.of(TestSite.account("RESIDENT", community));
      resident.get("/api/v1/news");
      resident.get("/api/v1/news");
      if (i < 4) {
        resident.get(path);
      }
    }
    JsonNode counted = analyst.get(path).json();
    assertThat(counted.path("listed").asInt()).isEqualTo(5);
    assertThat(counted.path("opened").isNull()).isTrue();
  }

  private void publish(Client.Answer draft) {
    assertThat(supervisor.post(path + "/publish", "{}", "If-Match", draft.header("ETag")).status())
        .isEqualTo(200);
  }

  private Client.Answer draft(Client author, Duration from) {
    Instant at = Instant.now().plus(from);
    return author.put(
        path,
        "{\"communities\":[\"%s\"],\"titleZh\":\"防骗提醒\",\"bodyZh\":%s,\"publishAt\":\"%s\",\"expiresAt\":\"%s\"}"
            .formatted(
                community,
                JsonMapper.builder().build().writeValueAsString(SCRIPT),
                at,
                at.plus(Duration.ofDays(7))));
  }
}
