package gatehouse.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program in a JVM of its own, so that its CPU time is its own. It ends with this object. */
final class Child implements AutoCloseable {
  private static final long STOP_SECONDS = 20;

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    Thread reader = new Thread(this::read, "child-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a program.
   *
   * @param folder for its log and temporary files; deleted with everything else at the end
   * @param classPath see {@link #classPath}
   */
  static Child start(
      Path folder,
      String classPath,
      String mainClass,
      int heapMegabytes,
      Map<String, String> environment,
      String... arguments)
      throws IOException {
    Files.createDirectories(folder);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + heapMegabytes + "m",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                classPath,
                mainClass));
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(folder, "child", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    builder.environment().putAll(environment);
    return new Child(builder.start(), log);
  }

  /** The class path on which the program of a module runs. */
  static String classPath(Path home, String module) throws IOException {
    Path target = home.resolve(module).resolve("target");
    return target.resolve("classes")
        + File.pathSeparator
        + Files.readString(target.resolve("runtime.classpath")).strip();
  }

  /**
   * Waits for an output line that begins so.
   *
   * @return the lines before it
   * @throws IOException if the program ends before, or does not say it in time
   */
  List<String> await(String prefix, Duration limit) throws IOException, InterruptedException {
    List<String> before = new ArrayList<>();
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      String line = lines.poll(100, TimeUnit.MILLISECONDS);
      if (line != null && line.startsWith(prefix)) {
        return before;
      } else if (line != null) {
        before.add(line);
      }
      if (line == null && !process.isAlive()) {
        throw new IOException("A measured program ended early: " + lastWords());
      }
    }
    throw new IOException("A measured program did not say " + prefix + " in " + limit + ".");
  }

  /** CPU time it has used since its start. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Asks it to end, and ends it if it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("");
    }
  }

  private String lastWords() throws IOException {
    List<String> said = Files.readAllLines(log);
    return String.join(" / ", said.subList(Math.max(0, said.size() - 5), said.size()));
  }
}
