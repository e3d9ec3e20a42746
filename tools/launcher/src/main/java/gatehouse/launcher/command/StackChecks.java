package gatehouse.launcher.command;

import gatehouse.launcher.FlinkJobs;
import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.data.Ports;
import gatehouse.launcher.process.ServiceState;
import gatehouse.launcher.process.ServiceStatus;
import gatehouse.launcher.process.StatusFile;
import gatehouse.wire.Progress;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.Topic;
import gatehouse.wire.WireException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether the Gatehouse that is running is well. */
final class StackChecks {
  private static final long MANY_BEHIND = 10_000;

  /** Every subtask reports several times a second. */
  private static final long ENOUGH_PROGRESS = 500;

  private static final Duration SLOW_TIME = Duration.ofMinutes(1);

  private final DataDirectory directory;
  private final Ports ports;
  private final List<Check> checks = new ArrayList<>();

  StackChecks(DataDirectory directory) throws IOException {
    this.directory = directory;
    this.ports = Ports.read(directory.portsFile());
  }

  List<Check> all() throws IOException {
    List<ServiceStatus> services = StatusFile.read(directory.runFolder().statusFile());
    services.forEach(this::service);
    if (isReady(services, "kafka")) {
      lags();
      eventTime();
    }
    if (isReady(services, "flink")) {
      job();
    }
    if (isReady(services, "ingest")) {
      balance();
    }
    return checks;
  }

  private void service(ServiceStatus one) {
    String found =
        one.state().name().toLowerCase(Locale.ROOT) + ", restarted " + one.restarts() + " times";
    if (one.state() != ServiceState.READY) {
      checks.add(Check.bad(one.name(), found + "; see logs/" + one.name() + ".log"));
    } else if (one.restarts() > 0) {
      checks.add(Check.odd(one.name(), found + "; see logs/" + one.name() + ".log"));
    } else {
      checks.add(Check.good(one.name(), "ready"));
    }
  }

  private void job() throws IOException {
    FlinkJobs jobs =
        FlinkJobs.of(HttpText.get("http://" + ports.address(Endpoint.FLINK) + FlinkJobs.PATH));
    String found =
        "%s, %d of %d tasks run, %d are done"
            .formatted(
                jobs.state().toLowerCase(Locale.ROOT),
                jobs.running(),
                jobs.total(),
                jobs.finished());
    checks.add(
        jobs.isWorking()
            ? Check.good("job", found)
            : Check.bad("job", found + "; see logs/flink.log"));
  }

  private void lags() throws IOException {
    new Lag(ports.address(Endpoint.KAFKA))
        .byGroup()
        .forEach(
            (group, behind) -> {
              String found = behind + " records behind";
              checks.add(
                  behind > MANY_BEHIND
                      ? Check.odd("reader", group + ": " + found)
                      : Check.good("reader", group + ": " + found));
            });
  }

  /** How far the slowest part of the job is behind the clock. */
  private void eventTime() {
    Map<String, Progress> latest = new HashMap<>();
    try (TopicReader reader = new TopicReader(ports.address(Endpoint.KAFKA), Topic.PROGRESS)) {
      reader.readLast(
          ENOUGH_PROGRESS,
          one -> {
            try {
              Progress progress = RecordCodec.of(Progress.class).decode(one.value());
              latest.put(progress.job() + " " + progress.subtask(), progress);
            } catch (WireException e) {
              checks.add(
                  Check.bad("event time", "a progress record cannot be read: " + e.getMessage()));
            }
          });
    }
    latest.values().stream()
        .map(Progress::watermark)
        .min(Instant::compareTo)
        .ifPresentOrElse(
            slowest -> {
              Duration behind = Duration.between(slowest, Instant.now());
              String found = "the job has come to " + Durations.rough(behind) + " ago";
              checks.add(
                  behind.compareTo(SLOW_TIME) > 0
                      ? Check.odd("event time", found + "; maybe no device sends")
                      : Check.good("event time", found));
            },
            () -> checks.add(Check.odd("event time", "the job has not reported any yet")));
  }

  private void balance() throws IOException {
    Metrics metrics = Metrics.read(ports.address(Endpoint.INGEST));
    checks.add(metrics.balance());
  }

  private static boolean isReady(List<ServiceStatus> services, String name) {
    return services.stream()
        .anyMatch(one -> one.name().equals(name) && one.state() == ServiceState.READY);
  }
}
