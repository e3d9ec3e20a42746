package gatehouse.launcher.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Stands in the help; the script itself does the work, for it needs no launcher. */
@Command(
    name = "test",
    header = "Pass all tests, setting up what they need.",
    description = {
      "Looks for Chromium and fonts, installs them where that is possible (Debian, root), and runs"
          + " mvn verify with the arguments given here."
    },
    footer = {
      "",
      "Examples:",
      "  ./gatehouse test",
      "  ./gatehouse test -pl models -Dtest=AntiPassbackTest"
    })
final class TestCommand implements Runnable {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public void run() {
    throw new IllegalStateException(
        "The launcher does not run tests. Maybe ./gatehouse test " + String.join(" ", arguments));
  }
}
