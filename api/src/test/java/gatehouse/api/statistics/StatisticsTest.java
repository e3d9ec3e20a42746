package gatehouse.api.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reports (W-06). */
class StatisticsTest {

  private final String community = "rep-" + UUID.randomUUID().toString().substring(0, 8);
  private final String door = TestSite.door(community, "door");
  private final Client manager = Client.of(TestSite.account("PROPERTY", community));

  @Test
  void w06DoorsByRateOfAThousandPassages() {
    hours(10, 50);
    alert("door-forced", "P2", 0, 0);
    alert("tailgating", "P3", 0, 0);
    alert("tailgating", "P3", 0, 0);
    JsonNode row = report("doors").get(0);
    assertThat(row.path("passages").asLong()).isEqualTo(500);
    assertThat(row.path("forcedRate").asDouble()).isEqualTo(2.0);
    assertThat(row.path("tailgatingRate").asDouble()).isEqualTo(4.0);
    assertThat(row.path("heldOpenRate").asDouble()).isEqualTo(0.0);
    Client.Answer csv = manager.get("/api/v1/statistics/doors.csv");
    assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(csv.body().lines()).hasSize(2);
  }

  @Test
  void noFigureRestsOnFewerThanFive() {
    hours(2, 2);
    for (int i = 0; i < 4; i++) {
      alert("loitering", "P2", 10, 20);
    }
    JsonNode door = report("doors").get(0);
    assertThat(door.path("passages").isNull() || door.path("passages").isMissingNode()).isTrue();
    JsonNode few = report("response").get(0);
    assertThat(few.path("alerts").isNumber()).isFalse();
    assertThat(few.path("acknowledgeMedian").isNumber()).isFalse();
    alert("loitering", "P2", 10, 20);
    assertThat(report("response").get(0).path("acknowledgeMedian").asDouble()).isEqualTo(10.0);
  }

  @Test
  void w06HowFastAlertsAreTakenAndClosed() {
    for (int i = 1; i <= 11; i++) {
      alert("loitering", "P3", i * 10, i * 100);
    }
    JsonNode row = report("response").get(0);
    assertThat(row.path("alerts").asLong()).isEqualTo(11);
    assertThat(row.path("acknowledgeMedian").asDouble()).isEqualTo(60.0);
    assertThat(row.path("acknowledgeP90").asDouble()).isEqualTo(100.0);
    assertThat(row.path("closeMedian").asDouble()).isEqualTo(600.0);
  }

  @Test
  void w06UptimeOfDevices() {
    hours(12, 1);
    JsonNode row =
        Client.of(TestSite.account("OPERATIONS", community))
            .get("/api/v1/statistics/devices")
            .json()
            .path("items")
            .get(0);
    assertThat(row.path("heard").asLong()).isEqualTo(12);
    assertThat(row.path("uptime").asDouble()).isBetween(0.9, 1.0);
  }

  @Test
  void aReportIsOfNinetyTwoDaysAtMostAndNotForGuards() {
    assertThat(
            manager
                .get("/api/v1/statistics/doors?from=2026-01-01T00:00:00Z&to=2026-04-04T00:00:00Z")
                .status())
        .isEqualTo(400);
    Client guard = Client.of(TestSite.accountWithDuty("PROPERTY", "GUARD", community));
    assertThat(guard.get("/api/v1/statistics/doors").status()).isEqualTo(403);
    Client stranger = Client.of(TestSite.account("PROPERTY", community + "-other"));
    assertThat(stranger.get("/api/v1/statistics/doors").json().path("items")).isEmpty();
  }

  @Test
  void aSlowReportNeverDelaysADoor() throws Exception {
    Client resident = Client.of(TestSite.account("RESIDENT", community, door));
    ExecutorService reading = Executors.newFixedThreadPool(4);
    try (Connection superuser = Platform.get().connectAsSuperuser();
        Statement sql = superuser.createStatement()) {
      superuser.setAutoCommit(false);
      sql.execute("lock table event.device_hour in access exclusive mode");
      List<Future<Client.Answer>> reports = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        reports.add(reading.submit(() -> manager.get("/api/v1/statistics/doors")));
      }
      await().until(() -> Platform.get().waiting("gatehouse-reports", "device_hour") == 2);
      for (int i = 0; i < 5; i++) {
        Client.Answer opened =
            resident.send(
                "POST", "/api/v1/doors/" + door + "/open", null, "Idempotency-Key", "slow-" + i);
        assertThat(opened.status()).isEqualTo(202);
      }
      assertThat(Platform.get().waiting("gatehouse-reports", "device_hour")).isEqualTo(2);
      superuser.rollback();
      for (Future<Client.Answer> report : reports) {
        assertThat(report.get().status()).isIn(200, 503);
      }
    } finally {
      reading.shutdownNow();
    }
  }

  private JsonNode report(String name) {
    Client.Answer answer = manager.get("/api/v1/statistics/" + name);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("items");
  }

  private void hours(int count, int reads) {
    Platform.get()
        .asOwner(
            "insert into event.device_hour select ?, ?, date_trunc('hour', now()) - h * interval '1"
                + " hour', 10, ? from generate_series(1, ?) h",
            community,
            door,
            reads,
            count);
  }

  private void alert(String model, String severity, int taken, int closed) {
    String id = UUID.randomUUID().toString();
    Platform.get()
        .asOwner(
            "insert into alert.alert (id, revision, state, model, community, place, severity,"
                + " audiences, subjects, first_event_time, last_event_time, detected_at,"
                + " received_at, acknowledged_at, detail) select ?::uuid, 1, 'OPEN', ?, ?, ?, ?,"
                + " '{PROPERTY}', '{}', t, t, t, t, t + ? * interval '1 second', '{}' from (select"
                + " now() - interval '1 day' as t) x",
            id,
            model,
            community,
            "place-" + door,
            severity,
            taken);
    Platform.get()
        .asOwner(
            "insert into alert.history (alert, community, audiences, at, who, what) select id,"
                + " community, audiences, received_at + ? * interval '1 second', 'w',"
                + " 'RESOLVED_TRUE' from alert.alert where id = ?::uuid",
            closed,
            id);
  }
}
