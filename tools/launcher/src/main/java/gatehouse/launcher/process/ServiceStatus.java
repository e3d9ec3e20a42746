package gatehouse.launcher.process;

import java.time.Duration;
import java.time.Instant;

/**
 * One service as seen now.
 *
 * @param pid of the running process, or of the last one
 * @param since when this process was started
 * @param startTime from the start of the process to the first time it was ready; zero before that
 * @param restarts how often it died and was started again
 */
public record ServiceStatus(
    String name,
    ServiceState state,
    long pid,
    int port,
    Instant since,
    Duration startTime,
    int restarts) {

  String toLine() {
    return String.join(
        "\t",
        name,
        state.name(),
        Long.toString(pid),
        Integer.toString(port),
        since.toString(),
        startTime.toString(),
        Integer.toString(restarts));
  }

  static ServiceStatus ofLine(String line) {
    String[] fields = line.split("\t", -1);
    return new ServiceStatus(
        fields[0],
        ServiceState.valueOf(fields[1]),
        Long.parseLong(fields[2]),
        Integer.parseInt(fields[3]),
        Instant.parse(fields[4]),
        Duration.parse(fields[5]),
        Integer.parseInt(fields[6]));
  }
}
