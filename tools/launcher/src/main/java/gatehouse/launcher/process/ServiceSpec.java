package gatehouse.launcher.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A service to run as a child process.
 *
 * @param name short, one word; names its log, pid file and temporary folder
 * @param port what to show people as its port; 0 for none
 * @param command the program and its arguments; secrets have no place here
 * @param environment variables on top of the launcher's own, from which {@code GATEHOUSE_*} is
 *     taken away first
 * @param needs services that must have been ready before this one starts for the first time
 * @param probe when it counts as ready
 * @param onFirstReady done once between the first time the probe holds and the start of those who
 *     need this service
 * @param stopGrace how long it may take to stop before it is killed
 */
public record ServiceSpec(
    String name,
    int port,
    List<String> command,
    Map<String, String> environment,
    Set<String> needs,
    Probe probe,
    Preparation onFirstReady,
    Duration stopGrace) {

  /** Something to do that may fail; a failure fails the whole start. */
  public interface Preparation {
    /** Nothing to do. */
    Preparation NONE = () -> {};

    void run() throws Exception;
  }

  public ServiceSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    needs = Set.copyOf(needs);
  }
}
