package gatehouse.api.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.simulator.door.Passage;
import gatehouse.simulator.door.ReferenceDoor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Opening on duty apart from opening for oneself, holds, and what beats what (W-02; trust.md S24).
 */
class OnDutyTest {

  private final String community = "duty-" + UUID.randomUUID().toString().substring(0, 8);
  private final String id = TestSite.door(community, "door");
  private final Client guard = Client.of(TestSite.accountWithDuty("PROPERTY", "GUARD", community));
  private final Client operator =
      Client.of(TestSite.accountWithDuty("PROPERTY", "OPERATOR", community));
  private final Client manager = Client.of(TestSite.account("PROPERTY", community));

  @BeforeEach
  void connected() {
    await().until(() -> Platform.get().api().getBean(DoorLink.class).isConnected());
  }

  @Test
  void openingOnDutyNeedsAReasonButNoRightAndIsAuditedApart() throws Exception {
    try (ReferenceDoor door = Doors.start(community, id)) {
      assertThat(Doors.open(guard, id).code()).isEqualTo("door-no-right");
      Client.Answer without = post(guard, "open", "{\"as\":\"ADMIN\"}");
      assertThat(without.status()).isEqualTo(400);
      assertThat(without.json().path("field").asString()).isEqualTo("reason");

      Client.Answer opened = post(guard, "open", "{\"as\":\"ADMIN\",\"reason\":\"ambulance\"}");
      assertThat(opened.status()).as(opened.body()).isEqualTo(202);
      assertThat(opened.json().path("as").asString()).isEqualTo("ADMIN");
      String command = opened.json().path("id").asString();
      Doors.await(guard, command, "RELOCKED");
      assertThat(door.releases()).containsExactly(command);
      assertThat(
              Platform.get()
                  .texts(
                      "select reason from audit.entry where action = 'door.open.admin' and object ="
                          + " ?",
                      id + " " + command))
          .containsExactly("ambulance");
      assertThat(
              Platform.get().texts("select capacity from door.command where id = ?::uuid", command))
          .containsExactly("ADMIN");
    }
  }

  @Test
  void residentsAndPoliceAreNeverOnDuty() {
    for (String role : java.util.List.of("RESIDENT", "POLICE", "OPERATIONS", "AUDITOR")) {
      Client other = Client.of(TestSite.account(role, community, id));
      assertThat(post(other, "open", "{\"as\":\"ADMIN\",\"reason\":\"x\"}").status())
          .as(role)
          .isEqualTo(403);
    }
  }

  @Test
  void aHoldEndsByItselfAtTheDoor() throws Exception {
    try (ReferenceDoor door = Doors.start(community, id, Clock.systemUTC(), Passage.NOBODY)) {
      assertThat(post(guard, "hold", holding(Duration.ofSeconds(3))).status()).isEqualTo(403);
      assertThat(post(operator, "hold", holding(Duration.ofHours(13))).status()).isEqualTo(400);
      String command = hold(Duration.ofSeconds(4));
      Doors.await(operator, command, "RELEASED");
      assertThat(door.isReleased()).isTrue();
      Doors.await(operator, command, "RELOCKED");
      assertThat(door.isReleased()).isFalse();
    }
  }

  @Test
  void aHoldIsShownAndEndedBeforeItsTime() throws Exception {
    try (ReferenceDoor door = Doors.start(community, id, Clock.systemUTC(), Passage.NOBODY)) {
      String command = hold(Duration.ofHours(2));
      Doors.await(operator, command, "RELEASED");
      assertThat(
              guard.get("/api/v1/doors").json().path("items").get(0).path("heldUntil").asString())
          .isNotEmpty();
      assertThat(post(guard, "lock", "{\"reason\":\"all are in\"}").status()).isEqualTo(202);
      Doors.await(operator, command, "RELOCKED");
      assertThat(door.isReleased()).isFalse();
      assertThat(
              guard.get("/api/v1/doors").json().path("items").get(0).has("heldUntil")
                  && !guard
                      .get("/api/v1/doors")
                      .json()
                      .path("items")
                      .get(0)
                      .path("heldUntil")
                      .isNull())
          .isFalse();
    }
  }

  @Test
  void s24ALockdownEndsAHoldAndRefusesEveryOpening() throws Exception {
    try (ReferenceDoor door = Doors.start(community, id, Clock.systemUTC(), Passage.NOBODY)) {
      String command = hold(Duration.ofHours(2));
      Doors.await(operator, command, "RELEASED");
      lockdown();
      Doors.await(operator, command, "RELOCKED");
      assertThat(door.isReleased()).isFalse();
      assertThat(post(guard, "open", "{\"as\":\"ADMIN\",\"reason\":\"x\"}").status())
          .isEqualTo(423);
      assertThat(post(operator, "hold", holding(Duration.ofHours(1))).status()).isEqualTo(423);
      assertThat(
              Platform.get()
                  .texts(
                      "select reason from audit.entry where chain = ? and action = 'door.hold.end'",
                      community))
          .isNotEmpty()
          .containsOnly("LOCKDOWN");
    }
  }

  @Test
  void s24FireEgressBeatsALockdown() throws Exception {
    try (ReferenceDoor door = Doors.start(community, id, Clock.systemUTC(), Passage.NOBODY)) {
      String command = hold(Duration.ofHours(2));
      Doors.await(operator, command, "RELEASED");
      door.fire(true);
      lockdown();
      await()
          .until(
              () ->
                  Platform.get()
                      .texts(
                          "select state from door.command where community = ? and action = 'LOCK'"
                              + " and reason = 'FIRE_RELEASE'",
                          community)
                      .contains("DENIED"));
      assertThat(door.isReleased()).isTrue();
      door.fire(false);
      Doors.await(operator, command, "RELOCKED");
      assertThat(door.isReleased()).isFalse();
    }
  }

  private String hold(Duration time) {
    Client.Answer answer = post(operator, "hold", holding(time));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json().path("id").asString();
  }

  private void lockdown() {
    assertThat(
            manager
                .put("/api/v1/lockdowns/community/" + community, "{\"reason\":\"intruder\"}")
                .status())
        .isEqualTo(204);
  }

  private static String holding(Duration time) {
    return "{\"until\":\"%s\",\"reason\":\"moving house\"}".formatted(Instant.now().plus(time));
  }

  private Client.Answer post(Client client, String what, String body) {
    return client.post(
        "/api/v1/doors/" + id + "/" + what, body, "Idempotency-Key", UUID.randomUUID().toString());
  }
}
