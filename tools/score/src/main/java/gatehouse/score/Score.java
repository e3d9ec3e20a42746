package gatehouse.score;

import gatehouse.labelled.CitySettings;
import gatehouse.launcher.Home;
import gatehouse.score.live.LiveReport;
import gatehouse.score.live.LiveTrial;
import gatehouse.score.real.RealData;
import gatehouse.score.report.HtmlPage;
import gatehouse.score.report.JsonFile;
import gatehouse.score.report.MistakeList;
import gatehouse.score.report.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./gatehouse score}: how good the models are on labelled cities. */
@Command(
    name = "./gatehouse score",
    description = {
      "Runs labelled cities through the models and says what they found, what they missed and what"
          + " they made up, beside the naive rule each has to beat.",
      "The same options give the same figures."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class Score implements Callable<Integer> {

  private static final LocalDate FROM = LocalDate.parse("2026-03-02");
  private static final long HISTORY_BYTES = 3L << 30;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--seeds",
      paramLabel = "A-B",
      defaultValue = "21-23",
      description = "cities to draw, e.g. 21-30 or 21,25 (default: ${DEFAULT-VALUE})")
  private String seeds = "";

  @Option(
      names = "--communities",
      paramLabel = "N",
      defaultValue = "4",
      description = "communities a city (default: ${DEFAULT-VALUE})")
  private int communities;

  @Option(
      names = "--days",
      paramLabel = "D",
      defaultValue = "42",
      description = "days a city, the warm-up included (default: ${DEFAULT-VALUE})")
  private int days;

  @Option(
      names = "--warm-up",
      paramLabel = "D",
      defaultValue = "21",
      description =
          "of them, days on which nothing is staged or scored (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(
      names = "--units",
      paramLabel = "N",
      defaultValue = "60",
      description = "median number of homes a community (default: ${DEFAULT-VALUE})")
  private int units;

  @Option(
      names = "--staged",
      paramLabel = "N",
      defaultValue = "0.7",
      description =
          "how often each scenario is staged in a community, a week (default: ${DEFAULT-VALUE})")
  private double staged;

  @Option(
      names = "--model",
      paramLabel = "ID",
      split = ",",
      description = "these models only, e.g. sos,duress; quicker (default: all)")
  private List<String> models = List.of();

  @Option(
      names = "--explain",
      description = "also list every label that was missed and every false alarm")
  private boolean explain;

  @Option(names = "--json", paramLabel = "OUT", description = "also write the figures to this file")
  private @Nullable Path json;

  @Option(names = "--html", paramLabel = "OUT", description = "also write a page with plots")
  private @Nullable Path html;

  @Option(
      names = "--live",
      description = {
        "instead of scoring: put one small city through a Kafka and a Flink job of its own, and say"
            + " for each model whether the alerts are those of the plain host that scores; exit code"
            + " 1 if not (usual here: --seeds 1 --communities 2 --days 4 --warm-up 1 --units 30"
            + " --staged 3)"
      })
  private boolean live;

  @Option(
      names = "--real",
      arity = "0..1",
      paramLabel = "DIR",
      fallbackValue = "",
      description = {
        "instead of scoring: run models over recorded data, which are not part of the project; DIR"
            + " has a folder for each: vast2009-mc1, calit2, nab, uci-adl-b, kasteren, smoke-iot"
            + " (usual: shared/data beside the checkout)"
      })
  private @Nullable Path real;

  private Score() {}

  /**
   * Exit codes: 0 done, 1 it did not work or the live job does not agree, 2 the command line is
   * wrong.
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Score());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof IOException && failure.getMessage() != null) {
            command.getErr().println("gatehouse: " + failure.getMessage());
          } else {
            failure.printStackTrace(command.getErr());
          }
          return CommandLine.ExitCode.SOFTWARE;
        });
    return line;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (String model : models) {
      if (!Trial.scored().contains(model)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "There is no model " + model + ". Maybe one of " + Trial.scored());
      }
    }
    if (live) {
      return live();
    }
    if (real != null) {
      return real(real);
    }
    List<Long> drawn = seeds();
    PrintWriter out = spec.commandLine().getOut();
    int workers =
        (int)
            Math.max(
                1,
                Math.min(
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.getRuntime().maxMemory() / HISTORY_BYTES));
    Scorecard card =
        new Scoring(this::city, drawn, chosen())
            .run(
                workers,
                (done, all) -> {
                  out.printf("  %d of %d districts lived through%n", done, all);
                  out.flush();
                });
    out.println();
    out.print(TextTable.of(card));
    if (explain) {
      out.println();
      out.print(MistakeList.of(card));
    }
    out.flush();
    if (json != null) {
      JsonFile.write(card, json);
    }
    if (html != null) {
      HtmlPage.write(card, html);
    }
    return CommandLine.ExitCode.OK;
  }

  /** One city in both hosts. */
  private int live() throws IOException, InterruptedException {
    communities = given("--communities") ? communities : 2;
    days = given("--days") ? days : 4;
    warmUp = given("--warm-up") ? warmUp : 1;
    units = given("--units") ? units : 30;
    staged = given("--staged") ? staged : 3;
    long seed = given("--seeds") ? seeds().get(0) : 1;
    PrintWriter out = spec.commandLine().getOut();
    LiveTrial.Outcome outcome =
        new LiveTrial(
                city(seed),
                line -> {
                  out.println(line);
                  out.flush();
                })
            .run();
    out.println();
    out.print(LiveReport.of(outcome, models));
    out.flush();
    return outcome.agrees() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private int real(Path asked) throws IOException {
    Path directory =
        asked.toString().isEmpty() ? Home.find().path().resolveSibling("shared/data") : asked;
    if (!Files.isDirectory(directory)) {
      throw new IOException(
          "There is no folder "
              + directory
              + ". Maybe --real DIR; docs/scorecard.md says what is in it.");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(RealData.table(directory));
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  /** In the catalogue's order. */
  private List<String> chosen() {
    return models.isEmpty()
        ? Trial.scored()
        : Trial.scored().stream().filter(models::contains).toList();
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private CitySettings city(long seed) {
    try {
      return new CitySettings(seed, communities, FROM, days, warmUp, units, staged);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<Long> seeds() {
    List<Long> drawn = new ArrayList<>();
    try {
      for (String part : seeds.split(",", -1)) {
        String[] ends = part.strip().split("-", 2);
        LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
            .forEach(drawn::add);
      }
    } catch (NumberFormatException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--seeds cannot be " + seeds + ". Maybe 21-30 or 21,25", e);
    }
    if (drawn.isEmpty()) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--seeds names no seed");
    }
    return drawn;
  }
}
