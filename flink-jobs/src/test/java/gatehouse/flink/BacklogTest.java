package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.Outcome;
import gatehouse.fact.Fact;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that starts when Kafka is full of events, with less memory than they would take. */
class BacklogTest {

  private static final int EVENTS = 100_000;
  private static final Duration STEP = Duration.ofMillis(2);
  private static final int COMMUNITIES = 10;

  @TempDir private Path dir;

  /**
   * Of ten events one partition holds six, one three, one one, and one none: read at the same pace,
   * they are far apart in event time. Meanwhile something new becomes known all the time.
   */
  private static int partition(Fact event) {
    int community = Integer.parseInt(event.community().substring(1));
    return community < 6 ? 0 : community < 9 ? 1 : 2;
  }

  private static List<Fact> backlog() {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < COMMUNITIES; i++) {
      for (int door = 0; door < 10; door++) {
        facts.add(Histories.place("b" + i, "door-" + door, "Door " + door, Instant.EPOCH));
      }
    }
    for (int i = 0; i < EVENTS; i++) {
      int turn = i / COMMUNITIES;
      facts.add(
          Histories.access(
              Histories.origin(
                  "e" + i,
                  "b" + i % COMMUNITIES,
                  "door-" + turn % 10,
                  Histories.START.plus(STEP.multipliedBy(i))),
              "card-" + turn % 100,
              turn % 997 == 0 ? Outcome.DENIED : Outcome.GRANTED,
              false));
    }
    return facts;
  }

  @Test
  void aBacklogFarLargerThanTheHeapIsReadInStepAndNothingIsLate() throws Exception {
    List<Fact> history = backlog();
    Instant until = Histories.last(history).plus(Duration.ofHours(1));
    Fact tick =
        Histories.access(
            Histories.origin("tick", "b0", "", until.plus(Histories.BOUND).plusMillis(1)),
            "tick",
            Outcome.GRANTED,
            false);
    List<Alert> expected =
        new Replay(ProbeModel.entries(), new SettingsBook()).run(history, until).alerts();
    try (LiveTopics topics = new LiveTopics(dir.resolve("kafka"))) {
      topics.send(history, BacklogTest::partition);
      topics.send(List.of(tick), BacklogTest::partition);
      topics.letFactsTrickle();
      Process job =
          ProbeLiveMain.start(
              topics,
              "176m",
              dir.resolve("job.log"),
              Map.of("GATEHOUSE_FLINK_CHECKPOINTS", dir.resolve("flink").toString()));
      try {
        topics.awaitProgress(until);
        assertThat(topics.late()).isEmpty();
        for (int i = 0; i < COMMUNITIES; i++) {
          String community = "b" + i;
          assertThat(topics.alerts(community))
              .isNotEmpty()
              .isEqualTo(
                  expected.stream().filter(alert -> alert.community().equals(community)).toList());
        }
        assertThat(job.isAlive()).isTrue();
      } finally {
        job.destroyForcibly().waitFor();
      }
    }
  }
}
