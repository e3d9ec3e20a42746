package gatehouse.launcher.command;

import gatehouse.launcher.data.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A launcher that goes on running after the command has returned. */
final class Background {
  /** Says to the second launcher that it is the one in the background. */
  static final String OPTION = "--in-background";

  private static final long POLL_MILLIS = 100;

  private final Path data;
  private final List<String> arguments;

  Background(Path data, List<String> arguments) {
    this.data = data;
    this.arguments = arguments;
  }

  /** Marks that everything is up, for the one who waits in the foreground. */
  static void markReady(DataDirectory directory) throws IOException {
    Files.writeString(ready(directory), Long.toString(ProcessHandle.current().pid()));
  }

  /**
   * Starts this command line again in the background, repeats what it says, and returns when
   * everything is up.
   *
   * @throws IOException if it did not come up
   */
  void start(PrintWriter out) throws IOException, InterruptedException {
    DataDirectory directory = DataDirectory.open(data);
    Path log = directory.runFolder().log("launcher");
    Files.deleteIfExists(ready(directory));
    Files.deleteIfExists(log);
    Process launcher =
        new ProcessBuilder(command())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try (RandomAccessFile said = new RandomAccessFile(log.toFile(), "r")) {
      while (launcher.isAlive() && !isReady(directory, launcher)) {
        repeat(said, out);
        Thread.sleep(POLL_MILLIS);
      }
      repeat(said, out);
    }
    if (!launcher.isAlive()) {
      throw new IOException("The start failed, see above or " + log + ".");
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Launcher.class.getName());
    arguments.stream().filter(argument -> !argument.equals("--detach")).forEach(command::add);
    command.add(OPTION);
    return command;
  }

  private static boolean isReady(DataDirectory directory, Process launcher) throws IOException {
    Path ready = ready(directory);
    return Files.exists(ready) && Files.readString(ready).equals(Long.toString(launcher.pid()));
  }

  private static void repeat(RandomAccessFile said, PrintWriter out) throws IOException {
    byte[] news = new byte[(int) (said.length() - said.getFilePointer())];
    said.readFully(news);
    out.print(new String(news, StandardCharsets.UTF_8));
    out.flush();
  }

  private static Path ready(DataDirectory directory) throws IOException {
    return directory.runFolder().run().resolve("ready");
  }
}
