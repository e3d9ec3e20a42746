package gatehouse.launcher.command;

import gatehouse.launcher.process.ServiceStatus;
import gatehouse.launcher.process.Watcher;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;

/** Tells people what becomes of the services, a line each. */
final class ProgressLines implements Watcher {
  private final PrintWriter out;
  private final Set<String> wereReady = new HashSet<>();

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void changed(ServiceStatus status) {
    switch (status.state()) {
      case READY -> {
        if (wereReady.add(status.name())) {
          out.printf(
              "  %-10s ready after %7s%s%n",
              status.name(),
              Durations.seconds(status.startTime()),
              status.port() == 0 ? "" : "   port " + status.port());
        } else {
          out.printf("  %-10s is back%n", status.name());
        }
      }
      case RESTARTING ->
          out.printf(
              "  %-10s ended by itself; starting it again (time %d)%n",
              status.name(), status.restarts());
      case FAILED -> out.printf("  %-10s failed%n", status.name());
      case STOPPED -> out.printf("  %-10s stopped%n", status.name());
      case WAITING, STARTING, STOPPING -> {
        // Not worth a line.
      }
    }
    out.flush();
  }
}
