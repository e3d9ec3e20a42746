package gatehouse.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A service that does nothing. Environment: {@code CHILD_NAME}; {@code CHILD_STORY}, a file it
 * appends its doings to; {@code CHILD_MANNER}: {@code good}, {@code dies} before it is ready,
 * {@code stubborn} against SIGTERM, {@code mute} (never ready).
 */
final class TestChild {
  private TestChild() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> environment = System.getenv();
    String name = environment.getOrDefault("CHILD_NAME", "");
    String manner = environment.getOrDefault("CHILD_MANNER", "good");
    Path story = Path.of(environment.getOrDefault("CHILD_STORY", ""));
    tell(story, name + " starts");
    if (manner.equals("dies")) {
      System.out.println("I cannot work like this");
      System.exit(3);
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  tell(story, name + " stops");
                  if (manner.equals("stubborn")) {
                    waitForEver();
                  }
                }));
    if (!manner.equals("mute")) {
      System.out.println("READY " + name + " " + Instant.now());
    }
    waitForEver();
  }

  private static void tell(Path story, String line) {
    try {
      Files.write(story, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
