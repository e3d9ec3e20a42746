package gatehouse.replay;

import gatehouse.alert.Alert;
import gatehouse.analysis.ModelCard;
import gatehouse.model.ModelCatalogue;
import gatehouse.replay.yaml.DocumentException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays a log through a pipeline of its own and prints the alerts. */
@Command(
    name = "replay",
    description = "Replay any building's or gate's log through the whole pipeline.",
    footer = {
      "",
      "docs/replay.md describes both files, with full examples.",
      "Exit codes: 0 done, 1 the pipeline failed or did not come to the end,",
      "2 an option or a file is wrong, 3 no row of the log is usable."
    })
public final class ReplayCommand implements Callable<Integer> {

  /** The replay is done; its alerts, if any, are printed. */
  public static final int DONE = 0;

  /** The pipeline failed, lost events or did not come to the end of the log. */
  public static final int FAILED = 1;

  /** An option, the mapping, the site file or the log cannot be used. */
  public static final int WRONG = 2;

  /** No row of the log is usable. */
  public static final int NO_ROWS = 3;

  private final PipelineStarter starter;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--events",
      required = true,
      paramLabel = "LOG.csv[.gz]",
      description = "The log; - is the standard input.")
  private String events = "";

  @Option(
      names = "--mapping",
      required = true,
      paramLabel = "MAP.yaml",
      description = "What the log's columns mean.")
  private Path mapping = Path.of("");

  @Option(
      names = "--site",
      paramLabel = "SITE.yaml",
      description = "What is known of places, areas, ways, rules and facts.")
  private @Nullable Path site;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Leave out events before it, e.g. 2026-01-31 or 2026-01-31T08:00.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Leave out events from it on.")
  private @Nullable String to;

  @Option(
      names = "--speed",
      defaultValue = "max",
      paramLabel = "max|N",
      description = "As fast as possible (the default), or N times real time.")
  private String speed = "max";

  @Option(
      names = "--json",
      paramLabel = "OUT",
      description = "Also write the result as JSON; - is the standard output.")
  private @Nullable String json;

  @Option(
      names = "--language",
      defaultValue = "en",
      paramLabel = "en|zh",
      description = "Language of the alerts' texts.")
  private String language = "en";

  @Option(
      names = "--learned",
      description = {
        "Also show what models say that learn what is usual and compare with it (flow-anomaly).",
        "Without it only what breaks a rule or cannot be is shown."
      })
  private boolean learned;

  @Option(names = "--check", description = "Only read the files and say what would be replayed.")
  private boolean check;

  /** A command that plays into the pipelines of this starter. */
  public ReplayCommand(PipelineStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = line().getErr();
    ReplayPlan plan;
    double pace;
    try {
      pace = pace(speed);
      plan = ReplayPlan.read(new ReplayPlan.Order(events, mapping, site, from, to, pace));
    } catch (DocumentException | IllegalArgumentException e) {
      return wrong(err, String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      return wrong(err, "There is no file " + e.getMessage() + ".");
    } catch (IOException e) {
      return wrong(err, "The log cannot be read: " + e.getMessage());
    }
    plan.describe().forEach(err::println);
    err.flush();
    if (plan.log().events().isEmpty()) {
      Report.printBadRows(err, plan.log());
      err.println("No row of the log is usable.");
      err.flush();
      return NO_ROWS;
    }
    if (check) {
      Report.printBadRows(err, plan.log());
      err.flush();
      return DONE;
    }
    return replay(plan, pace);
  }

  private Integer replay(ReplayPlan plan, double pace) throws Exception {
    boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    ProgressLine progress = new ProgressLine(System.err, terminal, plan.zone());
    Outcome outcome;
    try (Pipeline pipeline = starter.start(plan)) {
      outcome = new Run(plan, pipeline, pace, progress).play();
    }
    Outcome shown = learned ? outcome : outcome.only(alert -> !isLearned(alert));
    Report report = new Report(plan, shown, Locale.forLanguageTag(language));
    if ("-".equals(json)) {
      report.writeJson(System.out);
    } else {
      report.printAlerts(line().getOut());
      if (json != null) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(json)))) {
          report.writeJson(out);
        }
      }
    }
    report.printSummary(line().getErr());
    int left = outcome.alerts().size() - shown.alerts().size();
    if (left > 0) {
      line()
          .getErr()
          .printf("%d more say that something was unusual; --learned shows them.%n", left);
      line().getErr().flush();
    }
    return outcome.balanced() && outcome.drained() ? DONE : FAILED;
  }

  private static boolean isLearned(Alert alert) {
    return ModelCatalogue.find(alert.model())
        .filter(entry -> entry.card().lateData() == ModelCard.LateData.LEARNED)
        .isPresent();
  }

  private static double pace(String speed) {
    if (speed.equals("max")) {
      return 0;
    }
    try {
      double pace = Double.parseDouble(speed);
      if (pace > 0 && Double.isFinite(pace)) {
        return pace;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--speed cannot be '" + speed + "'. Maybe max, or 60.", e);
    }
    throw new IllegalArgumentException("--speed must be more than 0. Maybe max, or 60.");
  }

  private CommandLine line() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the command's specification");
    }
    return spec.commandLine();
  }

  private static int wrong(PrintWriter err, String message) {
    err.println(message);
    err.flush();
    return WRONG;
  }
}
