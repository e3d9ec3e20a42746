package gatehouse.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path story;
  private final RunFolder folder;

  SupervisorTest(@TempDir Path dir) throws IOException {
    story = dir.resolve("story");
    folder = RunFolder.in(dir);
  }

  @Test
  void startsWhatIsNeededFirstAndStopsItLast() throws Exception {
    Supervisor supervisor =
        supervisor(LIMIT, child("broker", "good"), child("ingest", "good", "broker"));
    supervisor.awaitReady();
    assertThat(supervisor.status())
        .extracting(ServiceStatus::state)
        .containsOnly(ServiceState.READY);
    assertThat(StatusFile.read(folder.statusFile())).isEqualTo(supervisor.status());
    supervisor.close();

    assertThat(story)
        .content()
        .isEqualTo("broker starts\ningest starts\ningest stops\nbroker stops\n");
    assertThat(supervisor.status())
        .extracting(ServiceStatus::state)
        .containsOnly(ServiceState.STOPPED);
    assertThat(folder.temporary()).doesNotExist();
  }

  @Test
  void startsAgainWhatDies() throws Exception {
    try (Supervisor supervisor = supervisor(LIMIT, child("broker", "good"))) {
      supervisor.awaitReady();
      long first = supervisor.status().get(0).pid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();

      ServiceStatus again =
          await(supervisor, one -> one.state() == ServiceState.READY && one.pid() != first);
      assertThat(again.restarts()).isEqualTo(1);
      assertThat(ProcessHandle.of(again.pid()).orElseThrow().isAlive()).isTrue();
    }
    assertThat(folder.pidFile("broker").find()).isEmpty();
  }

  @Test
  void givesUpTheStartWithTheEndOfTheLogWhenAServiceKeepsDying() throws Exception {
    try (Supervisor supervisor =
        supervisor(LIMIT, child("broker", "dies"), child("ingest", "good", "broker"))) {
      assertThatThrownBy(supervisor::awaitReady)
          .isInstanceOf(StartFailedException.class)
          .hasMessageContaining("broker ended with code 3")
          .hasMessageContaining("I cannot work like this")
          .hasMessageContaining(folder.log("broker").toString());
    }
    assertThat(story).content().doesNotContain("ingest");
  }

  @Test
  void givesUpTheStartWhenAServiceIsNotReadyInTime() throws Exception {
    try (Supervisor supervisor = supervisor(Duration.ofSeconds(1), child("broker", "mute"))) {
      assertThatThrownBy(supervisor::awaitReady)
          .isInstanceOf(StartFailedException.class)
          .hasMessageContaining("broker was not ready within 1 s");
    }
  }

  @Test
  void killsWhatDoesNotStop() throws Exception {
    Supervisor supervisor = supervisor(LIMIT, child("broker", "stubborn"));
    supervisor.awaitReady();
    long pid = supervisor.status().get(0).pid();
    supervisor.close();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void endsWhatAKilledLauncherLeftBehindAndNothingElse() throws Exception {
    Process left = start("broker");
    folder.pidFile("broker").write(left.toHandle(), TestChild.class.getName());
    Process foreign = start("other");
    // As if the number of the left ingest had gone to a process that started at another time.
    Files.write(
        folder.run().resolve("ingest.pid"),
        List.of(
            Long.toString(foreign.pid()),
            Instant.now().minusSeconds(60).toString(),
            TestChild.class.getName()));
    try (Supervisor supervisor =
        supervisor(LIMIT, child("broker", "good"), child("ingest", "good"))) {
      supervisor.awaitReady();
      assertThat(left.isAlive()).isFalse();
      assertThat(foreign.isAlive()).isTrue();
    } finally {
      foreign.destroyForcibly().waitFor();
    }
  }

  @Test
  void putsTheLogOfTheLastStartAside() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (Supervisor supervisor = supervisor(LIMIT, child("broker", "good"))) {
        supervisor.awaitReady();
      }
    }
    assertThat(folder.log("broker")).content().startsWith("READY broker");
    assertThat(folder.logs().resolve("broker.1.log")).content().startsWith("READY broker");
    assertThat(folder.logs().resolve("broker.2.log")).doesNotExist();
  }

  @Test
  void preparesBetweenAServiceAndThoseWhoNeedIt() throws Exception {
    ServiceSpec broker = child("broker", "good");
    ServiceSpec prepared =
        new ServiceSpec(
            broker.name(),
            broker.port(),
            broker.command(),
            broker.environment(),
            broker.needs(),
            broker.probe(),
            () -> Files.writeString(story, Files.readString(story) + "prepared\n"),
            broker.stopGrace());
    try (Supervisor supervisor = supervisor(LIMIT, prepared, child("ingest", "good", "broker"))) {
      supervisor.awaitReady();
    }
    assertThat(story).content().startsWith("broker starts\nprepared\ningest starts\n");
  }

  private Supervisor supervisor(Duration limit, ServiceSpec... specs) throws IOException {
    return new Supervisor(List.of(specs), folder, limit, Watcher.NONE);
  }

  private ServiceSpec child(String name, String manner, String... needs) {
    return new ServiceSpec(
        name,
        0,
        command(),
        Map.of("CHILD_NAME", name, "CHILD_MANNER", manner, "CHILD_STORY", story.toString()),
        Set.of(needs),
        Probe.readyLine(),
        ServiceSpec.Preparation.NONE,
        Duration.ofSeconds(2));
  }

  private Process start(String name) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().putAll(Map.of("CHILD_NAME", name, "CHILD_STORY", story.toString()));
    Process process = builder.start();
    assertThat(process.inputReader().readLine()).startsWith("READY " + name);
    return process;
  }

  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        TestChild.class.getName());
  }

  private static ServiceStatus await(Supervisor supervisor, Predicate<ServiceStatus> condition)
      throws InterruptedException {
    for (Instant limit = Instant.now().plus(LIMIT); Instant.now().isBefore(limit); ) {
      ServiceStatus status = supervisor.status().get(0);
      if (condition.test(status)) {
        return status;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("still " + supervisor.status().get(0));
  }
}
