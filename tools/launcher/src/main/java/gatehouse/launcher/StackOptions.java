package gatehouse.launcher;

import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.process.Watcher;
import gatehouse.simulator.SmallCity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What to start, and where.
 *
 * @param home the checkout to run
 * @param data the data directory
 * @param temporary whether the data directory is deleted at the end
 * @param services what to run; what those need is not added
 * @param communities how large a city the simulator plays
 * @param ports ports asked for; 0 for any free one, missing for the usual one
 * @param partitions of each Kafka topic that does not exist yet
 * @param environment variables for a service beside those it always gets
 * @param startLimit how long one service may take until it is ready
 * @param watcher is told of the progress
 */
public record StackOptions(
    Home home,
    Path data,
    boolean temporary,
    Set<Service> services,
    int communities,
    Map<Endpoint, Integer> ports,
    int partitions,
    Map<Service, Map<String, String>> environment,
    Duration startLimit,
    Watcher watcher) {

  private static final int PARTITIONS = 4;
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  public StackOptions {
    services = Set.copyOf(services);
    ports = Map.copyOf(ports);
    environment = Map.copyOf(environment);
  }

  /** Everything, kept in this directory. */
  public static StackOptions in(Path data) {
    return new StackOptions(
        Home.find(),
        data,
        false,
        EnumSet.allOf(Service.class),
        SmallCity.COMMUNITIES,
        Map.of(),
        PARTITIONS,
        Map.of(),
        START_LIMIT,
        Watcher.NONE);
  }

  /** Everything but the simulator, on free ports, in a directory that is deleted at the end. */
  public static StackOptions isolated(Path data) {
    Map<Endpoint, Integer> free = new EnumMap<>(Endpoint.class);
    for (Endpoint endpoint : Endpoint.values()) {
      free.put(endpoint, 0);
    }
    return new StackOptions(
        Home.find(),
        data,
        true,
        EnumSet.complementOf(EnumSet.of(Service.SIMULATOR)),
        SmallCity.COMMUNITIES,
        free,
        PARTITIONS,
        Map.of(),
        START_LIMIT,
        Watcher.NONE);
  }

  public StackOptions withServices(Set<Service> chosen) {
    return new StackOptions(
        home,
        data,
        temporary,
        chosen,
        communities,
        ports,
        partitions,
        environment,
        startLimit,
        watcher);
  }

  public StackOptions withCommunities(int number) {
    return new StackOptions(
        home,
        data,
        temporary,
        services,
        number,
        ports,
        partitions,
        environment,
        startLimit,
        watcher);
  }

  public StackOptions withPorts(Map<Endpoint, Integer> wanted) {
    return new StackOptions(
        home,
        data,
        temporary,
        services,
        communities,
        wanted,
        partitions,
        environment,
        startLimit,
        watcher);
  }

  public StackOptions withPartitions(int number) {
    return new StackOptions(
        home,
        data,
        temporary,
        services,
        communities,
        ports,
        number,
        environment,
        startLimit,
        watcher);
  }

  public StackOptions withEnvironment(Map<Service, Map<String, String>> variables) {
    return new StackOptions(
        home,
        data,
        temporary,
        services,
        communities,
        ports,
        partitions,
        variables,
        startLimit,
        watcher);
  }

  public StackOptions withWatcher(Watcher told) {
    return new StackOptions(
        home,
        data,
        temporary,
        services,
        communities,
        ports,
        partitions,
        environment,
        startLimit,
        told);
  }
}
