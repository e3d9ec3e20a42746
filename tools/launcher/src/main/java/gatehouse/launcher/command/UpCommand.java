package gatehouse.launcher.command;

import gatehouse.launcher.Service;
import gatehouse.launcher.Stack;
import gatehouse.launcher.StackOptions;
import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.process.StartFailedException;
import gatehouse.simulator.SmallCity;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts everything and stays until it is told to stop. */
@Command(
    name = "up",
    header = "Start everything: broker, Kafka, PostgreSQL, intake, Flink job, API, small city.",
    description = {
      "Starts each service as a process of its own, restarts one that dies, and stops all with"
          + " Ctrl-C. Everything listens on 127.0.0.1 only. A second start goes on where the last"
          + " one ended.",
      "",
      "A port is the usual one if that is free at the first start, else 10, 20 ... more. It is kept in"
          + " DIR/ports, so two checkouts can run side by side."
    },
    footer = {
      "",
      "Examples:",
      "  ./gatehouse up                          in ./data, until Ctrl-C",
      "  ./gatehouse up --detach                 in the background; ends with ./gatehouse down",
      "  ./gatehouse up --data /tmp/two --api-port 9000"
    })
final class UpCommand implements Callable<Integer> {
  private static final int MOST_COMMUNITIES = 200;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--no-simulator", description = "No simulated city: real devices only.")
  private boolean noSimulator;

  @Option(
      names = "--communities",
      paramLabel = "N",
      defaultValue = "" + SmallCity.COMMUNITIES,
      description = "How many communities the simulated city has. Default: ${DEFAULT-VALUE}.")
  private int communities = SmallCity.COMMUNITIES;

  @Option(
      names = "--no-clock-check",
      description = {
        "Take events of any date: for a log, or for ./gatehouse city, told faster than it happens."
      })
  private boolean noClockCheck;

  @Option(names = "--detach", description = "Return when all is up, and leave it running.")
  private boolean detach;

  private final AtomicBoolean stopped = new AtomicBoolean();

  @Option(names = Background.OPTION, hidden = true)
  private boolean inBackground;

  @ArgGroup(validate = false, heading = "%nPorts, all on 127.0.0.1 (and what is usual):%n")
  private PortOptions ports = new PortOptions();

  @Override
  public Integer call() throws IOException, StartFailedException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (communities < 1 || communities > MOST_COMMUNITIES) {
      throw new ParameterException(
          spec.commandLine(), "--communities must be 1 to " + MOST_COMMUNITIES + ".");
    }
    Instant begun = Instant.now();
    if (detach) {
      out.println("Gatehouse starts in " + data.path().toAbsolutePath().normalize());
      out.flush();
      new Background(data.path(), spec.commandLine().getParent().getParseResult().originalArgs())
          .start(out);
      summary(out, begun, "./gatehouse down" + data.asOption());
      return 0;
    }
    if (!inBackground) {
      out.println("Gatehouse starts in " + data.path().toAbsolutePath().normalize());
      out.flush();
    }
    Stack stack =
        Stack.launch(
            StackOptions.in(data.path())
                .withServices(services())
                .withCommunities(communities)
                .withPorts(ports.wanted())
                .withEnvironment(environment())
                .withWatcher(new ProgressLines(out)));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack, out), "stop"));
    try {
      stack.awaitReady();
    } catch (StartFailedException e) {
      if (!stopped.get()) {
        stop(stack, out);
        throw e;
      }
      waitForEver();
    }
    Background.markReady(stack.directory());
    if (!inBackground) {
      summary(out, begun, "Ctrl-C");
    }
    waitForEver();
    return 0;
  }

  /** Ctrl-C and SIGTERM end this process; the hook stops the services. */
  private static void waitForEver() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private Set<Service> services() {
    EnumSet<Service> services = EnumSet.allOf(Service.class);
    if (noSimulator) {
      services.remove(Service.SIMULATOR);
    }
    return services;
  }

  private Map<Service, Map<String, String>> environment() {
    return noClockCheck
        ? Map.of(Service.INGEST, Map.of("GATEHOUSE_INGEST_CLOCK_CHECK", "off"))
        : Map.of();
  }

  private void summary(PrintWriter out, Instant begun, String end) throws IOException {
    DataDirectory directory = data.existing();
    out.printf("Everything is up after %s.%n", Durations.seconds(since(begun)));
    new Summary(directory).print(out, end);
    out.flush();
  }

  private static Duration since(Instant begun) {
    return Duration.between(begun, Instant.now());
  }

  private void stop(Stack stack, PrintWriter out) {
    if (stopped.getAndSet(true)) {
      return;
    }
    out.println();
    out.println("Stopping");
    out.flush();
    try {
      stack.close();
      out.println("All stopped. What is stored stays in " + stack.directory().path());
    } catch (IOException e) {
      out.println("Stopped, but: " + e.getMessage());
    }
    out.flush();
  }
}
