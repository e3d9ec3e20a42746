package gatehouse.launcher;

import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.data.Ports;
import gatehouse.launcher.data.Secrets;
import gatehouse.launcher.process.Probe;
import gatehouse.launcher.process.ServiceSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How each service is started. The one place that knows their variables; a service refuses those it
 * does not know, so each is given its own only.
 */
final class Blueprint {
  /** The databases' names for themselves and for those who log in. */
  private static final String DATABASE_NAME = "gatehouse";

  private static final String DATABASE_OWNER = "gatehouse_owner";
  private static final String DATABASE_USER = "gatehouse_api";
  private static final Duration STOP_GRACE = Duration.ofSeconds(20);

  private final StackOptions options;
  private final DataDirectory directory;
  private final Ports ports;
  private final Secrets secrets;
  private final Programs programs;
  private final @Nullable CityProvisioning city;

  /**
   * A blueprint.
   *
   * @param city registered once Kafka is there; null without a simulator
   */
  Blueprint(
      StackOptions options,
      DataDirectory directory,
      Ports ports,
      Secrets secrets,
      @Nullable CityProvisioning city)
      throws IOException {
    this.options = options;
    this.directory = directory;
    this.ports = ports;
    this.secrets = secrets;
    this.city = city;
    this.programs = new Programs(options.home(), directory.of("programs"));
  }

  List<ServiceSpec> specs() throws IOException {
    List<ServiceSpec> specs = new ArrayList<>();
    for (Service service : Service.values()) {
      if (options.services().contains(service)) {
        specs.add(spec(service));
      }
    }
    return specs;
  }

  private ServiceSpec spec(Service service) throws IOException {
    Endpoint endpoint = service.endpoint();
    Set<String> needs =
        service.needs().stream()
            .filter(options.services()::contains)
            .map(Service::word)
            .collect(Collectors.toSet());
    return new ServiceSpec(
        service.word(),
        endpoint == null ? 0 : ports.of(endpoint),
        command(service),
        environment(service),
        needs,
        probe(service),
        service == Service.KAFKA ? this::fillKafka : ServiceSpec.Preparation.NONE,
        STOP_GRACE);
  }

  private void fillKafka() throws Exception {
    String bootstrap = ports.address(Endpoint.KAFKA);
    new KafkaProvisioning(bootstrap).topics(options.partitions());
    if (city != null) {
      FactPublisher.publish(bootstrap, city.facts());
    }
  }

  private List<String> command(Service service) throws IOException {
    List<String> command = new ArrayList<>();
    // A session of its own: Ctrl-C in the terminal goes to the launcher alone, which then stops the
    // services in order.
    if (SystemTool.isThere("setsid")) {
      command.add("setsid");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Xmx" + service.heapMegabytes() + "m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Djava.io.tmpdir=" + directory.path().resolve("tmp").resolve(service.word()));
    command.add("-Dgatehouse.data=" + directory.path());
    command.add("-cp");
    command.add(programs.classPath(service));
    command.add(service.mainClass());
    return command;
  }

  private Map<String, String> environment(Service service) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    switch (service) {
      case MQTT -> {
        environment.put("GATEHOUSE_MQTT_DIR", folder(service));
        environment.put("GATEHOUSE_MQTT_PORT", port(Endpoint.MQTT));
        environment.put("GATEHOUSE_MQTT_CREDENTIALS_FILE", secrets.mqttCredentials().toString());
      }
      case KAFKA -> {
        environment.put("GATEHOUSE_KAFKA_DIR", folder(service));
        environment.put("GATEHOUSE_KAFKA_PORT", port(Endpoint.KAFKA));
      }
      case DATABASE -> {
        environment.put("GATEHOUSE_DATABASE_DIR", folder(service));
        environment.put("GATEHOUSE_DATABASE_PORT", port(Endpoint.DATABASE));
        environment.put("GATEHOUSE_DATABASE_NAME", DATABASE_NAME);
        databaseLogins(environment);
      }
      case INGEST -> {
        kafka(environment);
        mqtt(environment, Secrets.INGEST_USER);
        environment.put("GATEHOUSE_INGEST_METRICS_PORT", port(Endpoint.INGEST));
      }
      case FLINK -> {
        kafka(environment);
        environment.put("GATEHOUSE_FLINK_REST_PORT", port(Endpoint.FLINK));
        environment.put("GATEHOUSE_FLINK_CHECKPOINTS", folder(service));
      }
      case API -> {
        kafka(environment);
        mqtt(environment, Secrets.API_USER);
        databaseLogins(environment);
        environment.putAll(databaseOwner(ports, secrets));
        environment.put("GATEHOUSE_API_PORT", port(Endpoint.API));
        environment.put("GATEHOUSE_API_PUBLIC_URL", "http://" + ports.address(Endpoint.API));
        environment.put("GATEHOUSE_API_MANAGEMENT_PORT", port(Endpoint.MANAGEMENT));
        environment.put("GATEHOUSE_DOOR_SIGNING_KEY_FILE", secrets.doorSigningKey().toString());
        environment.put("GATEHOUSE_DATA_KEY_FILE", secrets.dataKey().toString());
        environment.put("GATEHOUSE_DEMO_ACCOUNTS_FILE", secrets.demoAccountsFile().toString());
      }
      case SIMULATOR -> {
        environment.put("GATEHOUSE_MQTT_URL", "tcp://" + ports.address(Endpoint.MQTT));
        environment.put("GATEHOUSE_DOOR_PUBLIC_KEY_FILE", secrets.doorPublicKey().toString());
        environment.put(
            "GATEHOUSE_SIMULATOR_CREDENTIALS_FILE", secrets.devicePasswords().toString());
        environment.put("GATEHOUSE_SIMULATOR_DIR", folder(service));
        environment.put("GATEHOUSE_SIMULATOR_COMMUNITIES", Integer.toString(options.communities()));
      }
    }
    environment.putAll(options.environment().getOrDefault(service, Map.of()));
    return environment;
  }

