package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The intake as a process of its own, that can be killed. */
final class IngestProcess implements AutoCloseable {

  private final Process process;
  private final Path log;

  private IngestProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it on the rig's services.
   *
   * @param log a file for what it says
   * @param other settings other than the rig's
   * @param jvm options of its JVM
   */
  static IngestProcess start(Rig rig, Path log, Map<String, String> other, String... jvm)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(List.of(jvm));
    command.add(IngestMain.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    environment.putAll(rig.environment());
    environment.put("GATEHOUSE_INGEST_RATE_PER_SECOND", "1000000");
    environment.putAll(other);
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new IngestProcess(process, log);
  }

  IngestProcess awaitReady() {
    awaitText("READY");
    return this;
  }

  void awaitText(String text) {
    Waiting.until(
        () -> !process.isAlive() || text().contains(text),
        () -> "it does not say " + text + ": " + text());
    assertThat(text()).contains(text);
  }

  /** All it has said. */
  String text() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As an orderly stop does; nothing must be left in its hands. */
  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(this::text).isTrue();
    assertThat(text()).contains(" 0 in hand");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
