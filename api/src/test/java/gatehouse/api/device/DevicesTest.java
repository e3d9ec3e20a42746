package gatehouse.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DeviceStatus;
import gatehouse.event.Origin;
import gatehouse.event.SensorReading;
import gatehouse.site.Place;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Devices and their health (W-02, D-02, D-08). */
class DevicesTest {

  private final String community = "dev-" + UUID.randomUUID().toString().substring(0, 8);
  private final String door = TestSite.door(community, "door");
  private final Client guard = Client.of(TestSite.accountWithDuty("PROPERTY", "GUARD", community));

  @Test
  void d02HealthIsWhatWasHeardAndWhatDeviceHealthSays() {
    assertThat(device().path("health").asString()).isEqualTo("OFFLINE");
    publish(
        new DeviceStatus(
            origin("e-1"), DeviceStatus.State.ONLINE, "4.2.1", List.of(), 1_500.0, 0.0));
    await().until(() -> device().path("health").asString().equals("ONLINE"));
    assertThat(device().path("firmware").asString()).isEqualTo("4.2.1");
    assertThat(device().path("clockOffsetSeconds").asDouble()).isEqualTo(1.5);
    assertThat(device().path("lastSeen").asString()).isNotEmpty();

    trouble("device-health.clock-step", "12.0");
    assertThat(device().path("clockOffsetSeconds").asDouble()).isEqualTo(12.0);
    assertThat(device().path("health").asString()).isEqualTo("ONLINE");
    trouble("device-health.silent", "");
    assertThat(device().path("health").asString()).isEqualTo("SILENT");
    assertThat(guard.get("/api/v1/devices?health=SILENT").json().path("items")).hasSize(1);
    assertThat(guard.get("/api/v1/devices?health=ONLINE").json().path("items")).isEmpty();

    publish(new DeviceStatus(origin("e-2"), DeviceStatus.State.OFFLINE, "", List.of(), null, null));
    await().until(() -> device().path("health").asString().equals("OFFLINE"));
    assertThat(device().path("firmware").asString()).isEqualTo("4.2.1");
  }

  @Test
  void d08CoverageIsTheLastDayAgainstTheWeekBefore() {
    Platform.get()
        .asOwner(
            "insert into event.device_hour select ?, ?, date_trunc('hour', now()) - h * interval '1"
                + " hour', 10, case when h < 24 then 5 else 10 end from generate_series(1, 191) h",
            community,
            door);
    JsonNode coverage = device().path("coverage");
    assertThat(coverage.path("received").asLong()).isEqualTo(115);
    assertThat(coverage.path("expected").asDouble()).isEqualTo(240);
    assertThat(coverage.path("share").asDouble()).isBetween(0.47, 0.48);
    assertThat(guard.get("/api/v1/devices/" + community + "/" + door).json().path("hours"))
        .hasSize(23);
  }

  @Test
  void anEventThatComesTwiceCountsOnceInItsHour() {
    SensorReading reading =
        new SensorReading(origin("e-1"), SensorReading.Kind.SMOKE, 0.2, "%", true);
    publish(reading);
    publish(reading);
    publish(new SensorReading(origin("e-2"), SensorReading.Kind.SMOKE, 0.3, "%", false));
    await()
        .until(
            () ->
                Platform.get()
                    .texts(
                        "select value || ' ' || alarm from site.sensor_state where community = ?",
                        community)
                    .contains("0.3 false"));
    assertThat(
            Platform.get()
                .texts(
                    "select sum(messages) from event.device_hour where community = ?", community))
        .containsExactly("2");
  }

  @Test
  void propertyOperationsAndPoliceSeeTheOwnCommunitiesOnly() {
    String path = "/api/v1/devices/" + community + "/" + door;
    for (String role : List.of("POLICE", "PROPERTY", "OPERATIONS")) {
      assertThat(Client.of(TestSite.account(role, community)).get(path).status()).isEqualTo(200);
      Client stranger = Client.of(TestSite.account(role, community + "-other"));
      assertThat(stranger.get(path).status()).isEqualTo(404);
      assertThat(stranger.get("/api/v1/devices").json().path("items")).isEmpty();
    }
    assertThat(Client.of(TestSite.account("RESIDENT", community)).get(path).status())
        .isEqualTo(403);
  }

  private JsonNode device() {
    Client.Answer answer = guard.get("/api/v1/devices/" + community + "/" + door);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("device");
  }

  private void trouble(String code, String offset) {
    Platform.get()
        .asOwner(
            "insert into alert.alert (id, revision, state, model, community, place, severity,"
                + " audiences, subjects, first_event_time, last_event_time, detected_at,"
                + " received_at, detail) values (gen_random_uuid(), 1, 'OPEN', 'device-health', ?,"
                + " 'p', 'P3', '{OPERATIONS}', array[?], now(), now(), now(), now(),"
                + " jsonb_build_object('explanation', jsonb_build_object('code', ?::text, 'values',"
                + " jsonb_build_object('offset', nullif(?::text, '')))))",
            community,
            door,
            code,
            offset);
  }

  private Origin origin(String id) {
    Instant now = Instant.now();
    return new Origin(
        id,
        community,
        door,
        Place.of("place-" + door),
        now,
        now,
        "b1",
        1,
        false,
        ClockQuality.GOOD);
  }

  private static void publish(DeviceEvent event) {
    Platform.get().publish(Topic.EVENTS, event.community(), FactCodec.encode(event));
  }
}
