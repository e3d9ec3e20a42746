package gatehouse.launcher.command;

import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.data.Ports;
import gatehouse.launcher.process.ServiceState;
import gatehouse.launcher.process.ServiceStatus;
import gatehouse.launcher.process.StatusFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the services. */
@Command(
    name = "status",
    header = "Show the services: process, port, uptime, restarts, and how far readers are behind.",
    description = "Exit code 0 if all are ready, 1 if not.")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    DataDirectory directory = data.existing();
    if (directory.launcher().isEmpty()) {
      out.println("Gatehouse is not running on " + directory.path());
      return 1;
    }
    Ports ports = Ports.read(directory.portsFile());
    List<ServiceStatus> services = StatusFile.read(directory.runFolder().statusFile());
    out.printf(
        "Gatehouse on %s (launcher %d), console http://%s/%n%n",
        directory.path(),
        directory.launcher().map(ProcessHandle::pid).orElse(0L),
        ports.address(Endpoint.API));
    out.printf(
        "  %-10s %-11s %8s %6s %9s %9s %9s %7s%n",
        "service", "state", "process", "port", "up", "start", "restarts", "memory");
    for (ServiceStatus one : services) {
      boolean runs = one.state() == ServiceState.READY || one.state() == ServiceState.STARTING;
      out.printf(
          "  %-10s %-11s %8s %6s %9s %9s %9d %7s%n",
          one.name(),
          one.state().name().toLowerCase(Locale.ROOT),
          runs ? Long.toString(one.pid()) : "-",
          one.port() == 0 ? "-" : Integer.toString(one.port()),
          runs ? Durations.rough(Duration.between(one.since(), Instant.now())) : "-",
          one.startTime().isZero() ? "-" : Durations.seconds(one.startTime()),
          one.restarts(),
          runs ? Memory.ofTrees(processes(one, directory)) : "-");
    }
    out.println();
    boolean kafka =
        services.stream()
            .anyMatch(one -> one.name().equals("kafka") && one.state() == ServiceState.READY);
    if (kafka) {
      new Lag(ports.address(Endpoint.KAFKA)).print(out);
    }
    out.flush();
    return services.stream().allMatch(one -> one.state() == ServiceState.READY) ? 0 : 1;
  }

  /** PostgreSQL's server is nobody's child; its own pid file names it. */
  private static LongStream processes(ServiceStatus service, DataDirectory directory)
      throws IOException {
    Path server = directory.of(service.name()).resolve("data").resolve("postmaster.pid");
    if (!Files.exists(server)) {
      return LongStream.of(service.pid());
    }
    long pid = Long.parseLong(Files.readAllLines(server).get(0).strip());
    return LongStream.of(service.pid(), pid);
  }
}
