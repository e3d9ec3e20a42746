package gatehouse.api.door;

import static gatehouse.api.door.Doors.RIVERSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may open which door, and what stands above it (U-01, U-02, U-05; trust.md S1, S24). */
class DoorRightsTest {

  @Test
  void aResidentKnowsOnlyTheDoorsWithARightToThem() {
    String own = TestSite.door(RIVERSIDE, "own");
    String sibling = TestSite.door(RIVERSIDE, "sibling");
    Client resident = Client.of(TestSite.account("RESIDENT", RIVERSIDE, own));
    assertThat(resident.get("/api/v1/doors").json().path("items").findValuesAsString("id"))
        .containsExactly(own);
    Client.Answer forbidden = Doors.open(resident, sibling);
    Client.Answer absent = Doors.open(resident, "no-such-door");
    assertThat(forbidden.status()).isEqualTo(404);
    assertThat(absent.status()).isEqualTo(404);
    assertThat(forbidden.code()).isEqualTo(absent.code());
    assertThat(forbidden.json().path("detail")).isEqualTo(absent.json().path("detail"));
  }

  @Test
  void theRightIsEvaluatedWhenTheRequestComes() {
    String id = TestSite.door(RIVERSIDE, "lease");
    String account = TestSite.account("RESIDENT", RIVERSIDE, id);
    Client tenant = Client.of(account);
    assertThat(mayOpen(tenant, id)).isTrue();
    Platform.get()
        .asOwner(
            "update identity.door_right set valid_to = now() - interval '1 second' where door = ?",
            id);
    assertThat(mayOpen(tenant, id)).isFalse();
    Client.Answer answer = Doors.open(tenant, id);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("door-no-right");
    assertThat(answer.json().path("state").asString()).isEqualTo("DENIED");
    assertThat(answer.json().path("reason").asString()).isEqualTo("NO_RIGHT");
    String command = answer.json().path("id").asString();
    assertThat(Doors.state(tenant, command)).isEqualTo("DENIED");
    assertThat(
            Platform.get()
                .texts(
                    "select outcome || reason from audit.entry where object = ?",
                    id + " " + command))
        .containsExactly("DENIEDNO_RIGHT");
  }

  @Test
  void anotherCommunitysDoorIsNotThere() {
    String abroad = TestSite.door("hilltop", "abroad");
    Client property = Client.of(TestSite.account("PROPERTY", RIVERSIDE));
    assertThat(property.get("/api/v1/doors").json().path("items").findValuesAsString("id"))
        .doesNotContain(abroad);
    assertThat(Doors.open(property, abroad).status()).isEqualTo(404);
    assertThat(Doors.open(property, "hilltop:" + abroad).status()).isEqualTo(404);
    assertThat(property.put("/api/v1/lockdowns/door/" + abroad, "{\"reason\":\"x\"}").status())
        .isEqualTo(404);
    assertThat(property.put("/api/v1/lockdowns/community/hilltop", "{\"reason\":\"x\"}").status())
        .isEqualTo(404);
  }

  @Test
  void aCommandIsItsOwnersAlone() {
    String id = TestSite.door(RIVERSIDE, "owner");
    Client owner = Client.of(TestSite.account("RESIDENT", RIVERSIDE, id));
    Client other = Client.of(TestSite.account("RESIDENT", RIVERSIDE, id));
    String command = Doors.open(owner, id).json().path("id").asString();
    assertThat(owner.get("/api/v1/door-commands/" + command).status()).isEqualTo(200);
    assertThat(other.get("/api/v1/door-commands/" + command).status()).isEqualTo(404);
    assertThat(other.stream("/api/v1/door-commands/" + command + "/stream").status())
        .isEqualTo(404);
    assertThat(owner.get("/api/v1/door-commands/not-an-id").status()).isEqualTo(404);
  }

  @Test
  void sixTimesInFiveMinutesAndNotASeventh() {
    String id = TestSite.door(RIVERSIDE, "often");
    Client client = Client.of(TestSite.account("RESIDENT", RIVERSIDE, id));
    for (int i = 0; i < 6; i++) {
      assertThat(Doors.open(client, id).status()).isEqualTo(202);
    }
    Client.Answer seventh = Doors.open(client, id);
    assertThat(seventh.status()).isEqualTo(429);
    assertThat(seventh.code()).isEqualTo("door-rate-limit");
    assertThat(seventh.header("Retry-After")).isNotEmpty();
    Platform.get()
        .asOwner(
            "update door.command set issued_at = issued_at - interval '6 minutes' where door = ?",
            id);
    assertThat(Doors.open(client, id).status()).isEqualTo(202);
  }

  @Test
  void twentyTimesADay() {
    String id = TestSite.door(RIVERSIDE, "daily");
    Client client = Client.of(TestSite.account("RESIDENT", RIVERSIDE, id));
    for (int i = 0; i < 20; i++) {
      assertThat(Doors.open(client, id).status()).isEqualTo(202);
      Platform.get()
          .asOwner(
              "update door.command set issued_at = issued_at - interval '6 minutes' where door = ?",
              id);
    }
    assertThat(Doors.open(client, id).status()).isEqualTo(429);
  }

