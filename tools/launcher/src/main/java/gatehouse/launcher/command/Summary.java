package gatehouse.launcher.command;

import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.data.DemoAccount;
import gatehouse.launcher.data.Endpoint;
import gatehouse.launcher.data.Ports;
import java.io.IOException;
import java.io.PrintWriter;

/** What somebody needs to know to begin: where the console is, and who to be there. */
final class Summary {
  private final DataDirectory directory;

  Summary(DataDirectory directory) {
    this.directory = directory;
  }

  void print(PrintWriter out, String end) throws IOException {
    Ports ports = Ports.read(directory.portsFile());
    out.println();
    out.printf("  Console    http://%s/%n", ports.address(Endpoint.API));
    String label = "Accounts";
    for (DemoAccount account : directory.secrets().demoAccounts()) {
      out.printf("  %-10s %-10s %s%n", label, account.username(), account.password());
      label = "";
    }
    out.printf(
        "  MQTT       tcp://%s   devices and passwords: %s%n",
        ports.address(Endpoint.MQTT), directory.secrets().devicePasswords());
    out.printf("  Logs       %s%n", directory.runFolder().logs());
    out.printf("  Stop       %s%n", end);
    out.println();
  }
}