  /** What a program needs that looks into the database as the owner of its tables. */
  static Map<String, String> databaseOwner(Ports ports, Secrets secrets) {
    return Map.of(
        "GATEHOUSE_DATABASE_URL",
        "jdbc:postgresql://" + ports.address(Endpoint.DATABASE) + "/" + DATABASE_NAME,
        "GATEHOUSE_DATABASE_OWNER_USER",
        DATABASE_OWNER,
        "GATEHOUSE_DATABASE_OWNER_PASSWORD_FILE",
        secrets.databaseOwnerPassword().toString());
  }

  private void kafka(Map<String, String> environment) {
    environment.put("GATEHOUSE_KAFKA_BOOTSTRAP", ports.address(Endpoint.KAFKA));
  }

  private void mqtt(Map<String, String> environment, String user) {
    environment.put("GATEHOUSE_MQTT_URL", "tcp://" + ports.address(Endpoint.MQTT));
    environment.put("GATEHOUSE_MQTT_USERNAME", user);
    environment.put("GATEHOUSE_MQTT_PASSWORD_FILE", secrets.mqttPassword(user).toString());
  }

  private void databaseLogins(Map<String, String> environment) {
    environment.put("GATEHOUSE_DATABASE_OWNER_USER", DATABASE_OWNER);
    environment.put(
        "GATEHOUSE_DATABASE_OWNER_PASSWORD_FILE", secrets.databaseOwnerPassword().toString());
    environment.put("GATEHOUSE_DATABASE_USER", DATABASE_USER);
    environment.put("GATEHOUSE_DATABASE_PASSWORD_FILE", secrets.databasePassword().toString());
  }

  private Probe probe(Service service) {
    return switch (service) {
      case MQTT, KAFKA, DATABASE, SIMULATOR -> Probe.readyLine();
      case INGEST -> Probe.http(address(Endpoint.INGEST, "/health"));
      case FLINK ->
          Probe.http(
              address(Endpoint.FLINK, FlinkJobs.PATH), jobs -> FlinkJobs.of(jobs).isWorking());
      case API -> Probe.http(address(Endpoint.MANAGEMENT, "/actuator/health"));
    };
  }

  private URI address(Endpoint endpoint, String path) {
    return URI.create("http://" + ports.address(endpoint) + path);
  }

  private String port(Endpoint endpoint) {
    return Integer.toString(ports.of(endpoint));
  }

  private String folder(Service service) throws IOException {
    return Files.createDirectories(directory.of(service.word())).toString();
  }
}
