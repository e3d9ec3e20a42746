package gatehouse.flink;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.alert.Alert;
import gatehouse.analysis.Replay;
import gatehouse.analysis.SettingsBook;
import gatehouse.event.DeviceEvent;
import gatehouse.fact.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live job as a process, killed in the middle of its work. */
class KilledJobTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path dir;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endWhatWasStarted() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void afterAKillItGoesOnFromTheNewestWholeCheckpointAndNeverStartsEmptySilently()
      throws Exception {
    List<Fact> history = Histories.random(21, "k1");
    List<Fact> arriving = Histories.arriving(history, 6);
    List<Fact> facts = arriving.stream().filter(fact -> !(fact instanceof DeviceEvent)).toList();
    List<Fact> events = arriving.stream().filter(fact -> fact instanceof DeviceEvent).toList();
    int half = quietMoment(events);
    Instant until = Histories.last(history).plus(Duration.ofHours(1));
    try (LiveTopics topics = new LiveTopics(dir.resolve("kafka"))) {
      topics.send(facts);
      Process first = start(topics, "first.log");
      topics.awaitFactsRead();
      List<Fact> before = events.subList(0, half);
      topics.send(before);
      topics.awaitProgress(
          before.get(before.size() - 1).time().minus(Histories.BOUND).minusMillis(1));
      awaitSeals();
      first.destroyForcibly().waitFor();

      corrupt(newestCheckpoint());
      // A job that goes on knows the registry: it waits for nothing, whatever else becomes known.
      topics.letFactsTrickle();
      topics.send(events.subList(half, events.size()));
      topics.send(
          List.of(
              Histories.access(
                  Histories.origin("tick", "clock", "", until.plus(Histories.BOUND).plusMillis(1)),
                  "tick",
                  gatehouse.event.Outcome.GRANTED,
                  false)));
      Process second = start(topics, "second.log");
      topics.awaitProgress(until);
      List<Alert> expected =
          new Replay(ProbeModel.entries(), new SettingsBook()).run(history, until).alerts();
      topics.await("the replay's alerts", live -> live.alerts("k1").equals(expected));
      assertThat(dir.resolve("second.log"))
          .content()
          .contains("cannot be used: its files are not what they were", "Going on from checkpoint");
      second.destroyForcibly().waitFor();

      CheckpointFolder.deleteAll(dir.resolve("flink/jobs"));
      Process third = start(topics, "third.log");
      assertThat(third.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(third.exitValue()).isEqualTo(3);
      assertThat(dir.resolve("third.log"))
          .content()
          .contains("REFUSED", "does not start empty by itself", "Maybe");
    }
  }

  /** Where no event comes after a later one, near the middle. */
  private static int quietMoment(List<Fact> events) {
    int at = events.size() / 2;
    while (!isQuiet(Histories.last(events.subList(0, at)), events.subList(at, events.size()))) {
      at++;
    }
    return at;
  }

  private static boolean isQuiet(Instant before, List<Fact> after) {
    return after.stream().allMatch(event -> event.time().isAfter(before));
  }

  private Process start(LiveTopics topics, String logName) throws IOException {
    Process process =
        ProbeLiveMain.start(
            topics,
            "512m",
            dir.resolve(logName),
            Map.of(
                "GATEHOUSE_FLINK_CHECKPOINTS", dir.resolve("flink").toString(),
                "GATEHOUSE_FLINK_CHECKPOINT_INTERVAL", "PT0.4S",
                "GATEHOUSE_FLINK_IDLENESS", "PT1S"));
    started.add(process);
    return process;
  }

  /** At least two checkpoints that hold everything sent so far. */
  private void awaitSeals() throws Exception {
    int before = newestNumber();
    Instant end = Instant.now().plus(PATIENCE);
    while (newestNumber() < before + 3) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(50);
    }
  }

  private int newestNumber() throws IOException {
    try (Stream<Path> seals = Files.list(dir.resolve("flink/seals"))) {
      return seals
          .map(seal -> seal.getFileName().toString())
          .filter(name -> name.endsWith(".sha256"))
          .mapToInt(KilledJobTest::number)
          .max()
          .orElse(0);
    }
  }

  private static int number(String seal) {
    return Integer.parseInt(seal.replaceAll(".*chk-(\\d+)\\.sha256", "$1"));
  }

  private Path newestCheckpoint() throws IOException {
    try (Stream<Path> seals = Files.list(dir.resolve("flink/seals"))) {
      String name =
          seals
              .map(seal -> seal.getFileName().toString())
              .filter(seal -> seal.endsWith(".sha256"))
              .max(Comparator.comparingInt(KilledJobTest::number))
              .orElseThrow();
      return dir.resolve("flink/jobs")
          .resolve(name.replaceAll("_chk.*", ""))
          .resolve("chk-" + number(name));
    }
  }

  /** Flips one bit in the middle of its metadata. */
  private static void corrupt(Path checkpoint) throws IOException {
    Path metadata = checkpoint.resolve("_metadata");
    byte[] bytes = Files.readAllBytes(metadata);
    bytes[bytes.length / 2] ^= 4;
    Files.write(metadata, bytes);
  }
}