  @Test
  void aLockdownBeatsTheRightAtEachLevel() {
    String community = "lock-" + System.nanoTime();
    TestSite.community(community, community);
    String id = TestSite.door(community, "locked");
    Client resident = Client.of(TestSite.account("RESIDENT", community, id));
    Client property = Client.of(TestSite.account("PROPERTY", community, id));
    Client police = Client.of(TestSite.account("POLICE", community));
    for (String level : List.of("door/" + id, "community/" + community)) {
      assertThat(property.put("/api/v1/lockdowns/" + level, "{\"reason\":\"drill\"}").status())
          .isEqualTo(204);
      Client.Answer refused = Doors.open(resident, id);
      assertThat(refused.status()).isEqualTo(423);
      assertThat(refused.json().path("reason").asString()).isEqualTo("LOCKDOWN");
      assertThat(mayOpen(resident, id)).isFalse();
      assertThat(property.delete("/api/v1/lockdowns/" + level).status()).isEqualTo(204);
      assertThat(Doors.open(resident, id).status()).isEqualTo(202);
    }
    assertThat(property.put("/api/v1/lockdowns/organisation/all", "{\"reason\":\"x\"}").code())
        .isEqualTo("lockdown-organisation");
    try {
      assertThat(
              police.put("/api/v1/lockdowns/organisation/all", "{\"reason\":\"drill\"}").status())
          .isEqualTo(204);
      assertThat(Doors.open(resident, id).status()).isEqualTo(423);
    } finally {
      assertThat(police.delete("/api/v1/lockdowns/organisation/all").status()).isEqualTo(204);
    }
    police.put("/api/v1/lockdowns/door/" + id, "{\"reason\":\"investigation\"}");
    assertThat(property.delete("/api/v1/lockdowns/door/" + id).code())
        .isEqualTo("lockdown-by-police");
    assertThat(police.delete("/api/v1/lockdowns/door/" + id).status()).isEqualTo(204);
    assertThat(
            Platform.get()
                .texts(
                    "select action || ' ' || outcome from audit.entry where chain = ? and action"
                        + " like 'lockdown%' order by id",
                    community))
        .containsExactly(
            "lockdown.set DONE",
            "lockdown.lift DONE",
            "lockdown.set DONE",
            "lockdown.lift DONE",
            "lockdown.set DONE",
            "lockdown.lift DONE");
  }

  /** Each level holds by itself, and people are told which do, the widest first. */
  @Test
  void aDoorIsFreeOnlyWhenEveryLevelIsLifted() {
    String community = "levels-" + System.nanoTime();
    String other = "levels-other-" + System.nanoTime();
    String id = TestSite.door(community, "locked");
    String next = TestSite.door(community, "next");
    String abroad = TestSite.door(other, "abroad");
    Client resident = Client.of(TestSite.account("RESIDENT", community, id, next));
    Client property = Client.of(TestSite.account("PROPERTY", community, id));
    Client stranger = Client.of(TestSite.account("RESIDENT", other, abroad));
    Client police = Client.of(TestSite.account("POLICE", community));
    List<String> levels = List.of("organisation/all", "community/" + community, "door/" + id);
    try {
      for (String level : List.of(levels.get(2), levels.get(0), levels.get(1))) {
        police.put("/api/v1/lockdowns/" + level, "{\"reason\":\"drill\"}");
      }
      assertThat(lockdowns(property, id)).containsExactly("ORGANISATION", "COMMUNITY", "DOOR");
      assertThat(lockdowns(resident, next)).containsExactly("ORGANISATION", "COMMUNITY");
      assertThat(lockdowns(stranger, abroad)).containsExactly("ORGANISATION");
      assertThat(Doors.open(stranger, abroad).status()).isEqualTo(423);

      police.delete("/api/v1/lockdowns/" + levels.get(2));
      assertThat(lockdowns(resident, id)).containsExactly("ORGANISATION", "COMMUNITY");
      assertThat(Doors.open(resident, id).status()).isEqualTo(423);
      police.put("/api/v1/lockdowns/" + levels.get(2), "{\"reason\":\"drill\"}");

      police.delete("/api/v1/lockdowns/" + levels.get(0));
      assertThat(lockdowns(resident, id)).containsExactly("COMMUNITY", "DOOR");
      assertThat(lockdowns(stranger, abroad)).isEmpty();
      assertThat(Doors.open(stranger, abroad).status()).isEqualTo(202);
      assertThat(Doors.open(resident, id).status()).isEqualTo(423);

      police.delete("/api/v1/lockdowns/" + levels.get(1));
      assertThat(lockdowns(resident, id)).containsExactly("DOOR");
      assertThat(Doors.open(resident, id).status()).isEqualTo(423);
      assertThat(lockdowns(resident, next)).isEmpty();
      assertThat(Doors.open(resident, next).status()).isEqualTo(202);
    } finally {
      levels.forEach(level -> police.delete("/api/v1/lockdowns/" + level));
    }
    assertThat(lockdowns(resident, id)).isEmpty();
    assertThat(Doors.open(resident, id).status()).isEqualTo(202);
  }

  private static List<String> lockdowns(Client client, String door) {
    for (JsonNode one : client.get("/api/v1/doors").json().path("items")) {
      if (one.path("id").asString().equals(door)) {
        List<String> levels = new ArrayList<>();
        one.path("lockdowns").forEach(level -> levels.add(level.asString()));
        assertThat(one.path("lockdown").asBoolean()).isEqualTo(!levels.isEmpty());
        return levels;
      }
    }
    throw new AssertionError(door + " is not listed");
  }

  @Test
  void aResidentCannotLockAnythingDown() {
    String id = TestSite.door(RIVERSIDE, "resident-lock");
    Client resident = Client.of(TestSite.account("RESIDENT", RIVERSIDE, id));
    assertThat(resident.put("/api/v1/lockdowns/door/" + id, "{\"reason\":\"x\"}").status())
        .isEqualTo(403);
  }

  private static boolean mayOpen(Client client, String door) {
    for (var item : client.get("/api/v1/doors").json().path("items")) {
      if (item.path("id").asString().equals(door)) {
        return item.path("mayOpen").asBoolean();
      }
    }
    throw new AssertionError("no door " + door);
  }
}
