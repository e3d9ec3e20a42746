package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.analysis.SettingsChange;
import gatehouse.config.ConfigLoader;
import gatehouse.event.AccessEvent;
import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import gatehouse.wire.DeadLetter;
import gatehouse.wire.Topic;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One live job on one Kafka for all tests. Event time goes on from test to test, so each has a day
 * and a community of its own.
 */
class LiveJobTest {

  private static final Duration BOUND = Duration.ofMillis(500);

  @TempDir private static Path dir;
  private static LiveTopics topics;
  private static LiveJob.Local job;
  private static int metricsPort;
  private static int tests;

  private String community;
  private Instant day;

  @BeforeAll
  static void startJob() throws Exception {
    topics = new LiveTopics(dir.resolve("kafka"));
    try (ServerSocket socket = new ServerSocket(0)) {
      metricsPort = socket.getLocalPort();
    }
    job =
        new LiveJob(
                ConfigLoader.load(
                    LiveConfig.class,
                    Map.of(
                        "GATEHOUSE_KAFKA_BOOTSTRAP", topics.bootstrap(),
                        "GATEHOUSE_FLINK_REST_PORT", "0",
                        "GATEHOUSE_FLINK_METRICS_PORT", Integer.toString(metricsPort),
                        "GATEHOUSE_FLINK_CHECKPOINTS", dir.resolve("flink").toString(),
                        "GATEHOUSE_FLINK_WATERMARK_BOUND", BOUND.toString(),
                        "GATEHOUSE_FLINK_CHECKPOINT_INTERVAL", "PT0.3S",
                        "GATEHOUSE_FLINK_IDLENESS", "PT0.5S")),
                ProbeModel::entries)
            .startHere();
  }

  @AfterAll
  static void stopJob() throws Exception {
    job.client().cancel().get();
    topics.close();
  }

  @BeforeEach
  void aDayLater() {
    tests++;
    community = "c" + tests;
    day = Instant.parse("2026-01-01T08:00:00Z").plus(Duration.ofDays(tests));
  }

  private AccessEvent denied(String id, int second) {
    Instant time = day.plusSeconds(second);
    return Histories.access(
        Histories.origin(id, community, "door-1", time), "card-1", Outcome.DENIED, false);
  }

  private List<Alert> replayed(List<Fact> history, Instant until) {
    return new Replay(ProbeModel.entries(), new SettingsBook()).run(history, until).alerts();
  }

  /** An event at this time and nothing after it; the others of its model come to the same place. */
  private void letTimePass(Instant until) throws Exception {
    topics.send(
        List.of(
            Histories.access(
                Histories.origin("tick", "clock", "door-1", until),
                "tick",
                Outcome.GRANTED,
                false)));
    topics.awaitProgress(until);
  }

