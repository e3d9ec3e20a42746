package gatehouse.api.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.alert.Alert;
import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.api.Client;
import gatehouse.api.EventStream;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Alerts from Kafka to whoever may see them (A-01, A-02, A-09, A-12; trust.md S1, S10, S13). */
class AlertsTest {

  @Test
  void anAlertIsListedAndExplainedToItsAudience() {
    String community = newCommunity();
    Alert alert = TestAlerts.alert(community, Audience.PROPERTY, Audience.POLICE);
    TestAlerts.publishAndAwait(alert);
    Client police = Client.of(TestSite.account("POLICE", community));
    JsonNode item = police.get("/api/v1/alerts").json().path("items").get(0);
    assertThat(item.path("id").asString()).isEqualTo(alert.id());
    assertThat(item.path("communityName").asString()).isEqualTo("Name of " + community);
    assertThat(item.path("severity").asString()).isEqualTo("P2");
    assertThat(item.path("handling").asString()).isEqualTo("NEW");
    assertThat(item.path("firstEventTime").asString()).isEqualTo("2026-11-01T08:00:00.123456Z");
    assertThat(item.path("subjects").get(0).path("id").asString()).isEqualTo("粤B12345");
    JsonNode detail = police.get("/api/v1/alerts/" + alert.id()).json();
    assertThat(detail.path("evidence").get(0).path("eventId").asString()).isEqualTo("event-1");
    assertThat(detail.path("settings").path("limit").asString()).isEqualTo("PT30S");
    assertThat(detail.path("coverage").asString()).isEqualTo("FULL");
    assertThat(detail.path("history").get(0).path("what").asString()).isEqualTo("OPEN");
    assertThat(detail.path("retraction").isNull()).isTrue();
    assertThat(Platform.get().texts("select action from audit.entry where object = ?", alert.id()))
        .containsExactly("alert.read");
  }

  @Test
  void thePropertySeesMasksWhereThePoliceSeeNames() {
    String community = newCommunity();
    Alert alert = TestAlerts.alert(community, Audience.PROPERTY, Audience.POLICE);
    TestAlerts.publishAndAwait(alert);
    Client.Answer property =
        Client.of(TestSite.account("PROPERTY", community)).get("/api/v1/alerts/" + alert.id());
    assertThat(property.json().path("subjects").get(0).path("id").asString()).isEqualTo("粤B***45");
    assertThat(property.json().path("subjects").get(1).path("id").asString()).isEqualTo("gate-1");
    assertThat(property.json().path("summary").asString()).endsWith("粤B***45");
  }

  @Test
  void s1AnAlertIsThereOnlyForItsAudienceInItsCommunity() {
    String community = newCommunity();
    String other = newCommunity();
    Alert forProperty = TestAlerts.alert(community, Audience.PROPERTY);
    Alert forPolice = TestAlerts.alert(community, Audience.POLICE);
    TestAlerts.publishAndAwait(forProperty);
    TestAlerts.publishAndAwait(forPolice);
    assertThat(ids(Client.of(TestSite.account("PROPERTY", community))))
        .containsExactly(forProperty.id());
    assertThat(ids(Client.of(TestSite.account("POLICE", community))))
        .containsExactly(forPolice.id());
    Client stranger = Client.of(TestSite.account("PROPERTY", other));
    assertThat(ids(stranger)).isEmpty();
    Client.Answer forbidden = stranger.get("/api/v1/alerts/" + forProperty.id());
    Client.Answer absent = stranger.get("/api/v1/alerts/" + UUID.randomUUID());
    assertThat(forbidden.status()).isEqualTo(404);
    assertThat(forbidden.code()).isEqualTo(absent.code());
    for (String step : List.of("acknowledge", "resolve")) {
      assertThat(
              stranger
                  .post(
                      "/api/v1/alerts/" + forProperty.id() + "/" + step,
                      step.equals("resolve") ? "{\"disposition\":\"TEST\"}" : "{}")
                  .status())
          .isEqualTo(404);
    }
    Client resident = Client.of(TestSite.account("RESIDENT", community));
    assertThat(resident.get("/api/v1/alerts").status()).isEqualTo(403);
    assertThat(resident.get("/api/v1/alerts/" + forProperty.id()).status()).isEqualTo(403);
    assertThat(resident.get("/api/v1/overview").json().path("openAlerts").path("P2").asInt())
        .isZero();
  }

