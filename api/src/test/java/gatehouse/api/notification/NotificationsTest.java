package gatehouse.api.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gatehouse.alert.AlertState;
import gatehouse.alert.Audience;
import gatehouse.alert.Severity;
import gatehouse.api.ApiMain;
import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.api.store.Lock;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.notification.Channel;
import gatehouse.notification.Notification;
import gatehouse.notification.Notification.Kind;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** From an alert to whoever is told of it, on the real services. */
class NotificationsTest {

  private final Platform platform = Platform.get();
  private final String community = "told-" + UUID.randomUUID().toString().substring(0, 8);
  private final Client property;
  private final Client police;

  NotificationsTest() {
    TestSite.community(community, community);
    property = Client.of(TestSite.account("PROPERTY", community));
    police = Client.of(TestSite.account("POLICE", community));
  }

  @Test
  void whoeverIsToldFindsItInTheInboxAndKafkaHasItWithoutThePlate() throws Exception {
    LiveAlert alert =
        LiveAlert.of(community, "restricted-entry", Severity.P2, Audience.PROPERTY)
            .about("plate", "粤B12345")
            .arrives();
    assertThat(telling(property, alert).path("outcome").asString()).isEqualTo("TOLD");
    assertThat(telling(property, alert).path("toldAt").asString()).isNotEmpty();
    JsonNode item = inbox(property).get(0);
    assertThat(item.path("kind").asString()).isEqualTo("ALERT");
    assertThat(item.path("alert").asString()).isEqualTo(alert.id());
    assertThat(item.path("text").asString()).contains("粤B***45").doesNotContain("12345");
    assertThat(inbox(police)).isEmpty();
    ConsumerRecord<byte[], byte[]> sent = published(alert, 1).get(0);
    assertThat(new String(sent.value(), StandardCharsets.UTF_8)).doesNotContain("12345");
    Notification notification = decode(sent);
    assertThat(notification.kind()).isEqualTo(Kind.ALERT);
    assertThat(notification.audience()).isEqualTo(Audience.PROPERTY);
    assertThat(new String(sent.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
        .isEqualTo(notification.id());
  }

  @Test
  void beyondTheCapOfASubjectADigestCountsAndNothingIsLost() {
    budget(1000);
    List<LiveAlert> alerts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      alerts.add(
          LiveAlert.of(community, "door-held-open", Severity.P3, Audience.PROPERTY)
              .about("door", "door-7")
              .arrives());
    }
    assertThat(alerts.stream().map(one -> telling(property, one).path("reason").asString()))
        .containsExactly(
            "WITHIN_BUDGET", "WITHIN_BUDGET", "WITHIN_BUDGET", "SUBJECT_CAP", "SUBJECT_CAP");
    JsonNode digests = property.get("/api/v1/digests?community=" + community).json();
    assertThat(digests).hasSize(1);
    assertThat(digests.get(0).path("alerts").asInt()).isEqualTo(2);
    JsonNode counted =
        property.get("/api/v1/alerts?digest=" + digests.get(0).path("id").asString()).json();
    assertThat(counted.path("items").findValuesAsString("id"))
        .contains(alerts.get(3).id(), alerts.get(4).id())
        .doesNotContain(alerts.get(0).id());
    assertThat(property.get("/api/v1/alerts?community=" + community).json().path("items"))
        .hasSize(5);
    assertThat(inbox(property).findValuesAsString("kind"))
        .containsExactlyInAnyOrder("ALERT", "ALERT", "ALERT", "BUDGET");
  }

  @Test
  void aBudgetLeavesRoomForOtherModelsAndForWhatIsMostUrgent() {
    for (String model : List.of("door-held-open", "door-not-relocked", "tailgating", "crowding")) {
      for (int i = 0; i < 3; i++) {
        LiveAlert.of(community, model, Severity.P3, Audience.PROPERTY).arrives();
      }
    }
    LiveAlert urgent =
        LiveAlert.of(community, "door-forced", Severity.P1, Audience.PROPERTY).arrives();
    assertThat(telling(property, urgent).path("reason").asString()).isEqualTo("MOST_URGENT");
    JsonNode used = budgetOf(property);
    assertThat(used.path("perDay").asInt()).isEqualTo(5);
    assertThat(used.path("perModel").asInt()).isEqualTo(2);
    assertThat(used.path("told").asInt()).isEqualTo(6);
    assertThat(used.path("counted").asInt()).isEqualTo(7);
    assertThat(
            platform.texts(
                "select reason || count(*) from notification.verdict where community = ?"
                    + " group by reason order by reason",
                community))
        .containsExactly("BUDGET5", "MODEL_SHARE2", "MOST_URGENT1", "WITHIN_BUDGET5");
    assertThat(
            platform.texts(
                "select sum(alerts) from notification.digest where community = ?", community))
        .containsExactly("7");
  }

  @Test
  void aSilenceHoldsWhatItsAudienceWouldBeToldAndNothingElse() {
    JsonNode silence =
        silence("{\"model\":\"restricted-entry\",\"reason\":\"filming all day\",\"ends\":\"%s\"}");
    assertThat(silence.path("state").asString()).isEqualTo("ACTIVE");
    assertThat(silence.path("owner").asString()).startsWith("property-");
    LiveAlert held =
        LiveAlert.of(community, "restricted-entry", Severity.P1, Audience.PROPERTY, Audience.POLICE)
            .arrives();
    LiveAlert other =
        LiveAlert.of(community, "door-forced", Severity.P2, Audience.PROPERTY).arrives();
    assertThat(telling(property, held).path("outcome").asString()).isEqualTo("HELD");
    assertThat(telling(property, held).path("cause").asString())
        .isEqualTo(silence.path("id").asString());
    assertThat(telling(police, held).path("outcome").asString()).isEqualTo("TOLD");
    assertThat(telling(property, other).path("outcome").asString()).isEqualTo("TOLD");
    assertThat(police.get("/api/v1/silences").json()).isEmpty();
    String path = "/api/v1/silences/" + silence.path("id").asString();
    assertThat(police.delete(path).status()).isEqualTo(404);
    assertThat(property.get("/api/v1/silences").json().get(0).path("held").asInt()).isEqualTo(1);

    assertThat(property.delete(path).json().path("state").asString()).isEqualTo("ENDED");
    await().until(() -> telling(property, held).path("outcome").asString().equals("TOLD"));
    assertThat(property.get("/api/v1/silences").json()).isEmpty();
    assertThat(property.get("/api/v1/silences?ended=true").json()).hasSize(1);
    assertThat(
            platform.texts(
                "select action from audit.entry where object = ? order by id",
                silence.path("id").asString()))
        .containsExactly("silence.set", "silence.end");
  }

  @Test
  void whatEndedWhileItWasSilentIsCountedAndNotToldAfterwards() {
    JsonNode silence = silence("{\"place\":\"place-1\",\"reason\":\"quiet\",\"ends\":\"%s\"}");
    LiveAlert held =
        LiveAlert.of(community, "door-held-open", Severity.P3, Audience.PROPERTY).arrives();
    held.closed().arrives();
    property.delete("/api/v1/silences/" + silence.path("id").asString());
    LiveAlert later =
        LiveAlert.of(community, "door-held-open", Severity.P3, Audience.PROPERTY).arrives();
    while (dues().resume(Instant.now())) {
      // until nothing waits
    }
    assertThat(telling(property, held).path("outcome").asString()).isEqualTo("HELD");
    assertThat(inbox(property).findValuesAsString("alert")).containsExactly(later.id());
  }

  @Test
  void dangerCannotBeSilenced() {
    String ends = Instant.now().plusSeconds(3600).toString();
    String id = "/api/v1/silences/" + UUID.randomUUID();
    String sos =
        "{\"community\":\"%s\",\"model\":\"sos\",\"reason\":\"no\",\"ends\":\"%s\"}"
            .formatted(community, ends);
    assertThat(property.put(id, sos).code()).isEqualTo("never-suppressed");
    silence("{\"place\":\"place-1\",\"reason\":\"everything here\",\"ends\":\"%s\"}");
    LiveAlert alert =
        LiveAlert.of(community, "sos", Severity.P1, Audience.PROPERTY, Audience.POLICE).arrives();
    assertThat(telling(property, alert).path("reason").asString()).isEqualTo("NEVER_SUPPRESSED");
  }

  @Test
  void aSilenceNeedsAReasonAnEndAndSomethingToMatch() {
    String soon = Instant.now().plusSeconds(60).toString();
    String late = Instant.now().plus(Duration.ofDays(31)).toString();
    String path = "/api/v1/silences/" + UUID.randomUUID();
    for (String bad :
        List.of(
            "{\"community\":\"C\",\"model\":\"tailgating\",\"ends\":\"" + soon + "\"}",
            "{\"community\":\"C\",\"model\":\"tailgating\",\"reason\":\"x\"}",
            "{\"community\":\"C\",\"reason\":\"x\",\"ends\":\"" + soon + "\"}",
            "{\"community\":\"C\",\"model\":\"tailgating\",\"reason\":\"x\",\"ends\":\"2020-01-01T00:00:00Z\"}",
            "{\"community\":\"C\",\"model\":\"tailgating\",\"reason\":\"x\",\"ends\":\""
                + late
                + "\"}",
            "{\"community\":\"C\",\"model\":\"tailgating\",\"owner\":\"me\",\"reason\":\"x\",\"ends\":\""
                + soon
                + "\"}")) {
      assertThat(property.put(path, bad.replace("\"C\"", '"' + community + '"')).status())
          .isEqualTo(400);
    }
    String good =
        "{\"community\":\"%s\",\"model\":\"tailgating\",\"reason\":\"x\",\"ends\":\"%s\"}";
    assertThat(property.put(path, good.formatted("elsewhere", soon)).status()).isEqualTo(404);
    assertThat(property.put(path, good.formatted(community, soon)).status()).isEqualTo(200);
    assertThat(property.put(path, good.formatted(community, soon)).status()).isEqualTo(200);
    assertThat(police.put(path, good.formatted(community, soon)).code())
        .isEqualTo("silence-id-used");
    assertThat(property.get("/api/v1/silences").json()).hasSize(1);
  }

  @Test
  void aMaintenanceWindowExplainsWhatWasConcludedInIt() {
    silence(
        "{\"kind\":\"MAINTENANCE\",\"device\":\"device-9\",\"reason\":\"new reader\",\"ends\":\"%s\"}");
    LiveAlert there =
        LiveAlert.of(community, "device-tamper", Severity.P2, Audience.PROPERTY)
            .at("place-9", "device-9")
            .arrives();
    LiveAlert elsewhere =
        LiveAlert.of(community, "device-tamper", Severity.P2, Audience.PROPERTY)
            .at("place-9", "device-8")
            .arrives();
    assertThat(telling(property, there).path("reason").asString()).isEqualTo("MAINTENANCE");
    assertThat(telling(property, elsewhere).path("outcome").asString()).isEqualTo("TOLD");
  }

  @Test
  void aDeadDeviceHoldsWhatItsDoorSeemsToDoUntilItIsBack() {
    LiveAlert dead =
        LiveAlert.of(community, "device-health", Severity.P3, Audience.OPERATIONS)
            .about("device", "controller-4")
            .at("lobby", "controller-4")
            .arrives();
    LiveAlert follows =
        LiveAlert.of(community, "door-held-open", Severity.P3, Audience.PROPERTY)
            .at("door-4", "controller-4")
            .arrives();
    LiveAlert own =
        LiveAlert.of(community, "door-held-open", Severity.P3, Audience.PROPERTY)
            .at("door-5", "controller-5")
            .arrives();
    assertThat(telling(property, follows).path("reason").asString()).isEqualTo("INHIBITED");
    assertThat(telling(property, follows).path("cause").asString()).isEqualTo(dead.id());
    assertThat(telling(property, own).path("outcome").asString()).isEqualTo("TOLD");
    Client operations = Client.of(TestSite.account("OPERATIONS", community));
    JsonNode seen = operations.get("/api/v1/alerts").json().path("items");
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).path("id").asString()).isEqualTo(dead.id());
    assertThat(property.get("/api/v1/alerts/" + dead.id()).status()).isEqualTo(404);
    long change = change(follows);
    dead.closed().arrives();
    await().until(() -> telling(property, follows).path("outcome").asString().equals("TOLD"));
    assertThat(change(follows)).as("open pages hear of it").isGreaterThan(change);
  }

  @Test
  void whoeverWasToldHearsThatItIsMoreUrgentAndThatItIsTakenBack() {
    LiveAlert alert =
        LiveAlert.of(community, "door-forced", Severity.P3, Audience.PROPERTY).arrives();
    LiveAlert worse = alert.then(AlertState.OPEN, Severity.P1, Audience.PROPERTY).arrives();
    worse.then(AlertState.OPEN, Severity.P1, Audience.PROPERTY).arrives().retracted().arrives();
    assertThat(inbox(property).findValuesAsString("kind"))
        .containsExactly("WITHDRAWN", "RAISED", "ALERT");
  }

  @Test
  void whatWasOnlyCountedIsToldWhenItBecomesUrgent() {
    LiveAlert alert = LiveAlert.of(community, "overstay", Severity.P4, Audience.PROPERTY).arrives();
    assertThat(telling(property, alert).path("reason").asString()).isEqualTo("LOW_SEVERITY");
    alert.then(AlertState.OPEN, Severity.P2, Audience.PROPERTY).arrives();
    assertThat(telling(property, alert).path("outcome").asString()).isEqualTo("TOLD");
  }

  @Test
  void anElderIsAskedThenTheContactsThenSomebodyGoesThere() throws Exception {
    String elder = elder("daughter");
    LiveAlert alert =
        LiveAlert.of(community, "elder-inactivity", Severity.P2, Audience.FAMILY, Audience.PROPERTY)
            .about("person", elder)
            .arrives();
    Instant start = Instant.now();
    Dues dues = dues();
    for (int minutes : List.of(4, 6, 11, 16)) {
      while (dues.step(start.plus(Duration.ofMinutes(minutes)))) {
        // all that is due by then
      }
    }
    List<Notification> said = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> one : published(alert, 5)) {
      said.add(decode(one));
    }
    assertThat(said.stream().filter(one -> one.kind() == Kind.ALERT).map(Notification::audience))
        .containsExactlyInAnyOrder(Audience.FAMILY, Audience.PROPERTY);
    assertThat(said.stream().filter(one -> one.kind() == Kind.ESCALATED))
        .extracting(Notification::channel, Notification::audience, Notification::persons)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Channel.CALL, Audience.FAMILY, List.of(elder)),
            org.assertj.core.groups.Tuple.tuple(
                Channel.CONTACT, Audience.FAMILY, List.of("daughter")),
            org.assertj.core.groups.Tuple.tuple(Channel.VISIT, Audience.PROPERTY, List.of()));
    JsonNode steps = property.get("/api/v1/alerts/" + alert.id()).json().path("escalation");
    assertThat(steps.findValuesAsString("state")).containsOnly("SENT").hasSize(3);
  }

  @Test
  void a07WhoeverTakesAnAlertStopsEveryStepAndTellsThoseWhoWereCalled() throws Exception {
    LiveAlert alert =
        LiveAlert.of(community, "sos", Severity.P1, Audience.PROPERTY, Audience.POLICE).arrives();
    Instant start = Instant.now();
    while (dues().step(start.plusSeconds(61))) {
      // both are called
    }
    published(alert, 4);
    assertThat(property.post("/api/v1/alerts/" + alert.id() + "/acknowledge", "{}").status())
        .isEqualTo(200);
    while (dues().step(start.plus(Duration.ofHours(5)))) {
      // whatever else waits
    }
    assertThat(
            platform.texts(
                "select distinct state || why from notification.step where alert = ?"
                    + " order by 1",
                UUID.fromString(alert.id())))
        .containsExactly("SENT", "STOPPEDACKNOWLEDGED");
    List<String> said = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> one : published(alert, 8)) {
      Notification notification = decode(one);
      said.add(notification.kind() + " " + notification.audience() + " " + notification.channel());
    }
    assertThat(said)
        .containsExactlyInAnyOrder(
            "ALERT PROPERTY APP",
            "ALERT POLICE APP",
            "ESCALATED PROPERTY CALL",
            "ESCALATED POLICE CALL",
            "STOPPED PROPERTY APP",
            "STOPPED POLICE APP",
            "STOPPED PROPERTY CALL",
            "STOPPED POLICE CALL");
    assertThat(inbox(police).get(0).path("taken").asBoolean()).isTrue();
  }

  @Test
  void anElderWhoMovesEndsTheChainAndStillnessBeginsItAnew() {
    LiveAlert alert =
        LiveAlert.of(community, "elder-inactivity", Severity.P3, Audience.FAMILY)
            .about("person", elder("son"))
            .arrives();
    LiveAlert moved = alert.closed().arrives();
    assertThat(steps(alert)).containsOnly("STOPPEDCONDITION_ENDED");
    moved.then(AlertState.OPEN, Severity.P3, Audience.FAMILY).arrives();
    assertThat(steps(alert)).containsOnly("WAITING");
  }

  @Test
  void aButtonThatIsLetGoProvesNothing() {
    LiveAlert alert = LiveAlert.of(community, "sos", Severity.P1, Audience.PROPERTY).arrives();
    alert.closed().arrives();
    assertThat(steps(alert)).containsOnly("WAITING");
  }

  @Test
  void a08AStepThatWaitedForADayCallsNobody() {
    LiveAlert alert = LiveAlert.of(community, "sos", Severity.P1, Audience.PROPERTY).arrives();
    platform.asOwner(
        "update notification.step set due_at = now() - interval '25 hours' where alert = ?",
        UUID.fromString(alert.id()));
    await().until(() -> steps(alert).equals(List.of("EXPIRED")));
    assertThat(inbox(property).findValuesAsString("kind")).containsExactly("ALERT");
  }

  @Test
  void anAlertThatCannotBeReadKeepsNobodyElseFromBeingCalled() {
    LiveAlert broken = LiveAlert.of(community, "sos", Severity.P1, Audience.PROPERTY).arrives();
    LiveAlert alert = LiveAlert.of(community, "sos", Severity.P1, Audience.PROPERTY).arrives();
    UUID unreadable = UUID.fromString(broken.id());
    String detail =
        platform.texts("select detail from alert.alert where id = ?", unreadable).get(0);
    platform.asOwner(
        "with a as (update alert.alert set detail = '[]' where id = ?) update notification.step"
            + " set due_at = now() - interval '1 hour' where alert = ?",
        unreadable,
        unreadable);
    platform.asOwner(
        "update notification.step set due_at = now() where alert = ?", UUID.fromString(alert.id()));
    await().until(() -> steps(alert).equals(List.of("SENT")));
    assertThat(steps(broken)).containsOnly("WAITING");
    platform.asOwner("update alert.alert set detail = ?::jsonb where id = ?", detail, unreadable);
  }

  @Test
  void whileAlertsComeNobodyWaitsForThemOnlyToFindThatNothingIsHeld() {
    while (dues().resume(Instant.now())) {
      // until nothing waits
    }
    boolean any =
        platform
            .api()
            .getBean("consumers", Store.class)
            .in(
                Scope.NOBODY,
                tx -> {
                  tx.hold(Lock.ALERTS);
                  return CompletableFuture.supplyAsync(() -> dues().resume(Instant.now()))
                      .orTimeout(20, TimeUnit.SECONDS)
                      .join();
                });
    assertThat(any).isFalse();
  }

  @Test
  void twoProcessesAndOneThatWasStartedLaterTakeEachStepOnce() throws Exception {
    LiveAlert alert =
        LiveAlert.of(community, "sos", Severity.P1, Audience.PROPERTY, Audience.POLICE).arrives();
    try (ConfigurableApplicationContext second = ApiMain.start(platform.settings(Map.of()))) {
      assertThat(second.isRunning()).isTrue();
      platform.asOwner(
          "update notification.step set due_at = now() where alert = ?",
          UUID.fromString(alert.id()));
      await().until(() -> steps(alert).equals(List.of("SENT")));
      List<String> said = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> one : published(alert, 7)) {
        said.add(decode(one).id());
      }
      assertThat(said).doesNotHaveDuplicates().hasSize(7);
    }
  }

  @Test
  void aResidentIsToldOfWhatConcernsThemAndTakesIt() {
    String elder = elder("daughter");
    String name = TestSite.account("RESIDENT", community);
    TestSite.person(name, community, "daughter");
    Client daughter = Client.of(name);
    Client neighbour = Client.of(TestSite.account("RESIDENT", community));
    LiveAlert alert =
        LiveAlert.of(community, "elder-inactivity", Severity.P2, Audience.FAMILY, Audience.PROPERTY)
            .about("person", elder)
            .arrives();
    JsonNode item = inbox(daughter).get(0);
    assertThat(item.path("alert").asString()).isEqualTo(alert.id());
    assertThat(inbox(neighbour)).isEmpty();
    String path = "/api/v1/notifications/" + item.path("id").asString() + "/acknowledge";
    assertThat(neighbour.post(path, "{}").status()).isEqualTo(404);
    assertThat(daughter.post(path, "{}").status()).isEqualTo(204);
    assertThat(
            property.get("/api/v1/alerts/" + alert.id()).json().path("acknowledgedBy").asString())
        .isEqualTo(name);
    assertThat(steps(alert)).containsOnly("STOPPEDACKNOWLEDGED");
  }

  @Test
  void a09AnAudienceThatTheModelsCardDoesNotNameGetsNothing() {
    LiveAlert alert =
        LiveAlert.of(community, "tailgating", Severity.P2, Audience.PROPERTY, Audience.POLICE)
            .arrives();
    LiveAlert unknown =
        LiveAlert.of(community, "no-such-model", Severity.P2, Audience.POLICE).arrives();
    assertThat(police.get("/api/v1/alerts/" + alert.id()).status()).isEqualTo(404);
    assertThat(police.get("/api/v1/alerts/" + unknown.id()).status()).isEqualTo(404);
    assertThat(property.get("/api/v1/alerts/" + unknown.id()).status()).isEqualTo(404);
    assertThat(property.get("/api/v1/alerts/" + alert.id()).status()).isEqualTo(200);
    assertThat(inbox(police)).isEmpty();
  }

  @Test
  void aDayThatHasEndedIsSummedUpOnce() {
    LiveAlert.of(community, "overstay", Severity.P4, Audience.PROPERTY).arrives();
    LiveAlert.of(community, "overstay", Severity.P4, Audience.PROPERTY).arrives();
    DailyDigests digests = platform.api().getBean(DailyDigests.class);
    digests.sum(Instant.now());
    assertThat(inbox(property)).isEmpty();
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    digests.sum(tomorrow);
    digests.sum(tomorrow);
    JsonNode inbox = inbox(property);
    assertThat(inbox).hasSize(1);
    assertThat(inbox.get(0).path("kind").asString()).isEqualTo("DIGEST");
    assertThat(inbox.get(0).path("alerts").asInt()).isEqualTo(2);
  }

  private long change(LiveAlert alert) {
    return Long.parseLong(
        platform
            .texts("select change from alert.alert where id = ?", UUID.fromString(alert.id()))
            .get(0));
  }

  private Dues dues() {
    return platform.api().getBean(Dues.class);
  }

  private String elder(String contact) {
    String elder = "elder-" + UUID.randomUUID();
    platform.asOwner(
        "insert into site.registry_entry (community, kind, id, thing, recorded_at, valid_from,"
            + " valid_to, detail, published_at) values (?, 'care-enrolment', ?, ?, now(),"
            + " timestamptz '-infinity', timestamptz 'infinity', ?::json, now())",
        community,
        "care-" + elder,
        elder,
        "{\"person\":\"" + elder + "\",\"contacts\":[\"" + contact + "\"]}");
    return elder;
  }

  private void budget(int perDay) {
    assertThat(
            property
                .put("/api/v1/alert-budgets/" + community, "{\"perDay\":" + perDay + "}")
                .status())
        .isEqualTo(200);
  }

  private JsonNode budgetOf(Client reader) {
    for (JsonNode budget : reader.get("/api/v1/alert-budgets").json()) {
      if (budget.path("community").asString().equals(community)) {
        return budget;
      }
    }
    throw new AssertionError("no budget");
  }

  private JsonNode silence(String body) {
    String text =
        body.formatted(Instant.now().plusSeconds(3600))
            .replaceFirst("\\{", "{\"community\":\"" + community + "\",");
    Client.Answer answer = property.put("/api/v1/silences/" + UUID.randomUUID(), text);
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  private static JsonNode telling(Client reader, LiveAlert alert) {
    return reader.get("/api/v1/alerts/" + alert.id()).json().path("telling");
  }

  private static JsonNode inbox(Client reader) {
    return reader.get("/api/v1/notifications").json().path("items");
  }

  private List<String> steps(LiveAlert alert) {
    return platform.texts(
        "select distinct state || why from notification.step where alert = ? order by 1",
        UUID.fromString(alert.id()));
  }

  private List<ConsumerRecord<byte[], byte[]>> published(LiveAlert alert, int most) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    Properties properties = new Properties();
    properties.put("bootstrap.servers", platform.kafkaServers());
    properties.put("group.id", UUID.randomUUID().toString());
    properties.put("auto.offset.reset", "earliest");
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    try (KafkaConsumer<byte[], byte[]> kafka = new KafkaConsumer<>(properties)) {
      kafka.subscribe(List.of(Topic.NOTIFICATIONS.topicName()));
      await()
          .until(
              () -> {
                kafka
                    .poll(Duration.ofMillis(100))
                    .forEach(
                        record -> {
                          if (new String(record.key(), StandardCharsets.UTF_8).equals(alert.id())) {
                            found.add(record);
                          }
                        });
                return found.size() >= most;
              });
    }
    return found;
  }

  private static Notification decode(ConsumerRecord<byte[], byte[]> sent) throws WireException {
    return RecordCodec.of(Notification.class).decode(sent.value());
  }
}