  @Test
  void alertsOfEventsAndRegistryAreThoseOfTheReplayAlthoughMostPartitionsAreIdle()
      throws Exception {
    List<Fact> history = new ArrayList<>();
    history.add(Histories.place(community, "door-1", "Door 1", Instant.EPOCH));
    history.add(Histories.credential(community, "card-1", day.plusSeconds(45)));
    topics.send(history);
    topics.awaitFactsRead();
    for (int i = 0; i < 12; i++) {
      history.add(denied("e" + i, i * 7));
    }
    topics.send(history.subList(2, history.size()));
    Instant until = day.plus(Duration.ofHours(1));
    letTimePass(until);
    assertThat(topics.alerts(community)).isNotEmpty().isEqualTo(replayed(history, until));

    ConsumerRecord<byte[], byte[]> record = topics.records(Topic.ALERTS).get(0);
    Alert alert = gatehouse.wire.RecordCodec.of(Alert.class).decode(record.value());
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(alert.id());
    assertThat(header(record, "ce_id")).isEqualTo(alert.id() + "/" + alert.revision());
    assertThat(header(record, "ce_type")).isEqualTo("gatehouse.alert");
    assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  @Test
  void aSingleEventInASilentSystemIsJudged() throws Exception {
    topics.send(List.of(denied("only", 0)));
    topics.await("the alert", live -> !live.alerts(community).isEmpty());
  }

  @Test
  void poisonOnAnyTopicIsPutAsideAndTheJobGoesOn() throws Exception {
    List<Topic> poisoned = List.of(Topic.EVENTS, Topic.FACTS, Topic.SETTINGS);
    for (Topic topic : poisoned) {
      topics.send(topic, community, "{\"@type\":".getBytes(StandardCharsets.UTF_8));
      topics.send(topic, community, new byte[] {0, -1, 7});
      topics.send(topic, community, "[]".getBytes(StandardCharsets.UTF_8));
    }
    topics.send(
        new SettingsChange(
            ProbeModel.SEQUENCE,
            SettingsChange.Scope.CITY,
            "",
            day,
            Map.of("no-such", "1"),
            "somebody"));
    topics.send(List.of(denied("after", 0)));
    topics.await("the alert", live -> !live.alerts(community).isEmpty());
    topics.await("ten dead letters", live -> malformed(live).size() >= 10);
    for (Topic topic : poisoned) {
      assertThat(malformed(topics))
          .extracting(DeadLetter::source)
          .anyMatch(source -> source.startsWith(topic.topicName() + "-"));
    }
    assertThat(job.client().getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
  }

  private static List<DeadLetter> malformed(LiveTopics live) {
    return live.deadLetters().stream()
        .filter(letter -> letter.reason().equals("MALFORMED"))
        .toList();
  }

  @Test
  void aModelThatThrowsDoesNotStopTheJob() throws Exception {
    topics.send(
        List.of(
            Histories.access(
                Histories.origin("bad", community, "door-1", day),
                ProbeModel.POISON,
                Outcome.DENIED,
                false),
            denied("good", 1)));
    topics.await("the alert", live -> !live.alerts(community).isEmpty());
    topics.await(
        "the dead letter",
        live ->
            live.deadLetters().stream()
                .anyMatch(
                    letter ->
                        letter.stage().equals(ProbeModel.SEQUENCE)
                            && letter.community().equals(community)));
    topics.await("the metric", live -> metrics().contains("model_dead{"));
    assertThat(metrics()).doesNotContain("numRestarts{} 1");
  }

  private static String metrics() {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aClockAYearAheadMakesNobodyLate() throws Exception {
    AccessEvent wild = denied("wild", 0);
    Origin origin = wild.origin();
    topics.send(
        List.of(
            wild.withOrigin(
                new Origin(
                    "wild",
                    community,
                    origin.device(),
                    origin.place(),
                    day.plus(Duration.ofDays(365)),
                    day,
                    "b1",
                    -1,
                    false,
                    ClockQuality.SKEWED))));
    topics.await(
        "the quarantine",
        live -> live.deadLetters().stream().anyMatch(l -> l.reason().equals("CLOCK_AHEAD")));
    List<Fact> history = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      history.add(denied("e" + i, 1 + i));
    }
    topics.send(history);
    Instant until = day.plus(Duration.ofHours(1));
    letTimePass(until);
    assertThat(topics.alerts(community)).isNotEmpty().isEqualTo(replayed(history, until));
    assertThat(topics.late()).extracting(Fact::community).doesNotContain(community);
  }

  @Test
  void anEventBehindTheWatermarkIsLateOnceAndARegistryFactNever() throws Exception {
    topics.send(List.of(denied("first", 0), denied("second", 60)));
    topics.awaitProgress(day.plusSeconds(60));
    topics.send(List.of(denied("late", 30)));
    topics.await(
        "the late event",
        live -> live.late().stream().anyMatch(fact -> fact.community().equals(community)));
    topics.send(List.of(Histories.credential(community, "card-1", day.plusSeconds(10))));
    // The probe takes its newest evidence back when it hears of the credential.
    topics.await(
        "the evidence taken back",
        live ->
            live.alerts(community).stream()
                .filter(alert -> alert.episode().endsWith("credential-card-1"))
                .filter(alert -> !alert.lastEventTime().isBefore(day.plusSeconds(60)))
                .anyMatch(
                    alert ->
                        alert.evidence().stream()
                            .noneMatch(evidence -> evidence.eventId().equals("second"))));
    assertThat(topics.late().stream().filter(fact -> fact.community().equals(community)))
        .singleElement()
        .satisfies(
            fact -> {
              assertThat(fact.id()).isEqualTo("late");
              assertThat(((DeviceEvent) fact).place().name()).isEmpty();
            });
  }

  @Test
  void aChangeOfSettingsHoldsWithoutARestart() throws Exception {
    topics.send(
        new SettingsChange(
            ProbeModel.SEQUENCE,
            SettingsChange.Scope.COMMUNITY,
            community,
            day.minusSeconds(1),
            Map.of("patience", "PT7S"),
            "somebody"));
    int sent = 0;
    while (topics.alerts(community).stream()
        .noneMatch(alert -> alert.settings().containsValue("PT7S"))) {
      topics.send(List.of(denied("e" + sent, 600 * sent)));
      sent++;
      int alerts = sent;
      topics.await("an alert", live -> live.alerts(community).size() >= alerts);
    }
  }
}
