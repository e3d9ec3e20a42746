package gatehouse.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./gatehouse bench}: ours beside the least it could cost, in one run. */
@Command(
    name = "./gatehouse bench",
    description = "Measures Gatehouse beside the least it could cost, on this machine, in one run.",
    synopsisSubcommandLabel = "MEASURE",
    subcommands = CommandLine.HelpCommand.class)
public final class Bench {
  private static final long STOP_SECONDS = 60;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--json",
      paramLabel = "OUT",
      scope = ScopeType.INHERIT,
      description = "also write the figures to this file")
  private @Nullable Path json;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      defaultValue = "3",
      description = "rounds of each side that count, after one to warm up (default: 3)")
  private int pairs;

  private Bench() {}

  private enum Measure {
    INGEST,
    FLINK,
    DOOR,
    LOAD,
    STATE
  }

  /** Exit codes: 0 done, 1 it did not work, 2 the command line is wrong. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Bench());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          failure.printStackTrace(command.getErr());
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(line.execute(args));
  }

  @Command(name = "ingest", description = "Ingest beside a bare subscriber, messages a second.")
  int ingest() throws Exception {
    return run(Measure.INGEST);
  }

  @Command(name = "flink", description = "The job with all models beside a pass-through.")
  int flink() throws Exception {
    return run(Measure.FLINK);
  }

  @Command(name = "door", description = "A remote open beside a bare MQTT round trip.")
  int door() throws Exception {
    return run(Measure.DOOR);
  }

  @Command(
      name = "load",
      description = "Readers and remote opens beside 1,000 events a second, and opens alone.")
  int load() throws Exception {
    return run(Measure.LOAD);
  }

  @Command(name = "state", description = "How large the state of the models' keys is.")
  int state() throws Exception {
    return run(Measure.STATE);
  }

  @Command(name = "all", description = "All of them, one after the other.")
  int all() throws Exception {
    return run(Measure.values());
  }

  private int run(Measure... measures) throws Exception {
    Set<Measure> chosen = Set.of(measures);
    if (pairs < 1) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--pairs must be 1 or more");
    }
    PrintWriter out = spec.commandLine().getOut();
    Instant start = Instant.now();
    List<Comparison> comparisons = new ArrayList<>();
    List<Latency> latencies = new ArrayList<>();
    List<StateSize> states = new ArrayList<>();
    Path folder = Files.createTempDirectory("gatehouse-bench");
    CountDownLatch ended = endCleanlyOnInterrupt();
    try {
      if (chosen.contains(Measure.INGEST)) {
        comparisons.add(
            new IngestMeasure(folder.resolve("ingest"), new Steps(out, "ingest")).run(pairs));
      }
      if (chosen.contains(Measure.FLINK)) {
        comparisons.add(
            new FlinkMeasure(folder.resolve("flink"), new Steps(out, "flink")).run(pairs));
      }
      if (chosen.contains(Measure.DOOR)) {
        latencies.addAll(new DoorMeasure(folder.resolve("door"), new Steps(out, "door")).run());
      }
      if (chosen.contains(Measure.LOAD)) {
        latencies.addAll(new LoadMeasure(folder.resolve("load"), new Steps(out, "load")).run());
      }
      if (chosen.contains(Measure.STATE)) {
        states.addAll(new StateMeasure(folder.resolve("state"), new Steps(out, "state")).run());
      }
    } finally {
      delete(folder);
      ended.countDown();
    }
    comparisons.forEach(comparison -> out.print(comparison.table()));
    if (!latencies.isEmpty()) {
      out.printf("%nhow long people wait%n%n");
      latencies.forEach(out::println);
    }
    if (!states.isEmpty()) {
      out.print(StateSize.table(states, StateMeasure.of()));
    }
    out.flush();
    if (json != null) {
      new Report(
              start,
              Runtime.version().toString(),
              Runtime.getRuntime().availableProcessors(),
              comparisons,
              latencies,
              states)
          .write(json);
    }
    return CommandLine.ExitCode.OK;
  }

  /** Ctrl-C must not leave servers behind: this thread stops them on its way out. */
  private static CountDownLatch endCleanlyOnInterrupt() {
    CountDownLatch ended = new CountDownLatch(1);
    Thread measuring = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (ended.getCount() > 0) {
                    measuring.interrupt();
                    awaitEnd(ended);
                  }
                },
                "stop"));
    return ended;
  }

  private static void awaitEnd(CountDownLatch ended) {
    try {
      if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Something that was started did not stop in " + STOP_SECONDS + " s.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