  @Test
  void a01RevisionsComeInAnyOrderAndAnyNumberOfTimes() {
    String community = newCommunity();
    Alert first = TestAlerts.alert(community, Audience.PROPERTY);
    Alert second = TestAlerts.revised(first, 2, AlertState.OPEN, Severity.P1);
    Alert closed = TestAlerts.revised(first, 3, AlertState.CLOSED, Severity.P1);
    for (Alert revision : List.of(second, first, second, closed, first, second)) {
      TestAlerts.publish(revision);
    }
    Alert last = TestAlerts.alert(community, Audience.PROPERTY);
    TestAlerts.publishAndAwait(closed);
    TestAlerts.publishAndAwait(last);
    Client property = Client.of(TestSite.account("PROPERTY", community));
    JsonNode detail = property.get("/api/v1/alerts/" + first.id()).json();
    assertThat(detail.path("revision").asInt()).isEqualTo(3);
    assertThat(detail.path("state").asString()).isEqualTo("CLOSED");
    assertThat(detail.path("history").findValuesAsString("what")).containsExactly("OPEN", "CLOSED");
    assertThat(ids(property)).hasSize(2);
  }

  @Test
  void aRetractedAlertSaysWhy() {
    String community = newCommunity();
    Alert alert = TestAlerts.alert(community, Audience.PROPERTY);
    TestAlerts.publishAndAwait(alert);
    TestAlerts.publishAndAwait(TestAlerts.revised(alert, 2, AlertState.RETRACTED, Severity.P2));
    Client property = Client.of(TestSite.account("PROPERTY", community));
    assertThat(
            property
                .get("/api/v1/alerts/" + alert.id(), "Accept-Language", "en")
                .json()
                .path("retraction")
                .asString())
        .isEqualTo("Nothing new for a while.");
    assertThat(
            property
                .get("/api/v1/alerts/" + alert.id(), "Accept-Language", "zh-CN")
                .json()
                .path("retraction")
                .asString())
        .isEqualTo("一段时间内没有新的情况。");
  }

