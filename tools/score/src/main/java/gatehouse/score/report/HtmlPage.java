package gatehouse.score.report;

import gatehouse.labelled.scenario.Difficulty;
import gatehouse.score.ModelScore;
import gatehouse.score.Overall;
import gatehouse.score.Scorecard;
import gatehouse.score.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The scorecard as one page with plots and nothing to load. */
public final class HtmlPage {

  private static final int WIDTH = 220;

  private HtmlPage() {}

  /** Writes it to a file. */
  public static void write(Scorecard card, Path file) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (ModelScore score : card.models()) {
      rows.append(row(card, score));
    }
    Overall overall = card.overall();
    Files.writeString(
        file,
        PAGE.formatted(
            card.seeds(),
            card.settings().communities(),
            TextTable.share(overall.macroRecall()),
            TextTable.share(overall.precisionAt20()),
            TextTable.share(overall.precisionAt100()),
            TextTable.share(overall.calibration().error()),
            ReliabilityDiagram.of(overall.calibration(), 180),
            rows));
  }

  private static String row(Scorecard card, ModelScore score) {
    Targets.Target target = Targets.of(score.model());
    ModelScore naive =
        card.naive().stream()
            .filter(one -> one.model().equals(score.model()))
            .findFirst()
            .orElse(null);
    return String.format(
        Locale.ROOT,
        "<tr class=\"%s\"><th>%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>%n",
        target != null && score.reaches(target) ? "good" : "short",
        score.model(),
        recall(score, naive, target),
        alarms(score, naive, target),
        TextTable.share(score.precision()),
        TextTable.time(score.delayMedian()),
        TextTable.rate(score.alerts()),
        TextTable.flagged(score),
        ReliabilityDiagram.of(score.calibration(), 44)
            + TextTable.share(score.calibration().error()),
        target == null ? "" : target.beat());
  }

  private static String recall(
      ModelScore score, @Nullable ModelScore naive, Targets.@Nullable Target target) {
    StringBuilder plot = new StringBuilder("<svg width=\"" + WIDTH + "\" height=\"44\">");
    int line = 0;
    for (Difficulty difficulty : Difficulty.values()) {
      double y = 4 + 14 * line++;
      ModelScore.Rate rate = Objects.requireNonNull(score.recallAtBudget().get(difficulty));
      if (rate.of() > 0) {
        plot.append(bar(y, rate.share() * WIDTH, "own"));
        plot.append(span(y + 4, rate.interval().low() * WIDTH, rate.interval().high() * WIDTH));
      }
      if (naive != null) {
        plot.append(
            bar(
                y + 8,
                nothing(Objects.requireNonNull(naive.recall().get(difficulty)).share()) * WIDTH,
                "naive"));
      }
      if (target != null) {
        double wanted =
            switch (difficulty) {
              case EASY -> target.easy();
              case MEDIUM -> target.medium();
              case HARD -> target.hard();
            };
        plot.append(mark(y, wanted * WIDTH));
      }
    }
    return plot.append("</svg>").toString();
  }

  /** On a logarithmic scale from 0.0001 to 10 a community and day. */
  private static String alarms(
      ModelScore score, @Nullable ModelScore naive, Targets.@Nullable Target target) {
    StringBuilder plot = new StringBuilder("<svg width=\"" + WIDTH + "\" height=\"22\">");
    plot.append(bar(2, log(score.falseAlarms().value()), "own"));
    if (naive != null) {
      plot.append(bar(12, log(naive.falseAlarms().value()), "naive"));
    }
    if (target != null) {
      plot.append(mark(2, log(target.falseAlarms())));
    }
    return plot.append("</svg>").append(TextTable.rate(score.falseAlarms().value())).toString();
  }

  private static double log(double rate) {
    return WIDTH * Math.max(0, Math.min(1, (Math.log10(Math.max(rate, 1e-5)) + 4) / 5));
  }

  private static double nothing(double share) {
    return Double.isNaN(share) ? 0 : share;
  }

  private static String bar(double y, double length, String kind) {
    return String.format(
        Locale.ROOT,
        "<rect class=\"%s\" x=\"0\" y=\"%.0f\" width=\"%.1f\" height=\"%d\"/>",
        kind,
        y,
        length,
        kind.equals("own") ? 7 : 3);
  }

  private static String span(double y, double from, double to) {
    return String.format(
        Locale.ROOT,
        "<line class=\"span\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        nothing(from),
        y,
        nothing(to),
        y);
  }

  private static String mark(double y, double x) {
    return String.format(
        Locale.ROOT,
        "<line class=\"target\" x1=\"%.1f\" y1=\"%.0f\" x2=\"%.1f\" y2=\"%.0f\"/>",
        x,
        y - 2,
        x,
        y + 11);
  }

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>Gatehouse scorecard</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; color: #1d2733; }
      svg { overflow: visible; }
      table { border-collapse: collapse; width: 100%%; }
      th, td { text-align: left; padding: .35rem .7rem; border-bottom: 1px solid #dfe5ec; }
      thead th { font-weight: 600; color: #5a6878; }
      tr.short th { color: #b3261e; } tr.good th { color: #0b5d3b; }
      .diagonal { stroke: #a9b6c4; } .frame { fill: none; stroke: #dfe5ec; }
      .own { fill: #0b5d9c; } .naive { fill: #a9b6c4; } .span { stroke: #1d2733; } .target { stroke: #d97706; stroke-width: 2; }
      </style></head><body>
      <h1>Gatehouse scorecard</h1>
      <p>Seeds %s, %d communities a city. Blue: the model, recall at its false-alarm budget (easy, medium, hard) with its 95 %% interval;
      grey: the naive rule beside it; orange: the target. False alarms per community and day, on a logarithmic scale from 0.0001 to 10.</p>
      <p>All models of this page: macro recall at budget %s; precision of the 20 alerts of highest score %s, of the first 100 %s; expected calibration error %s.
      Reliability diagrams: mean score (right) against the share of right alerts (up); the larger the dot, the more alerts.</p>
      %s
      <table><thead><tr><th>model</th><th>recall</th><th>false alarms</th><th>precision</th><th>median delay</th><th>alerts per community and day</th><th>time flagged</th><th>reliability, ECE</th><th>naive rule</th></tr></thead>
      <tbody>
      %s</tbody></table></body></html>
      """;
}
