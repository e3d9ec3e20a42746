package gatehouse.launcher.command;

import gatehouse.launcher.data.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at the machine and at what runs on it. */
@Command(
    name = "doctor",
    header = "Check this machine and the running Gatehouse.",
    description = {
      "Looks at versions, memory, disk, file limit and ports; and if Gatehouse runs, at its services,"
          + " how far its readers are behind, how far event time has come, and whether the intake's"
          + " counters balance.",
      "",
      "ok is good, look is worth a look, BAD must be mended. Exit code 1 if anything is BAD."
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<Check> checks = new ArrayList<>(new MachineChecks(data.path()).all());
    out.println("This machine");
    checks.forEach(check -> out.println(check.line()));
    out.println();
    out.flush();
    if (DataDirectory.exists(data.path())
        && DataDirectory.open(data.path()).launcher().isPresent()) {
      DataDirectory directory = DataDirectory.open(data.path());
      List<Check> running = new StackChecks(directory).all();
      out.println("Gatehouse on " + directory.path());
      running.forEach(check -> out.println(check.line()));
      checks.addAll(running);
    } else {
      out.println("Gatehouse is not running on " + data.path().toAbsolutePath().normalize());
    }
    out.flush();
    return checks.stream().anyMatch(check -> check.level() == Check.Level.BAD) ? 1 : 0;
  }
}