  @Test
  void anAlertIsTakenAndClosedAndTheModelsRevisionsDoNotUndoThat() {
    String community = newCommunity();
    Alert alert = TestAlerts.alert(community, Audience.PROPERTY);
    TestAlerts.publishAndAwait(alert);
    Client property = Client.of(TestSite.account("PROPERTY", community));
    String path = "/api/v1/alerts/" + alert.id();
    Client.Answer taken = property.post(path + "/acknowledge", "{\"note\":\"on my way\"}");
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.json().path("handling").asString()).isEqualTo("ACKNOWLEDGED");
    assertThat(taken.json().path("acknowledgedBy").asString()).startsWith("property-");
    TestAlerts.publishAndAwait(TestAlerts.revised(alert, 2, AlertState.OPEN, Severity.P1));
    assertThat(property.get(path).json().path("handling").asString()).isEqualTo("ACKNOWLEDGED");
    assertThat(property.post(path + "/resolve", "{}").status()).isEqualTo(400);
    assertThat(property.post(path + "/resolve", "{\"disposition\":\"MAYBE\"}").status())
        .isEqualTo(400);
    Client.Answer closed =
        property.post(
            path + "/resolve", "{\"disposition\":\"FALSE_BENIGN\",\"note\":\"the gardener\"}");
    assertThat(closed.json().path("disposition").asString()).isEqualTo("FALSE_BENIGN");
    assertThat(closed.json().path("history").findValuesAsString("what"))
        .containsExactly("OPEN", "ACKNOWLEDGED", "RESOLVED_FALSE_BENIGN");
    assertThat(property.post(path + "/resolve", "{\"disposition\":\"TRUE\"}").code())
        .isEqualTo("already-resolved");
    assertThat(property.post(path + "/acknowledge", "{}").status()).isEqualTo(409);
    assertThat(
            Platform.get()
                .texts(
                    "select action || reason from audit.entry where object = ? and action <>"
                        + " 'alert.read' order by id",
                    alert.id()))
        .containsExactly("alert.acknowledge", "alert.resolveFALSE_BENIGN");
  }

  @Test
  void twoWhoCloseAtOnceDoNotBothSucceed() throws Exception {
    String community = newCommunity();
    Alert alert = TestAlerts.alert(community, Audience.PROPERTY);
    TestAlerts.publishAndAwait(alert);
    Client one = Client.of(TestSite.account("PROPERTY", community));
    Client other = Client.of(TestSite.account("PROPERTY", community));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      String path = "/api/v1/alerts/" + alert.id() + "/resolve";
      List<Callable<Client.Answer>> both =
          List.of(
              () -> one.post(path, "{\"disposition\":\"TRUE\"}"),
              () -> other.post(path, "{\"disposition\":\"FALSE_DATA\"}"));
      List<Integer> statuses = new ArrayList<>();
      for (Future<Client.Answer> answer : threads.invokeAll(both)) {
        statuses.add(answer.get().status());
      }
      assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void pagesShowEachAlertOnceThoughNewOnesArrive() {
    String community = newCommunity();
    HashSet<String> expected = new HashSet<>();
    for (int i = 0; i < 7; i++) {
      Alert alert = TestAlerts.alert(community, Audience.PROPERTY);
      expected.add(alert.id());
      TestAlerts.publishAndAwait(alert);
    }
    Client property = Client.of(TestSite.account("PROPERTY", community));
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = property.get("/api/v1/alerts?limit=3&cursor=" + cursor).json();
      assertThat(page.path("items").size()).isLessThanOrEqualTo(3);
      page.path("items").forEach(item -> seen.add(item.path("id").asString()));
      TestAlerts.publishAndAwait(TestAlerts.alert(community, Audience.PROPERTY));
      cursor = page.path("next").asString("");
    } while (!cursor.isEmpty());
    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void filtersNarrowTheList() {
    String community = newCommunity();
    Alert high =
        TestAlerts.revised(
            TestAlerts.alert(community, Audience.PROPERTY), 1, AlertState.OPEN, Severity.P1);
    Alert closed =
        TestAlerts.revised(
            TestAlerts.alert(community, Audience.PROPERTY), 1, AlertState.CLOSED, Severity.P3);
    TestAlerts.publishAndAwait(high);
    TestAlerts.publishAndAwait(closed);
    Client property = Client.of(TestSite.account("PROPERTY", community));
    assertThat(ids(property, "severity=P1,P2")).containsExactly(high.id());
    assertThat(ids(property, "state=CLOSED")).containsExactly(closed.id());
    assertThat(ids(property, "handling=RESOLVED")).isEmpty();
    assertThat(ids(property, "model=restricted-entry")).hasSize(2);
    assertThat(ids(property, "model=other-model")).isEmpty();
    assertThat(ids(property, "community=" + community)).hasSize(2);
    assertThat(ids(property, "community=riverside")).isEmpty();
    assertThat(ids(property, "from=2026-11-01T08:00:00Z&to=2026-11-01T09:00:00Z")).hasSize(2);
    assertThat(ids(property, "from=2026-11-01T09:00:00Z")).isEmpty();
    assertThat(ids(property, "q=gate-")).hasSize(2);
    assertThat(ids(property, "q=%25")).isEmpty();
    assertThat(ids(property, "q=_ate-1")).isEmpty();
    assertThat(ids(property, "q=%E7%B2%A4B12345")).hasSize(2);
    assertThat(ids(property, "q=%E7%B2%A4B123")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=OPEN'--",
        "severity=P9",
        "model=a%27%20or%201=1",
        "community=..%2F",
        "from=yesterday",
        "to=2026-11-01T08:00:00",
        "from=%2B99999-01-01T00:00:00Z",
        "limit=0",
        "limit=1000",
        "limit=x",
        "cursor=x",
        "cursor=MjAyNnxhYmM",
        "cursor=MjAyNi0xMS0wMVQwODowMDowMFp8JyBvciAxPTE",
        "q=%00"
      })
  void s10WhateverIsNoFilterIsRefused(String query) {
    Client.Answer answer = Client.of("police").get("/api/v1/alerts?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void theStreamSendsWhatComesAndGoesOnWhereItWas() throws Exception {
    String community = newCommunity();
    String account = TestSite.account("PROPERTY", community);
    Client property = Client.of(account);
    Alert before = TestAlerts.alert(community, Audience.PROPERTY);
    TestAlerts.publishAndAwait(before);
    Alert first = TestAlerts.alert(community, Audience.PROPERTY);
    String last;
    try (EventStream stream = property.stream("/api/v1/alerts/stream")) {
      assertThat(stream.status()).isEqualTo(200);
      TestAlerts.publishAndAwait(TestAlerts.alert(community, Audience.POLICE));
      TestAlerts.publishAndAwait(first);
      EventStream.Event event = stream.next();
      assertThat(event.name()).isEqualTo("alert");
      assertThat(event.json().path("id").asString()).isEqualTo(first.id());
      last = event.id();
    }
    Alert missed = TestAlerts.alert(community, Audience.PROPERTY);
    TestAlerts.publishAndAwait(missed);
    property.post("/api/v1/alerts/" + first.id() + "/acknowledge", "{}");
    try (EventStream stream = property.stream("/api/v1/alerts/stream", "Last-Event-ID", last)) {
      assertThat(stream.next().json().path("id").asString()).isEqualTo(missed.id());
      EventStream.Event acknowledged = stream.next();
      assertThat(acknowledged.json().path("id").asString()).isEqualTo(first.id());
      assertThat(acknowledged.json().path("handling").asString()).isEqualTo("ACKNOWLEDGED");
    }
  }

  @Test
  void changesBecomeVisibleInTheOrderOfTheirNumbers() throws Exception {
    String community = newCommunity();
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Alert alert = TestAlerts.alert(community, Audience.PROPERTY);
      alerts.add(alert);
      TestAlerts.publishAndAwait(alert);
    }
    Client reader = Client.of(TestSite.account("PROPERTY", community));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (EventStream stream = reader.stream("/api/v1/alerts/stream")) {
      List<Client> workers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        workers.add(Client.of(TestSite.account("PROPERTY", community)));
      }
      List<Callable<Client.Answer>> work = new ArrayList<>();
      for (int i = 0; i < alerts.size(); i++) {
        String path = "/api/v1/alerts/" + alerts.get(i).id() + "/acknowledge";
        Client worker = workers.get(i % workers.size());
        work.add(() -> worker.post(path, "{}"));
      }
      for (Future<Client.Answer> answer : threads.invokeAll(work)) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
      HashSet<String> seen = new HashSet<>();
      long number = 0;
      while (seen.size() < alerts.size()) {
        EventStream.Event event = stream.next();
        assertThat(Long.parseLong(event.id())).isGreaterThan(number);
        number = Long.parseLong(event.id());
        seen.add(event.json().path("id").asString());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aRecordThatIsNoAlertDoesNotHoldUpTheOthers() {
    String community = newCommunity();
    Alert zero = TestAlerts.alert("not-a-uuid", community, Audience.PROPERTY);
    String key = UUID.randomUUID().toString();
    Platform.get().publish(Topic.ALERTS, key, "garbage".getBytes(StandardCharsets.UTF_8));
    Platform.get().publish(Topic.ALERTS, key, RecordCodec.of(Alert.class).encode(zero));
    Alert good = TestAlerts.alert(key, community, Audience.PROPERTY);
    TestAlerts.publishAndAwait(good);
    assertThat(
            Platform.get().texts("select reason from consumer.refused where consumer = 'alerts'"))
        .contains("the id of an alert is a UUID");
  }

  @Test
  void aCharacterThatTheDatabaseCannotHoldDoesNotLoseAnAlert() {
    String community = newCommunity();
    Alert alert = TestAlerts.alert(community, Audience.PROPERTY, Audience.POLICE);
    String json =
        new String(RecordCodec.of(Alert.class).encode(alert), StandardCharsets.UTF_8)
            .replace("粤B12345", "粤B\\u0000\\\\u00001");
    Platform.get().publish(Topic.ALERTS, alert.id(), json.getBytes(StandardCharsets.UTF_8));
    await().until(() -> Client.of("police").get("/api/v1/alerts/" + alert.id()).status() == 200);
    assertThat(
            Client.of("police")
                .get("/api/v1/alerts/" + alert.id())
                .json()
                .path("subjects")
                .get(0)
                .path("id")
                .asString())
        .isEqualTo("粤B\uFFFD\\u00001");
  }

  private static String newCommunity() {
    String community = "alerts-" + UUID.randomUUID().toString().substring(0, 8);
    TestSite.community(community, "Name of " + community);
    return community;
  }

  private static List<String> ids(Client client) {
    return ids(client, "");
  }

  private static List<String> ids(Client client, String query) {
    List<String> ids = new ArrayList<>();
    client
        .get("/api/v1/alerts?" + query)
        .json()
        .path("items")
        .forEach(item -> ids.add(item.path("id").asString()));
    return ids;
  }
}
