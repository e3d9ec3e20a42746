package gatehouse.api.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.api.Client;
import gatehouse.api.TestSite;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Work orders from the first to the last step (W-05, D-07). */
class WorkOrdersTest {

  private final String community = "wo-" + UUID.randomUUID().toString().substring(0, 8);
  private final String guardName = TestSite.accountWithDuty("PROPERTY", "GUARD", community);
  private final Client guard = Client.of(guardName);
  private final Client operator =
      Client.of(TestSite.accountWithDuty("PROPERTY", "OPERATOR", community));
  private final String order = "/api/v1/work-orders/" + UUID.randomUUID();

  @Test
  void w05AnOrderIsWorkedOnStepByStepAndItsHistoryStays() {
    Client.Answer made = operator.put(order, wish("\"assignee\":\"" + guardName + "\","));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    Client.Answer begun =
        guard.post(
            order + "/steps", "{\"state\":\"IN_PROGRESS\"}", "If-Match", made.header("ETag"));
    assertThat(begun.status()).as(begun.body()).isEqualTo(200);
    Client.Answer done =
        guard.post(
            order + "/steps",
            "{\"state\":\"DONE\",\"note\":\"new hinge\"}",
            "If-Match",
            begun.header("ETag"));
    assertThat(done.json().path("state").asString()).isEqualTo("DONE");
    assertThat(operator.get(order).json().path("history").findValuesAsString("state"))
        .containsExactly("OPEN", "IN_PROGRESS", "DONE");
    assertThat(operator.get(order).json().path("history").get(2).path("note").asString())
        .isEqualTo("new hinge");
    assertThat(
            guard
                .post(order + "/steps", "{\"state\":\"OPEN\"}", "If-Match", done.header("ETag"))
                .code())
        .isEqualTo("work-order-over");
    assertThat(operator.put(order, wish(""), "If-Match", done.header("ETag")).code())
        .isEqualTo("work-order-over");
  }

  @Test
  void nobodyOverwritesAChangeTheyHaveNotSeen() {
    String first = operator.put(order, wish("")).header("ETag");
    assertThat(operator.put(order, wish("")).status()).isEqualTo(428);
    assertThat(operator.put(order, wish(""), "If-Match", first).status()).isEqualTo(200);
    assertThat(operator.put(order, wish(""), "If-Match", first).status()).isEqualTo(412);
    assertThat(guard.post(order + "/steps", "{\"note\":\"x\"}", "If-Match", first).status())
        .isEqualTo(412);
    assertThat(guard.post(order + "/steps", "{\"note\":\"x\"}").status()).isEqualTo(428);
  }

  @Test
  void aGuardWorksOnTheOwnOrdersAndOnNobodys() {
    String other = TestSite.accountWithDuty("PROPERTY", "GUARD", community);
    operator.put(order, wish("\"assignee\":\"" + other + "\","));
    String nobodys = "/api/v1/work-orders/" + UUID.randomUUID();
    operator.put(nobodys, wish(""));
    assertThat(guard.get("/api/v1/work-orders").json()).hasSize(1);
    assertThat(guard.get(order).status()).isEqualTo(404);
    assertThat(guard.post(order + "/steps", "{\"note\":\"x\"}", "If-Match", "\"1\"").status())
        .isEqualTo(404);
    assertThat(guard.get(nobodys).status()).isEqualTo(200);
    assertThat(guard.put("/api/v1/work-orders/" + UUID.randomUUID(), wish("")).status())
        .isEqualTo(403);
    assertThat(operator.get("/api/v1/work-orders").json()).hasSize(2);
    Client stranger = Client.of(TestSite.account("PROPERTY", community + "-other"));
    assertThat(stranger.get(order).status()).isEqualTo(404);
    assertThat(stranger.get("/api/v1/work-orders").json()).isEmpty();
  }

  @Test
  void onlyStaffOfTheCommunityIsAssigned() {
    String stranger = TestSite.account("PROPERTY", community + "-other");
    assertThat(
            operator
                .put(order, wish("\"assignee\":\"" + stranger + "\","))
                .json()
                .path("field")
                .asString())
        .isEqualTo("assignee");
    assertThat(
            operator
                .put(order, wish("\"alert\":\"" + UUID.randomUUID() + "\","))
                .json()
                .path("field")
                .asString())
        .isEqualTo("alert");
  }

  @Test
  void d07TheEndOfTheWorkEndsItsMaintenanceWindow() {
    String silence = UUID.randomUUID().toString();
    Client.Answer window =
        operator.put(
            "/api/v1/silences/" + silence,
            """
            {"community":"%s","kind":"MAINTENANCE","device":"d-1","reason":"new lock","ends":"%s"}
            """
                .formatted(community, Instant.now().plus(Duration.ofHours(4))));
    assertThat(window.status()).as(window.body()).isEqualTo(200);
    String etag = operator.put(order, wish("\"silence\":\"" + silence + "\",")).header("ETag");
    operator.post(order + "/steps", "{\"state\":\"DONE\"}", "If-Match", etag);
    assertThat(
            operator
                .get("/api/v1/silences?ended=true&community=" + community)
                .json()
                .get(0)
                .path("state")
                .asString())
        .isEqualTo("ENDED");
  }

  private String wish(String more) {
    return "{%s\"community\":\"%s\",\"kind\":\"REPAIR\",\"title\":\"The door squeaks\",\"place\":\"gate-1\"}"
        .formatted(more, community);
  }
}
