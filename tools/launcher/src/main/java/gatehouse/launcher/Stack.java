package gatehouse.launcher;

import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.data.Ports;
import gatehouse.launcher.data.Secrets;
import gatehouse.launcher.process.RunFolder;
import gatehouse.launcher.process.ServiceStatus;
import gatehouse.launcher.process.StartFailedException;
import gatehouse.launcher.process.Supervisor;
import java.io.IOException;
import java.util.List;

/**
 * A running Gatehouse: every service a process of its own, watched over by this one.
 *
 * <pre>{@code
 * try (Stack stack = Stack.start(StackOptions.isolated(dir))) {
 *   String bootstrap = stack.ports().address(Endpoint.KAFKA);
 *   String password = stack.secrets().addGateway("replay-gateway", "riverside");
 *   ...
 * }
 * }</pre>
 */
public final class Stack implements AutoCloseable {
  private final StackOptions options;
  private final DataDirectory directory;
  private final DataDirectory.Hold hold;
  private final Ports ports;
  private final Secrets secrets;
  private final Supervisor supervisor;

  /** Then a temporary directory stays, for its logs say why. */
  private volatile boolean failed;

  private Stack(
      StackOptions options,
      DataDirectory directory,
      DataDirectory.Hold hold,
      Ports ports,
      Secrets secrets,
      Supervisor supervisor) {
    this.options = options;
    this.directory = directory;
    this.hold = hold;
    this.ports = ports;
    this.secrets = secrets;
    this.supervisor = supervisor;
  }

  /**
   * Starts everything and waits until it is ready.
   *
   * @throws IOException if the data directory is in use, a port is taken or a file is in the way
   * @throws StartFailedException if a service does not come up; nothing is left running
   */
  public static Stack start(StackOptions options)
      throws IOException, StartFailedException, InterruptedException {
    Stack stack = launch(options);
    try {
      stack.awaitReady();
      return stack;
    } catch (StartFailedException | InterruptedException | RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /** As {@link #start}, without waiting. */
  public static Stack launch(StackOptions options) throws IOException {
    OwnClasses.load();
    DataDirectory directory = DataDirectory.open(options.data());
    DataDirectory.Hold hold = directory.hold();
    try {
      RunFolder folder = directory.runFolder();
      // Before the ports are chosen: what a killed launcher left behind still has them.
      Supervisor.endLeftOvers(folder, Service.words());
      Ports ports = Ports.choose(directory.portsFile(), options.ports());
      Secrets secrets = directory.secrets();
      CityProvisioning city = null;
      if (options.services().contains(Service.SIMULATOR)) {
        city = new CityProvisioning(options.communities());
        city.prepare(secrets);
      }
      Blueprint blueprint = new Blueprint(options, directory, ports, secrets, city);
      Supervisor supervisor =
          new Supervisor(blueprint.specs(), folder, options.startLimit(), options.watcher());
      return new Stack(options, directory, hold, ports, secrets, supervisor);
    } catch (IOException | RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  /** Waits until everything is up. */
  public void awaitReady() throws StartFailedException, InterruptedException {
    try {
      supervisor.awaitReady();
    } catch (StartFailedException e) {
      failed = true;
      throw e;
    }
  }

  public Ports ports() {
    return ports;
  }

  public Secrets secrets() {
    return secrets;
  }

  public DataDirectory directory() {
    return directory;
  }

  /** As the clients' {@code bootstrap.servers} wants it. */
  public String kafkaBootstrap() {
    return ports.address(Endpoint.KAFKA);
  }

  /** As an MQTT client wants it, for example {@code tcp://127.0.0.1:1883}. */
  public String mqttUrl() {
    return "tcp://" + ports.address(Endpoint.MQTT);
  }

  /** Where the API and the console are, for example {@code http://127.0.0.1:8080}. */
  public String apiUrl() {
    return "http://" + ports.address(Endpoint.API);
  }

  /** The services as they are now, in their order. */
  public List<ServiceStatus> status() {
    return supervisor.status();
  }

  /** Stops all services, the last one started first. */
  @Override
  public void close() throws IOException {
    supervisor.close();
    hold.close();
    if (options.temporary() && !failed) {
      RunFolder.delete(directory.path());
    }
  }
}
