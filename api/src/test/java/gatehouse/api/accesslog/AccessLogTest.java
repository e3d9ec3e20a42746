package gatehouse.api.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gatehouse.api.Client;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.identity.Role;
import gatehouse.event.AccessEvent;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DoorEvent;
import gatehouse.event.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The event store and the access log (W-01; trust.md F21, S1, S7, S15). */
class AccessLogTest {

  private final Instant noon =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));

  @Test
  void passagesAreSearchedAndMaskedForTheProperty() {
    String community = newCommunity();
    TestEvents.store(
        TestEvents.access(community, "card-4711-x", Outcome.GRANTED, noon),
        TestEvents.access(community, "card-4712-y", Outcome.DENIED, noon.plusSeconds(60)),
        TestEvents.plate(community, "粤B12345", noon.plusSeconds(120)),
        TestEvents.door(community, "door-1", "gate-1", DoorEvent.Change.OPENED, noon));
    Client property = Client.of(TestSite.account("PROPERTY", community));
    JsonNode all = property.get("/api/v1/access-log").json().path("items");
    assertThat(all.findValuesAsString("subject")).containsExactly("粤B***45", "ca***-y", "ca***-x");
    JsonNode denied = all.get(1);
    assertThat(denied.path("reason").asString()).isEqualTo("EXPIRED");
    assertThat(denied.path("communityName").asString()).isEqualTo("Name of " + community);
    assertThat(denied.path("kind").asString()).isEqualTo("access-event");
    assertThat(subjects(property, "outcome=DENIED")).containsExactly("ca***-y");
    assertThat(subjects(property, "place=gate-2")).containsExactly("粤B***45");
    assertThat(subjects(property, "subject=%E7%B2%A4b%C2%B712345&reason=lost"))
        .containsExactly("粤B***45");
    assertThat(subjects(property, "subject=card-471&reason=lost")).isEmpty();
    assertThat(subjects(property, "from=" + noon.plusSeconds(60) + "&to=" + noon.plusSeconds(120)))
        .containsExactly("ca***-y");
    assertThat(subjects(property, "subject=card-4711-x&reason=lost")).containsExactly("ca***-x");
    assertThat(
            Platform.get()
                .texts(
                    "select distinct action from audit.entry where object in ('card-471',"
                        + " 'card-4711-x')"))
        .containsExactly("access-log.search");
  }

  /** Both are written to the audit log of the community. */
  @Test
  void f22AnExportThatIsTakenSlowlyDelaysNoDoorOfItsCommunity() {
    String community = newCommunity();
    TestEvents.store(TestEvents.access(community, "card", Outcome.GRANTED, noon));
    String door = TestSite.door(community, "door");
    Client resident = Client.of(TestSite.account("RESIDENT", community, door));
    Account account = manager(community);
    AccessFilter all = new AccessFilter(community, null, null, null, null, null);
    List<Integer> opened = new ArrayList<>();
    Platform.get()
        .api()
        .getBean(AccessLogStore.class)
        .export(
            account,
            all,
            "audit",
            "",
            (mark, rows) ->
                rows.accept(
                    row ->
                        opened.add(
                            resident
                                .send(
                                    "POST",
                                    "/api/v1/doors/" + door + "/open",
                                    null,
                                    "Idempotency-Key",
                                    UUID.randomUUID().toString())
                                .status())));
    assertThat(opened).containsExactly(202);
  }

  @Test
  void whoHangsUpDuringAnExportHasExportedAllTheSame() {
    String community = newCommunity();
    TestEvents.store(TestEvents.access(community, "card", Outcome.GRANTED, noon));
    Account account = manager(community);
    AccessFilter all = new AccessFilter(community, null, null, null, null, null);
    AccessLogStore log = Platform.get().api().getBean(AccessLogStore.class);
    assertThatThrownBy(
            () ->
                log.export(
                    account,
                    all,
                    "audit",
                    "",
                    (mark, rows) -> {
                      throw new IllegalStateException("hung up");
                    }))
        .hasMessage("hung up");
    assertThat(
            Platform.get()
                .texts("select action from audit.entry where who = ?", account.username()))
        .contains("access-log.export");
  }

  private static Account manager(String community) {
    String name = TestSite.account("PROPERTY", community);
    String id =
        Platform.get()
            .texts("select id::text from identity.account where username = ?", name)
            .get(0);
    return new Account(
        UUID.fromString(id), name, name, Role.PROPERTY, Duty.MANAGER, "en", List.of(community));
  }

  @Test
  void s1AnotherCommunitysPassagesAreNotThere() {
    String community = newCommunity();
    TestEvents.store(TestEvents.access(community, "card", Outcome.GRANTED, noon));
    Client stranger = Client.of(TestSite.account("PROPERTY", newCommunity()));
    assertThat(subjects(stranger, "")).isEmpty();
    assertThat(subjects(stranger, "community=" + community)).isEmpty();
    assertThat(stranger.get("/api/v1/access-log.csv").body()).doesNotContain(community);
    Client resident = Client.of(TestSite.account("RESIDENT", community));
    assertThat(subjects(resident, "")).isEmpty();
    assertThat(resident.get("/api/v1/access-log.csv").status()).isEqualTo(403);
  }

  @Test
  void pagesGoThroughEqualTimes() {
    String community = newCommunity();
    List<DeviceEvent> events = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      events.add(
          TestEvents.access(community, "card-" + i, Outcome.GRANTED, noon.plusSeconds(i / 5)));
    }
    TestEvents.store(events.toArray(DeviceEvent[]::new));
    Client property = Client.of(TestSite.account("PROPERTY", community));
    assertThat(paged(property, 2)).hasSize(9).doesNotHaveDuplicates();
  }

  private static List<String> paged(Client client, int limit) {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = client.get("/api/v1/access-log?limit=" + limit + "&cursor=" + cursor).json();
      page.path("items").forEach(item -> seen.add(item.path("subject").asString()));
      cursor = page.path("next").asString("");
    } while (!cursor.isEmpty());
    return seen;
  }

  @Test
  void anEventThatComesTwiceIsStoredAndCountedOnce() {
    String community = newCommunity();
    AccessEvent event = TestEvents.access(community, "card", Outcome.GRANTED, noon);
    TestEvents.publish(event);
    TestEvents.publish(event);
    TestEvents.store(
        event, TestEvents.access(community, "other", Outcome.GRANTED, noon.plusSeconds(1)));
    TestEvents.publish(event);
    TestEvents.store(TestEvents.access(community, "third", Outcome.GRANTED, noon.plusSeconds(2)));
    Client police = Client.of(TestSite.account("POLICE", community));
    assertThat(stored(community)).containsExactly("third", "other", "card");
    assertThat(police.get("/api/v1/overview").json().path("eventsLastMinute").asInt()).isEqualTo(3);
  }

  @Test
  void eventsOfTwoDevicesWithTheSameIdAreBothStored() {
    String community = newCommunity();
    Client property = Client.of(TestSite.account("PROPERTY", community));
    String id = "1";
    List<DeviceEvent> events = new ArrayList<>();
    for (String device : List.of("terminal-1", "terminal-2", "terminal-3")) {
      events.add(
          TestEvents.access(community, "card-of-" + device, Outcome.GRANTED, noon)
              .withOrigin(TestEvents.origin(community, device, id, "gate-1", noon)));
    }
    events.forEach(TestEvents::publish);
    events.forEach(TestEvents::publish);
    TestEvents.store(TestEvents.access(community, "last", Outcome.GRANTED, noon.minusSeconds(1)));
    assertThat(subjects(property, "")).containsExactly("ca***-3", "ca***-2", "ca***-1", "l***");
    assertThat(paged(property, 1)).containsExactly("ca***-3", "ca***-2", "ca***-1", "l***");
  }

  @Test
  void eventsOfAnyTimeAreKept() {
    String community = newCommunity();
    Instant old = Instant.parse("1999-12-31T23:59:59Z");
    TestEvents.store(
        TestEvents.access(community, "old", Outcome.GRANTED, old),
        TestEvents.access(community, "today", Outcome.GRANTED, Instant.now()),
        TestEvents.access(
            community, "wild", Outcome.GRANTED, Instant.parse("2099-01-01T00:00:00Z")));
    assertThat(stored(community)).containsExactly("wild", "today", "old");
    assertThat(
            Platform.get()
                .texts(
                    "select subject from event.log where community = ? and tableoid ="
                        + " 'event.log_default'::regclass order by 1",
                    community))
        .containsExactly("old", "wild");
  }

  @Test
  void textsThatTheDatabaseCannotHoldDoNotStopTheLog() {
    String community = newCommunity();
    String nasty = "\0 \\N \\. \t\r\n \u202E 'quoted' \uD800 💡 \u001b[31m";
    TestEvents.store(TestEvents.access(community, nasty, Outcome.GRANTED, noon));
    assertThat(stored(community))
        .containsExactly("\uFFFD \\N \\. \t\r\n \u202E 'quoted' ? 💡 \u001b[31m");
  }

  @Test
  void aDoorShowsTheNewestItReportedWhateverTheOrder() {
    String community = newCommunity();
    String door = TestSite.door(community, "state");
    Client property = Client.of(TestSite.account("PROPERTY", community));
    String place = "place-" + door;
    TestEvents.store(
        TestEvents.door(community, door, place, DoorEvent.Change.OPENED, noon.plusSeconds(10)),
        TestEvents.door(community, door, place, DoorEvent.Change.LOCKED, noon));
    JsonNode open = property.get("/api/v1/doors").json().path("items").get(0);
    assertThat(open.path("state").asString()).isEqualTo("OPEN");
    assertThat(open.path("lastSeen").asString()).isNotEmpty();
    TestEvents.store(
        TestEvents.door(community, door, place, DoorEvent.Change.LOCKED, noon.plusSeconds(20)));
    assertThat(property.get("/api/v1/doors").json().path("items").get(0).path("state").asString())
        .isEqualTo("LOCKED");
  }

  @ParameterizedTest
  @CsvSource({
    "'=HYPERLINK(1)', \"'=HYPERLINK(1)\"",
    "'+cmd|x', \"'+cmd|x\"",
    "'-2+3', \"'-2+3\"",
    "'@SUM(A1)', \"'@SUM(A1)\"",
    "' =1', \"' =1\"",
    "'＝1', \"'＝1\"",
    "'a=1', \"a=1\"",
    "'a\"b', \"a\"\"b\""
  })
  void s7NoCellIsAFormula(String value, String cell) {
    assertThat(CsvText.line(value)).isEqualTo(cell + "\r\n");
  }

  @Test
  void s7ControlCharactersInFrontDoNotHideAFormula() {
    assertThat(CsvText.line("\t=1")).isEqualTo("\"'\t=1\"\r\n");
    assertThat(CsvText.line("\r=1")).isEqualTo("\"'\r=1\"\r\n");
  }

  @Test
  void theExportHoldsTheSameRowsAndIsAudited() {
    String community = newCommunity();
    TestEvents.store(
        TestEvents.access(community, "=cmd|' /C calc'!A0", Outcome.GRANTED, noon),
        TestEvents.access(community, "card-4712-y", Outcome.DENIED, noon.plusSeconds(60)));
    String account = TestSite.account("PROPERTY", community);
    Client property = Client.of(account);
    Client.Answer csv = property.get("/api/v1/access-log.csv?community=" + community);
    assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(csv.header("Content-Disposition")).startsWith("attachment");
    assertThat(csv.header("Cache-Control")).contains("no-store");
    List<String> lines = csv.body().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("\uFEFF# export id=").contains("account=" + account);
    assertThat(lines.get(1)).startsWith("\"time\",\"received_at\"");
    assertThat(lines.get(2)).contains("\"ca***-y\"").contains("\"EXPIRED\"");
    assertThat(lines.get(3)).contains("\"'=c***A0\"");
    assertThat(
            Platform.get()
                .texts(
                    "select action || ' ' || chain from audit.entry where who = ? and action like 'access%'",
                    account))
        .containsExactly("access-log.export " + community);
  }

  @Test
  void f21TheDatabaseDiesAndNothingIsLostOrStoredTwice() throws Exception {
    Platform platform = Platform.get();
    String community = newCommunity();
    Client property = Client.of(TestSite.account("PROPERTY", community));
    List<DeviceEvent> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      events.add(
          TestEvents.access(
              community, "card-" + UUID.randomUUID(), Outcome.GRANTED, noon.plusSeconds(i)));
    }
    events.subList(0, 150).forEach(TestEvents::publish);
    platform.killDatabase();
    events.subList(150, 300).forEach(TestEvents::publish);
    platform.flush();
    try {
      Client.Answer away = property.get("/api/v1/access-log");
      assertThat(away.status()).isEqualTo(503);
      assertThat(away.code()).isEqualTo("store-away");
      assertThat(Integer.parseInt(away.header("Retry-After"))).isPositive();
      Client.Answer logIn = Client.anonymous(platform.url()).logIn("police", "whatever it is");
      assertThat(logIn.status()).isEqualTo(503);
    } finally {
      platform.startDatabase();
    }
    await()
        .ignoreExceptions()
        .until(
            () ->
                platform
                    .texts("select count(*) from event.log where community = ?", community)
                    .get(0)
                    .equals("300"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> property.get("/api/v1/access-log").status() == 200);
    assertThat(
            platform.texts(
                "select count(distinct subject) from event.log where community = ?", community))
        .containsExactly("300");
  }

  /** As they are stored, the newest first. */
  private static List<String> stored(String community) {
    return Platform.get()
        .texts(
            "select subject from event.log where community = ? and passage order by time desc",
            community);
  }

  private static List<String> subjects(Client client, String query) {
    return client
        .get("/api/v1/access-log?" + query)
        .json()
        .path("items")
        .findValuesAsString("subject");
  }

  private static String newCommunity() {
    String community = "log-" + UUID.randomUUID().toString().substring(0, 8);
    TestSite.community(community, "Name of " + community);
    return community;
  }
}
