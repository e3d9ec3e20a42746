package gatehouse.launcher.command;

import gatehouse.launcher.Service;
import gatehouse.launcher.data.DataDirectory;
import gatehouse.launcher.process.Supervisor;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops what runs in the background. */
@Command(
    name = "down",
    header = "Stop what ./gatehouse up --detach left running.",
    description =
        "Stops all services in reverse order. Also ends services that a killed launcher left"
            + " behind. What is stored stays; the next up goes on from there.")
final class DownCommand implements Callable<Integer> {
  private static final long LIMIT_SECONDS = 120;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    DataDirectory directory = data.existing();
    Optional<ProcessHandle> launcher = directory.launcher();
    if (launcher.isPresent()) {
      out.println("Stopping (process " + launcher.get().pid() + ")");
      out.flush();
      launcher.get().destroy();
      try {
        launcher.get().onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException e) {
        throw new IOException(
            "It did not stop within "
                + LIMIT_SECONDS
                + " s. Maybe its log says why: "
                + directory.runFolder().log("launcher"),
            e);
      }
      out.println("All stopped. What is stored stays in " + directory.path());
      return 0;
    }
    Supervisor.endLeftOvers(directory.runFolder(), Service.words());
    out.println("Nothing is running on " + directory.path());
    return 0;
  }
}
