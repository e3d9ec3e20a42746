package gatehouse.api.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gatehouse.alert.Alert;
import gatehouse.alert.Audience;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.api.ApiSettings;
import gatehouse.api.Client;
import gatehouse.api.EventStream;
import gatehouse.api.Platform;
import gatehouse.api.TestSite;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.CredentialType;
import gatehouse.event.DenialReason;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Direction;
import gatehouse.event.DoorEvent;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.model.ModelCatalogue;
import gatehouse.site.DoorSpec;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import gatehouse.wire.FactCodec;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Late events from Kafka to what people see of the alerts that they change. */
class LateRepairTest {

  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  private final Platform platform = Platform.get();
  private final Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600);
  private final String community = "late-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void aLateGrantTakesBackTheAlertOfAForcedDoorAndOnceMoreChangesNothing() {
    List<DeviceEvent> seen =
        List.of(door(0, DoorEvent.Change.OPENED), door(5, DoorEvent.Change.CLOSED));
    Alert forced = seenLive(seen);
    AccessEvent grant = access("late-grant", -2, Outcome.GRANTED);
    stored(grant);
    late(grant);
    late(grant);
    await().until(() -> state(forced).equals("RETRACTED"));
    Client property = Client.of(TestSite.account("PROPERTY", community));
    String path = "/api/v1/alerts/" + forced.id();
    assertThat(retraction(property, path, "en")).isEqualTo("Events that came late explain it");
    assertThat(retraction(property, path, "zh-CN")).isEqualTo("迟到的事件已作出解释");
    assertThat(property.get(path).json().path("attention").asString()).isEqualTo("NOTIFY");

    List<String> before = rows();
    await().until(() -> unrepaired() == 0);
    repairAgain();
    assertThat(rows()).isEqualTo(before);
    assertThat(history(forced)).endsWith("RETRACTED").doesNotHaveDuplicates();
  }

  @Test
  void lateDenialsMakeOneHistoricAlertThatTheStreamDoesNotTell() throws Exception {
    Alert forced = forcedBy(List.of(door(0, DoorEvent.Change.OPENED)));
    publish(door());
    TestSite.community(community, community);
    double historic = counted("gatehouse.repair.historic");
    Client property = Client.of(TestSite.account("PROPERTY", community));
    try (EventStream stream = property.stream("/api/v1/alerts/stream")) {
      List<AccessEvent> denials =
          IntStream.range(0, 5)
              .mapToObj(n -> access("denial-" + n, -600 + 12 * n, Outcome.DENIED))
              .toList();
      denials.forEach(this::stored);
      denials.forEach(this::late);
      await().until(() -> !rows().isEmpty());
      JsonNode items = property.get("/api/v1/alerts").json().path("items");
      assertThat(items.size()).isEqualTo(1);
      assertThat(items.get(0).path("model").asString()).isEqualTo("denied-burst");
      assertThat(items.get(0).path("attention").asString()).isEqualTo("HISTORIC");
      publish(forced);
      assertThat(stream.next().json().path("id").asString()).isEqualTo(forced.id());

      List<String> before = rows();
      await().until(() -> unrepaired() == 0);
      repairAgain();
      assertThat(rows()).isEqualTo(before);
      assertThat(stream.isQuiet()).isTrue();
      assertThat(counted("gatehouse.repair.historic")).isGreaterThan(historic);

      String id = items.get(0).path("id").asString();
      property.post("/api/v1/alerts/" + id + "/acknowledge", "{}");
      assertThat(stream.next().json().path("attention").asString()).isEqualTo("HISTORIC");
    }
  }

  @Test
  void anEventThatIsSentAgainIsNotLate() {
    DoorEvent opened = door(0, DoorEvent.Change.OPENED);
    Alert forced = seenLive(List.of(opened, door(5, DoorEvent.Change.CLOSED)));
    keptForLater(opened.withOrigin(receivedLater(opened.origin())));
    AccessEvent grant = access("late-grant", -2, Outcome.GRANTED);
    stored(grant);
    keptForLater(grant);
    List<Alert> published = new ArrayList<>();
    repair(Map.of(), published::addAll).run(community);
    assertThat(published)
        .as("without the grant there was an alert, with it there is none")
        .extracting(Alert::id)
        .containsExactly(forced.id());
    assertThat(unrepaired()).isZero();
  }

  @Test
  void whoDiesBetweenPublishingAndMarkingPublishesTheSameAgain() {
    Alert forced =
        seenLive(List.of(door(0, DoorEvent.Change.OPENED), door(5, DoorEvent.Change.CLOSED)));
    AccessEvent grant = access("late-grant", -2, Outcome.GRANTED);
    stored(grant);
    keptForLater(grant);
    List<Alert> published = new ArrayList<>();
    CommunityRepair dies =
        repair(
            Map.of(),
            revisions -> {
              published.addAll(revisions);
              revisions.forEach(this::publish);
              throw new IllegalStateException("killed");
            });
    assertThatThrownBy(() -> dies.run(community)).hasMessage("killed");
    assertThat(unrepaired()).isEqualTo(1);
    List<Alert> again = new ArrayList<>();
    CommunityRepair next =
        repair(
            Map.of(),
            revisions -> {
              again.addAll(revisions);
              revisions.forEach(this::publish);
            });
    next.run(community);
    assertThat(again).isEqualTo(published).hasSize(1);
    assertThat(unrepaired()).isZero();
    await().until(() -> state(forced).equals("RETRACTED"));
    next.run(community);
    assertThat(again).hasSize(1);
    assertThat(history(forced)).containsOnlyOnce("RETRACTED");
  }

  @Test
  void aLateEventAmongTooManyIsGivenUp() {
    publish(door());
    for (int i = 0; i < 4; i++) {
      stored(door(i, DoorEvent.Change.OPENED));
    }
    AccessEvent grant = access("late-grant", -2, Outcome.GRANTED);
    keptForLater(grant);
    double refused = counted("gatehouse.repair.refused");
    repair(
            Map.of("GATEHOUSE_REPAIR_MOST_EVENTS", "3"),
            revisions -> {
              throw new IllegalStateException("nothing may be published");
            })
        .run(community);
    assertThat(unrepaired()).isZero();
    assertThat(platform.texts("select outcome from repair.late where community = ?", community))
        .containsExactly("REFUSED");
    assertThat(counted("gatehouse.repair.refused")).isEqualTo(refused + 1);
  }

  private CommunityRepair repair(Map<String, String> settings, AlertPublisher publisher) {
    ApiSettings others = platform.settings(settings);
    return new CommunityRepair(
        others,
        platform.api().getBean(LateStore.class),
        publisher,
        platform.api().getBean(RepairCounts.class),
        Clock.systemUTC());
  }

  /** The site, the events and what the job made of them. */
  private Alert seenLive(List<DeviceEvent> events) {
    publish(door());
    TestSite.community(community, community);
    events.forEach(this::stored);
    Alert forced = forcedBy(events);
    publish(forced);
    await().until(() -> state(forced).equals(forced.state().name()));
    return forced;
  }

  private Alert forcedBy(List<DeviceEvent> events) {
    List<Fact> history = new ArrayList<>(events);
    history.add(door());
    List<Alert> alerts =
        new Replay(ModelCatalogue.all(), new SettingsBook())
            .run(history, time.plusSeconds(60)).alerts().stream()
                .filter(alert -> alert.model().equals("door-forced"))
                .toList();
    assertThat(alerts).hasSize(1);
    assertThat(alerts.get(0).audiences()).contains(Audience.PROPERTY);
    return alerts.get(0);
  }

  private void repairAgain() {
    double done = counted("gatehouse.repair.repairs");
    platform.asOwner(
        "update repair.late set repaired_at = null, outcome = null where community = ?", community);
    await().until(() -> unrepaired() == 0 && counted("gatehouse.repair.repairs") > done);
    awaitReadTo();
  }

  /** Waits until what is on the alerts' topic has been read. */
  private void awaitReadTo() {
    String other = "late-" + UUID.randomUUID();
    Alert alert = forcedBy(List.of(door(0, DoorEvent.Change.OPENED)));
    // Keys of both partitions.
    List<String> ids = IntStream.range(0, 8).mapToObj(n -> UUID.randomUUID().toString()).toList();
    ids.forEach(id -> publish(elsewhere(alert, id, other)));
    await()
        .until(
            () ->
                platform.texts("select id from alert.alert where community = ?", other).size()
                    == ids.size());
  }

  private static Alert elsewhere(Alert alert, String id, String community) {
    return new Alert(
        id,
        1,
        alert.state(),
        alert.model(),
        alert.modelVersion(),
        community,
        alert.place(),
        alert.episode(),
        alert.subjects(),
        alert.severity(),
        alert.audiences(),
        alert.firstEventTime(),
        alert.lastEventTime(),
        alert.detectedAt(),
        alert.closedAt(),
        alert.explanation(),
        alert.closing(),
        alert.stoppedBy(),
        alert.evidence(),
        alert.occurrences(),
        alert.score(),
        alert.coverage(),
        alert.clock(),
        alert.settings(),
        alert.attention());
  }

  private double counted(String name) {
    return platform.api().getBean(MeterRegistry.class).get(name).counter().count();
  }

  private String state(Alert alert) {
    List<String> states =
        platform.texts("select state from alert.alert where id = ?", UUID.fromString(alert.id()));
    return states.isEmpty() ? "" : states.get(0);
  }

  private List<String> history(Alert alert) {
    return platform.texts(
        "select what from alert.history where alert = ? order by seq", UUID.fromString(alert.id()));
  }

  /** The alerts of the community as they are stored. */
  private List<String> rows() {
    return platform.texts(
        "select id || ' ' || change || ' ' || detail from alert.alert where community = ?"
            + " order by id",
        community);
  }

  private int unrepaired() {
    return platform
        .texts("select id from repair.late where community = ? and repaired_at is null", community)
        .size();
  }

  private static String retraction(Client client, String path, String language) {
    return client.get(path, "Accept-Language", language).json().path("retraction").asString();
  }

  private void publish(Fact fact) {
    platform.publish(
        Topic.FACTS, fact.getClass().getSimpleName() + fact.id(), FactCodec.encode(fact));
  }

  private void publish(Alert alert) {
    platform.publish(Topic.ALERTS, alert.id(), RecordCodec.of(Alert.class).encode(alert));
  }

  private void stored(DeviceEvent event) {
    platform.publish(Topic.EVENTS, community, FactCodec.encode(event));
    await()
        .until(
            () ->
                !platform
                    .texts(
                        "select id from event.log where community = ? and id = ?",
                        community,
                        event.id())
                    .isEmpty());
  }

  private void late(DeviceEvent event) {
    platform.publish(Topic.LATE, community, FactCodec.encode(event));
  }

  /** A late event that the running API leaves alone. */
  private void keptForLater(DeviceEvent event) {
    platform.asOwner(
        "insert into repair.late (community, device, id, time, detail, arrived_at)"
            + " values (?, ?, ?, ?::timestamptz, ?::json, now() + interval '1 day')",
        community,
        event.device(),
        event.id(),
        event.time().toString(),
        new String(FactCodec.encode(event), StandardCharsets.UTF_8));
  }

  private PlaceEntry door() {
    return new PlaceEntry(
        community,
        BUILT,
        BUILT,
        new Place(
            "d1",
            Place.Kind.DOOR,
            "Entrance",
            "",
            "",
            "Asia/Shanghai",
            List.of(),
            List.of(),
            null,
            DoorSpec.STANDARD,
            List.of(),
            Map.of()));
  }

  private static Origin receivedLater(Origin origin) {
    return new Origin(
        origin.id(),
        origin.community(),
        origin.device(),
        origin.place(),
        origin.time(),
        origin.receivedAt().plusSeconds(1800),
        origin.boot(),
        origin.seq(),
        origin.buffered(),
        origin.clock());
  }

  private DoorEvent door(long seconds, DoorEvent.Change change) {
    return new DoorEvent(origin(change + "-" + seconds, seconds), change);
  }

  private AccessEvent access(String id, long seconds, Outcome outcome) {
    return new AccessEvent(
        origin(id, seconds),
        "card-4711",
        CredentialType.CARD,
        "resident",
        null,
        null,
        Direction.IN,
        outcome,
        outcome == Outcome.DENIED ? DenialReason.UNKNOWN_CREDENTIAL : DenialReason.NONE,
        false,
        null);
  }

  private Origin origin(String id, long seconds) {
    Instant at = time.plusSeconds(seconds);
    return new Origin(
        id,
        community,
        "d1-terminal",
        Place.of("d1"),
        at,
        at.plusMillis(200),
        "b1",
        -1,
        false,
        ClockQuality.GOOD);
  }
}
