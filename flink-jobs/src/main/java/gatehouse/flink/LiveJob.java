package gatehouse.flink;

import gatehouse.analysis.SettingsChange;
import gatehouse.config.ConfigException;
import gatehouse.config.ConfigLoader;
import gatehouse.fact.Fact;
import gatehouse.flink.type.RecordTypes;
import gatehouse.model.ModelCatalogue;
import gatehouse.wire.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live analysis: facts from Kafka, alerts to Kafka, configured by {@link LiveConfig}.
 *
 * <p>Started by itself, the job runs on a Flink of its own in this JVM, with its REST interface on
 * 127.0.0.1, goes on from the newest whole checkpoint after whatever ended the last run, and prints
 * {@code READY flink PORT}. Submitted to a Flink cluster, the same jar runs there; restarts and
 * savepoints are then the cluster's.
 *
 * <p>Exit codes: 2 if the configuration is not fit to start with, 70 if the job ended.
 */
public final class LiveJob {

  static final String NAME = "gatehouse-live";

  private static final Logger log = LoggerFactory.getLogger(LiveJob.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final int BAD_CONFIGURATION = 2;
  private static final int ENDED = 70;
  private static final int KEPT_CHECKPOINTS = 3;
  private static final long LOOK_MILLIS = 200;

  private final LiveConfig config;
  private final Catalogue catalogue;

  /** A job with these models. */
  LiveJob(LiveConfig config, Catalogue catalogue) {
    this.config = config;
    this.catalogue = catalogue;
  }

  public static void main(String[] args) throws Exception {
    try {
      new LiveJob(ConfigLoader.load(LiveConfig.class), ModelCatalogue::all).run();
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(BAD_CONFIGURATION);
    } catch (IllegalStateException e) {
      log.error("The job cannot start: {}", e.getMessage());
      System.exit(ENDED);
    }
  }

  /**
   * The job on a Flink of its own in this JVM.
   *
   * @param client the job
   * @param restPort port of Flink's REST interface
   * @param checkpoints where its checkpoints are
   */
  record Local(JobClient client, int restPort, CheckpointFolder checkpoints) {}

  /** Runs the job; in this JVM until it ends, on a cluster until it is submitted. */
  private void run() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(jobSettings());
    if (env instanceof LocalStreamEnvironment) {
      watch(startHere());
    } else {
      build(env, kafka());
      env.executeAsync(NAME);
    }
  }

  private KafkaStart kafka() throws InterruptedException {
    KafkaStart kafka = new KafkaStart(config.kafkaBootstrap());
    kafka.awaitTopics();
    return kafka;
  }

  /**
   * Starts the job in this JVM, from the newest whole checkpoint.
   *
   * @throws IllegalStateException if there are checkpoints and none can be used
   */
  Local startHere() throws Exception {
    Path folder = Path.of(config.checkpoints()).toAbsolutePath();
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    Optional<Path> newest = checkpoints.newest();
    int port = config.restPort() == 0 ? freePort() : config.restPort();
    Configuration here = jobSettings();
    local(here, folder, port);
    here.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.jobs().toUri().toString());
    if (newest.isPresent()) {
      log.info("Going on from checkpoint {}", newest.get());
      here.set(StateRecoveryOptions.SAVEPOINT_PATH, newest.get().toUri().toString());
      here.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
    } else {
      log.info("There is no checkpoint yet: starting with the first record of every topic");
    }
    KafkaStart kafka = kafka();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(here);
    build(env, kafka);
    return new Local(env.executeAsync(NAME), port, checkpoints);
  }

  /** Seals checkpoints as they come, until the job ends. */
  static void watch(Local local) throws InterruptedException, ExecutionException {
    JobClient job = local.client();
    boolean ready = false;
    while (true) {
      JobStatus status = job.getJobStatus().get();
      if (!ready && status == JobStatus.RUNNING) {
        ready = true;
        System.out.println("READY flink " + local.restPort());
      }
      if (status.isGloballyTerminalState()) {
        log.error("The job ended: {}", status);
        Runtime.getRuntime().halt(ENDED);
      }
      try {
        local.checkpoints().seal(job.getJobID().toHexString(), KEPT_CHECKPOINTS);
      } catch (IOException | UncheckedIOException e) {
        log.warn("A checkpoint could not be sealed", e);
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private void build(StreamExecutionEnvironment env, KafkaStart kafka) {
    FactSource source = new FactSource(env, catalogue, config.kafkaBootstrap());
    FactSource.Read<Fact> facts =
        source.facts(
            new FactSource.Clock(
                config.watermarkBound(), config.idleness(), config.silence(), config.drift()),
            kafka.ends(Topic.FACTS));
    FactSource.Read<SettingsChange> changes = source.settings();
    AnalysisTopology.Result result =
        AnalysisTopology.build(
            facts.stream(),
            changes.stream(),
            new AnalysisTopology.Options(
                catalogue, kafka.settings(catalogue), config.clockAhead()));
    TypeInformation<Outgoing> outgoing = RecordTypes.of(Outgoing.class);
    result
        .alerts()
        .transform("progress", outgoing, new ProgressReporter(NAME))
        .uid("progress")
        .sinkTo(new AlertSink(config.kafkaBootstrap()))
        .name("alerts")
        .uid("alerts");
    result
        .late()
        .map(Outgoing::late, outgoing)
        .name("late")
        .union(
            result
                .dead()
                .union(facts.refused(), changes.refused())
                .map(Outgoing::of, outgoing)
                .name("dead"))
        .sinkTo(new AlertSink(config.kafkaBootstrap()))
        .name("refused")
        .uid("refused");
  }

  /** What holds wherever the job runs. */
  private Configuration jobSettings() {
    Configuration settings = JobSettings.common();
    settings.set(CoreOptions.DEFAULT_PARALLELISM, config.parallelism());
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpointInterval());
    // State on the heap is written whole: what takes long must not be done all the time.
    settings.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, config.checkpointInterval());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, KEPT_CHECKPOINTS);
    // A full disk must not end the analysis; the metrics tell of failed checkpoints.
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    settings.set(
        StateBackendOptions.STATE_BACKEND,
        config.stateBackend() == StateBackendKind.ROCKSDB ? "rocksdb" : "hashmap");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(20));
    if (config.checkpoints().contains("://")) {
      settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, config.checkpoints());
    }
    return settings;
  }

  /** What holds for a Flink in this JVM: nothing listens but on the loopback interface. */
  private void local(Configuration settings, Path folder, int port) throws IOException {
    settings.set(RestOptions.ADDRESS, LOOPBACK);
    settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    settings.set(RestOptions.PORT, port);
    settings.set(RestOptions.BIND_PORT, Integer.toString(port));
    settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(TaskManagerOptions.HOST, LOOPBACK);
    // Everything is in one JVM: whoever does not answer is starved, not gone.
    settings.set(RpcOptions.ASK_TIMEOUT_DURATION, Duration.ofMinutes(1));
    settings.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(5));
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.set(WebOptions.CANCEL_ENABLE, false);
    Path temporary = folder.resolve("tmp");
    CheckpointFolder.deleteAll(temporary);
    Files.createDirectories(temporary);
    settings.set(CoreOptions.TMP_DIRS, temporary.toString());
    if (config.metricsPort() != 0) {
      LoopbackPrometheus.configure(settings, config.metricsPort());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
