package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** trust.md F5: the intake is killed again and again in the middle of a stream. */
class KillTest {

  private static final String COMMUNITY = "killed";
  private static final long SEED = 20261124;
  private static final int KILLS = 12;
  private static final int EACH = 200;

  private final Path dir;

  KillTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void losesNothingThatWasAcknowledgedHoweverOftenItIsKilled() throws Exception {
    Rig rig = Rig.shared();
    rig.register(COMMUNITY, "door-0", "door-1", "door-2", "door-3");
    Random random = new Random(SEED);
    try (Gateway gateway = rig.gateway(COMMUNITY)) {
      for (int kill = 0; kill < KILLS; kill++) {
        Process ingest = launch(rig, kill);
        try {
          awaitReady(ingest, kill);
          int at = random.nextInt(EACH);
          for (int i = 0; i < EACH; i++) {
            publish(gateway, kill * EACH + i);
            if (i == at) {
              Thread.sleep(0, random.nextInt(999_999));
              ingest.destroyForcibly();
            }
          }
        } finally {
          ingest.destroyForcibly().waitFor();
        }
      }
      gateway.flush();
      assertThat(gateway.acknowledged()).hasSize(KILLS * EACH);

      Process last = launch(rig, KILLS);
      try {
        Waiting.until(
            () -> OutageTest.ids(rig, COMMUNITY).containsAll(gateway.acknowledged()),
            () -> "lost " + lost(rig, gateway) + " of " + KILLS * EACH + ": " + text(KILLS));
      } finally {
        last.destroy();
        assertThat(last.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(text(KILLS)).contains(" 0 in hand");
    }
  }

  private static void publish(Gateway gateway, int number) throws Exception {
    String device = "door-" + number % 4;
    String id = "k-" + number;
    gateway.publish(device, Messages.valid(COMMUNITY, device, id, number / 4), id, "");
    Thread.sleep(2);
  }

  /** How many are acknowledged and not in Kafka. */
  private static int lost(Rig rig, Gateway gateway) {
    Set<String> missing = new HashSet<>(gateway.acknowledged());
    missing.removeAll(OutageTest.ids(rig, COMMUNITY));
    return missing.size();
  }

  private Process launch(Rig rig, int number) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                IngestMain.class.getName()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    environment.putAll(rig.environment());
    environment.put("GATEHOUSE_INGEST_RATE_PER_SECOND", "1000000");
    File log = log(number).toFile();
    return builder.redirectErrorStream(true).redirectOutput(log).start();
  }

  private String text(int number) {
    try {
      return Files.readString(log(number));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path log(int number) {
    return dir.resolve("ingest-" + number + ".log");
  }

  private void awaitReady(Process ingest, int number) {
    Waiting.until(
        () -> !ingest.isAlive() || Files.readString(log(number)).contains("READY"),
        () -> "the intake does not start: " + text(number));
    assertThat(ingest.isAlive()).as(() -> text(number)).isTrue();
  }
}
