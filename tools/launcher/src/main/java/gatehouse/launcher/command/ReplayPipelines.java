package gatehouse.launcher.command;

import gatehouse.launcher.Service;
import gatehouse.launcher.Stack;
import gatehouse.launcher.StackOptions;
import gatehouse.launcher.process.StartFailedException;
import gatehouse.replay.Pipeline;
import gatehouse.replay.PipelineStarter;
import gatehouse.replay.ReplayPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts broker, Kafka, intake and job for one replay, apart from whatever else runs. */
final class ReplayPipelines implements PipelineStarter {
  private static final Set<Service> SERVICES =
      EnumSet.of(Service.MQTT, Service.KAFKA, Service.INGEST, Service.FLINK);
  private static final String GATEWAY = "replay-gateway";

  private final Supplier<PrintWriter> progress;

  ReplayPipelines(Supplier<PrintWriter> progress) {
    this.progress = progress;
  }

  @Override
  public Pipeline start(ReplayPlan plan) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("gatehouse-replay");
    Instant begun = Instant.now();
    PrintWriter out = progress.get();
    out.print("Starting a pipeline of its own");
    out.flush();
    StackOptions options =
        StackOptions.isolated(data.resolve("data"))
            .withServices(SERVICES)
            .withPartitions(1)
            .withEnvironment(environment(plan));
    Started started = new Started(data);
    // Also when the replay is broken off in its middle: no service may stay behind.
    Runtime.getRuntime().addShutdownHook(started.hook);
    try {
      started.launch(options);
    } catch (StartFailedException e) {
      out.println();
      throw new IOException(e.getMessage(), e);
    }
    out.printf(": up after %s%n", Durations.seconds(Duration.between(begun, Instant.now())));
    out.flush();
    return started;
  }

  /** The plan's variables, each for the service whose name it bears. */
  private static Map<Service, Map<String, String>> environment(ReplayPlan plan) {
    Map<Service, Map<String, String>> environment = new EnumMap<>(Service.class);
    plan.environment()
        .forEach(
            (name, value) -> {
              for (Service service : SERVICES) {
                if (name.startsWith("GATEHOUSE_" + service.name() + "_")) {
                  environment.computeIfAbsent(service, one -> new HashMap<>()).put(name, value);
                }
              }
            });
    return environment;
  }

  private static final class Started implements Pipeline {
    private final Path folder;
    private final Thread hook = new Thread(this::close, "stop-replay");
    private @Nullable Stack stack;
    private String password = "";

    Started(Path folder) {
      this.folder = folder;
    }

    void launch(StackOptions options)
        throws IOException, StartFailedException, InterruptedException {
      Stack launched;
      synchronized (this) {
        launched = Stack.launch(options);
        stack = launched;
      }
      launched.awaitReady();
      password = launched.secrets().addGateway(GATEWAY, ReplayPlan.COMMUNITY);
    }

    @Override
    public String mqttUrl() {
      return running().mqttUrl();
    }

    @Override
    public String username() {
      return GATEWAY;
    }

    @Override
    public String password() {
      return password;
    }

    @Override
    public String kafkaBootstrap() {
      return running().kafkaBootstrap();
    }

    @Override
    public synchronized void close() {
      if (stack == null) {
        return;
      }
      try {
        stack.close();
        stack = null;
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        throw new UncheckedIOException("The pipeline did not go away cleanly: " + folder, e);
      }
    }

    private synchronized Stack running() {
      if (stack == null) {
        throw new IllegalStateException("The pipeline is closed.");
      }
      return stack;
    }
  }
}
