package gatehouse.launcher;

import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.data.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The API's program that checks the audit log, on the database of a Gatehouse that is running. */
public final class AuditProgram {
  private static final String MAIN = "gatehouse.api.audit.VerifyMain";

  private AuditProgram() {}

  /**
   * Runs it; what it says goes where this process's output goes.
   *
   * @return its exit code: 0 if the log is whole
   * @throws IOException if it cannot be started
   */
  public static int run(Home home, DataDirectory directory)
      throws IOException, InterruptedException {
    Ports ports = Ports.read(directory.portsFile());
    ProcessBuilder program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                home.classPath(Service.API.module()),
                MAIN)
            .inheritIO();
    Map<String, String> environment = program.environment();
    environment.keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    environment.putAll(Blueprint.databaseOwner(ports, directory.secrets()));
    return program.start().waitFor();
  }
}
