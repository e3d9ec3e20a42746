package gatehouse.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Data that leaves in files (W-08, S-03). */
class ExportsTest {

  private final String community = "exp-" + UUID.randomUUID().toString().substring(0, 8);
  private final String askerName = TestSite.accountWithDuty("PROPERTY", "OPERATOR", community);
  private final Client asker = Client.of(askerName);
  private final Client manager = Client.of(TestSite.account("PROPERTY", community));
  private final String path = "/api/v1/exports/" + UUID.randomUUID();

  @Test
  void w08ABulkExportNeedsASecondPersonAndTheFileSaysWhoTookIt() {
    passages(1_200);
    Client.Answer alone = asker.get("/api/v1/access-log.csv?community=" + community);
    assertThat(alone.status()).isEqualTo(403);
    assertThat(alone.code()).isEqualTo("export-needs-approval");

    assertThat(ask("ACCESS_LOG").json().path("state").asString()).isEqualTo("ASKED");
    assertThat(asker.get(path + "/file").code()).isEqualTo("export-needs-approval");
    assertThat(asker.post(path + "/approve", "{}").status()).isEqualTo(403);
    assertThat(manager.post(path + "/approve", "{\"note\":\"audit of the gates\"}").status())
        .isEqualTo(200);
    assertThat(manager.post(path + "/reject", "{}").code()).isEqualTo("already-decided");
    assertThat(manager.get(path + "/file").status()).isEqualTo(404);

    Client.Answer file = asker.get(path + "/file");
    assertThat(file.status()).as(file.body()).isEqualTo(200);
    assertThat(file.body().lines().count()).isEqualTo(1_202);
    assertThat(file.body()).startsWith("\uFEFF# export id=").contains("account=" + askerName);
    assertThat(file.header("Gatehouse-Export")).contains("account=" + askerName);
    assertThat(file.body()).contains("ca***-1").doesNotContain("card-0000-1");
    assertThat(
            Platform.get()
                .texts(
                    "select action from audit.entry where chain = ? and action like 'export.%'"
                        + " order by id",
                    community))
        .containsExactly("export.ask", "export.approve", "export.file");
  }

  @Test
  void aManagerDoesNotApproveTheOwnWish() {
    String id = "/api/v1/exports/" + UUID.randomUUID();
    assertThat(manager.put(id, wish("PERSONS")).status()).isEqualTo(200);
    assertThat(manager.post(id + "/approve", "{}").code()).isEqualTo("second-person-needed");
    Client other = Client.of(TestSite.account("PROPERTY", community));
    assertThat(other.post(id + "/approve", "{}").status()).isEqualTo(200);
  }

  @Test
  void anApprovedFileIsTakenThreeTimesAndForADay() {
    ask("PERSONS");
    manager.post(path + "/approve", "{}");
    for (int i = 0; i < 3; i++) {
      assertThat(asker.get(path + "/file").status()).isEqualTo(200);
    }
    Client.Answer fourth = asker.get(path + "/file");
    assertThat(fourth.status()).isEqualTo(410);
    assertThat(fourth.code()).isEqualTo("export-over");

    String late = "/api/v1/exports/" + UUID.randomUUID();
    asker.put(late, wish("PERSONS"));
    manager.post(late + "/approve", "{}");
    Platform.get()
        .asOwner(
            "update property.approval set decided_at = decided_at - interval '25 hours' where id ="
                + " ?::uuid",
            late.substring(late.lastIndexOf('/') + 1));
    assertThat(asker.get(late + "/file").code()).isEqualTo("export-over");
  }

  @Test
  void personsLeaveMaskedOnly() {
    manager.put(
        "/api/v1/persons/" + community + "/p-1",
        "{\"name\":\"王小明\",\"phone\":\"13912345678\",\"nonFaceWay\":\"CARD\"}");
    ask("PERSONS");
    manager.post(path + "/approve", "{}");
    assertThat(asker.get(path + "/file").body())
        .contains("王**", "139***78")
        .doesNotContain("王小明", "13912345678");
  }

  @Test
  void aSmallExportOfTheRegistryIsMarkedAndCanBeImportedAgain() {
    manager.put(
        "/api/v1/registry/" + community + "/lease/l-1",
        "{\"validFrom\":\"2026-01-01T00:00:00Z\",\"validTo\":\"2097-01-01T00:00:00Z\",\"fields\":{\"lease\":\"l-1\",\"unit\":\"1-101\",\"tenant\":\"p-1\"}}");
    String leases = "/api/v1/registry/" + community + "/lease";
    Client.Answer file = manager.get(leases + "/export");
    assertThat(file.body()).startsWith("\uFEFF# export id=");
    Client.Answer again =
        manager.send("POST", leases + "/import", file.body(), "Content-Type", "text/csv");
    assertThat(again.json().path("unchanged").asInt()).as(again.body()).isEqualTo(1);
  }

  @Test
  void anAccountHasItsFilesForTheDay() {
    String file = "/api/v1/access-log.csv?community=" + community;
    for (int i = 0; i < ExportFiles.MOST_FILES_A_DAY; i++) {
      assertThat(asker.get(file).status()).isEqualTo(200);
    }
    Client.Answer refused = asker.get(file);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("export-quota");
    assertThat(manager.get(file).status()).isEqualTo(200);
  }

  @Test
  void anAccountAsksForTenExportsADay() {
    for (int i = 0; i < 10; i++) {
      assertThat(asker.put("/api/v1/exports/" + UUID.randomUUID(), wish("PERSONS")).status())
          .isEqualTo(200);
    }
    assertThat(asker.put(path, wish("PERSONS")).status()).isEqualTo(429);
  }

  @Test
  void guardsAndStrangersExportNothing() {
    Client guard = Client.of(TestSite.accountWithDuty("PROPERTY", "GUARD", community));
    assertThat(guard.put(path, wish("PERSONS")).status()).isEqualTo(403);
    ask("PERSONS");
    assertThat(guard.post(path + "/approve", "{}").status()).isEqualTo(403);
    Client stranger = Client.of(TestSite.account("PROPERTY", community + "-other"));
    assertThat(stranger.post(path + "/approve", "{}").status()).isEqualTo(404);
    assertThat(stranger.put("/api/v1/exports/" + UUID.randomUUID(), wish("PERSONS")).status())
        .isEqualTo(404);
    assertThat(stranger.get("/api/v1/exports").json()).isEmpty();
  }

  private Client.Answer ask(String what) {
    Client.Answer answer = asker.put(path, wish(what));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private String wish(String what) {
    return "{\"what\":\"%s\",\"community\":\"%s\",\"reason\":\"yearly audit\"}"
        .formatted(what, community);
  }

  private void passages(int count) {
    Platform.get()
        .asOwner(
            "insert into event.log select now() - n * interval '1 second', ?, n::text, now(), 'p',"
                + " 'd', 'access-event', true, 'credential', 'card-0000-' || n, 'IN', 'GRANTED',"
                + " '', false, '{}' from generate_series(1, ?) n",
            community,
            count);
  }
}
