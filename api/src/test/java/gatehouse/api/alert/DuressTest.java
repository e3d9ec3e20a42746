package gatehouse.api.alert;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whoever stands at the gate is not shown that a duress code was used (trust.md S23). */
class DuressTest {

  @Test
  void s23TheOfficeAndThePoliceSeeItAndTheGuardOnSiteDoesNot() {
    String community = "duress-" + UUID.randomUUID().toString().substring(0, 8);
    TestSite.community(community, community);
    String id = UUID.randomUUID().toString();
    Platform.get()
        .asOwner(
            "insert into alert.alert (id, revision, state, model, community, place, severity,"
                + " audiences, subjects, first_event_time, last_event_time, detected_at,"
                + " received_at, detail) values (?::uuid, 1, 'OPEN', 'duress', ?, 'p', 'P1',"
                + " '{POLICE,PROPERTY}', '{}', now(), now(), now(), now(), '{}')",
            id,
            community);
    for (String duty : new String[] {"OPERATOR", "MANAGER"}) {
      assertThat(seen(TestSite.accountWithDuty("PROPERTY", duty, community))).contains(id);
    }
    assertThat(seen(TestSite.account("POLICE", community))).contains(id);
    String guard = TestSite.accountWithDuty("PROPERTY", "GUARD", community);
    assertThat(seen(guard)).doesNotContain(id);
    Client client = Client.of(guard);
    assertThat(client.get("/api/v1/alerts/" + id).status()).isEqualTo(404);
    assertThat(client.post("/api/v1/alerts/" + id + "/acknowledge", "{}").status()).isEqualTo(404);
    assertThat(client.get("/api/v1/overview").body()).doesNotContain("\"P1\":1");
  }

  private static String seen(String account) {
    return Client.of(account).get("/api/v1/alerts?model=duress").body();
  }
}
