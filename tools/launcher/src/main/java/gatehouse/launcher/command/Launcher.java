package gatehouse.launcher.command;

import gatehouse.launcher.process.StartFailedException;
import gatehouse.replay.ReplayCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./gatehouse}: all of Gatehouse from one command line. */
@Command(
    name = "./gatehouse",
    description = "The open smart-community security event processor, on one machine.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      PlayCommand.class,
      CityCommand.class,
      DoctorCommand.class,
      DeadLettersCommand.class,
      AuditCommand.class,
      TestCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Launcher {
  private static final int WIDTH = 100;

  private Launcher() {}

  /** Exit codes: 0 done, 1 it did not work, 2 the command line is wrong. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Launcher());
    line.addSubcommand(new ReplayCommand(new ReplayPipelines(line::getErr)));
    setUp(line);
    line.setParameterExceptionHandler((failure, arguments) -> complain(failure));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          PrintWriter err = command.getErr();
          if (isForPeople(failure)) {
            err.println("gatehouse: " + failure.getMessage());
          } else {
            failure.printStackTrace(err);
          }
          err.flush();
          return CommandLine.ExitCode.SOFTWARE;
        });
    return line;
  }

  private static int complain(CommandLine.ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    if (command.getParent() == null
        && failure instanceof CommandLine.UnmatchedArgumentException e) {
      err.println("gatehouse: there is no command " + e.getUnmatched().get(0));
      err.println("  Maybe ./gatehouse help shows what is meant.");
    } else {
      err.println("gatehouse: " + failure.getMessage());
      err.println(
          "  Maybe " + command.getCommandSpec().qualifiedName() + " --help shows what is meant.");
    }
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static void setUp(CommandLine line) {
    line.getCommandSpec()
        .addMixin("help", CommandLine.Model.CommandSpec.forAnnotatedObject(new HelpOption()));
    line.setUsageHelpWidth(WIDTH);
    CommandLine.Model.UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.abbreviateSynopsis(true);
    usage.synopsisHeading("%n  ");
    usage.descriptionHeading("%n");
    usage.optionListHeading("%n");
    usage.parameterListHeading("%n");
    usage.sortOptions(false);
    usage.footer(withEnd(usage.footer()));
    line.getSubcommands().values().stream()
        .filter(command -> !(command.getCommand() instanceof CommandLine.HelpCommand))
        .forEach(Launcher::setUp);
  }

  /** The last line of a footer gets no line end otherwise. */
  private static String[] withEnd(String[] footer) {
    return footer.length == 0
        ? footer
        : Stream.concat(Arrays.stream(footer), Stream.of("")).toArray(String[]::new);
  }

  /** Whether the message says it all; anything else is a defect of ours and shown in full. */
  private static boolean isForPeople(Exception failure) {
    return failure.getMessage() != null
        && (failure instanceof IOException
            || failure instanceof StartFailedException
            || failure instanceof IllegalStateException);
  }
}
