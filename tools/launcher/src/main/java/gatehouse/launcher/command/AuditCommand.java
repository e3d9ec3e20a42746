package gatehouse.launcher.command;

import gatehouse.launcher.AuditProgram;
import gatehouse.launcher.Home;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks after the audit log. */
@Command(
    name = "audit",
    header = "Check that nobody has changed the audit log.",
    synopsisSubcommandLabel = "verify",
    footer = {"", "Examples:", "  ./gatehouse audit verify"})
final class AuditCommand {
  @Command(
      name = "verify",
      header = "Check every entry of the audit log and every daily anchor.",
      description = {
        "Says how many entries and chains there are, and which is the first that does not fit. Exit"
            + " code 0 if the log is whole, 1 if not, 78 if the database cannot be read."
      })
  int verify(@Mixin DataOption data) throws IOException, InterruptedException {
    return AuditProgram.run(Home.find(), data.running());
  }
}
