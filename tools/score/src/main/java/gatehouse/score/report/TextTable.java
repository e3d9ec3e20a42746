package gatehouse.score.report;

import gatehouse.labelled.scenario.Difficulty;
import gatehouse.model.ModelCatalogue;
import gatehouse.score.ModelScore;
import gatehouse.score.ModelScore.Rate;
import gatehouse.score.Overall;
import gatehouse.score.Scorecard;
import gatehouse.score.Targets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The scorecard as a table for a terminal, in Markdown so that it can be kept. */
public final class TextTable {

  private TextTable() {}

  /** The table. */
  public static String of(Scorecard card) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        | model | recall easy / medium / hard | at its budget | target | false alarms (95 %) | budget | precision | delay median, p90 | twice | decoys | alerts | flagged | ECE | naive: recall, false alarms |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        """);
    for (ModelScore score : card.models()) {
      text.append(row(score, naive(card, score.model()), Targets.of(score.model())));
    }
    text.append(overall(card));
    text.append(
        String.format(
            Locale.ROOT,
            "%nSeeds %s, %d communities, %d days of which %d warm-up; %,d facts in %d s."
                + " False alarms and alerts are per community and day.%n",
            card.seeds(),
            card.settings().communities(),
            card.settings().days(),
            card.settings().warmUpDays(),
            card.facts(),
            card.took().toSeconds()));
    return text.toString();
  }

  private static String overall(Scorecard card) {
    Overall overall = card.overall();
    return String.format(
        Locale.ROOT,
        "%n%d models: macro recall at budget %s (easy %s, medium %s, hard %s); precision of the 20"
            + " alerts of highest score %s, of the first 100 %s; ECE %s.%n",
        card.models().size(),
        share(overall.macroRecall()),
        share(by(overall, Difficulty.EASY)),
        share(by(overall, Difficulty.MEDIUM)),
        share(by(overall, Difficulty.HARD)),
        share(overall.precisionAt20()),
        share(overall.precisionAt100()),
        share(overall.calibration().error()));
  }

  private static double by(Overall overall, Difficulty difficulty) {
    return Objects.requireNonNull(overall.macroRecallBy().get(difficulty));
  }

  private static @Nullable ModelScore naive(Scorecard card, String model) {
    return card.naive().stream()
        .filter(score -> score.model().equals(model))
        .findFirst()
        .orElse(null);
  }

  private static String row(
      ModelScore score, @Nullable ModelScore naive, Targets.@Nullable Target target) {
    String mark = target == null || !score.tried() ? "" : score.reaches(target) ? " ✓" : " ✗";
    return String.format(
        Locale.ROOT,
        "| %s%s | %s | %s | %s | %s (%s-%s) | %s | %s | %s, %s | %s | %s | %s | %s | %s | %s |%n",
        score.model(),
        mark,
        shares(score.recall()),
        shares(score.recallAtBudget()),
        target == null
            ? "-"
            : share(target.easy()) + " / " + share(target.medium()) + " / " + share(target.hard()),
        rate(score.falseAlarms().value()),
        rate(score.falseAlarms().low()),
        rate(score.falseAlarms().high()),
        target == null ? "-" : rate(target.falseAlarms()),
        share(score.precision()),
        time(score.delayMedian()),
        time(score.delayNinety()),
        share(score.duplicates()),
        share(score.deceived()),
        rate(score.alerts()),
        flagged(score),
        share(score.calibration().error()),
        naive == null ? "-" : shares(naive.recall()) + ", " + rate(naive.falseAlarms().value()));
  }

  private static String shares(java.util.Map<Difficulty, Rate> rates) {
    StringBuilder text = new StringBuilder();
    for (Difficulty difficulty : Difficulty.values()) {
      Rate rate = Objects.requireNonNull(rates.get(difficulty));
      text.append(text.isEmpty() ? "" : " / ")
          .append(rate.of() == 0 ? "-" : share(rate.share()) + " of " + rate.of());
    }
    return text.toString();
  }

  /** Only of models whose alerts last until what they are about is over. */
  static String flagged(ModelScore score) {
    return ModelCatalogue.find(score.model())
        .filter(entry -> entry.episodes().quiet() == null)
        .map(entry -> String.format(Locale.ROOT, "%.2f %%", 100 * score.flagged()))
        .orElse("-");
  }

  static String share(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }

  static String rate(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  static String time(@Nullable Duration duration) {
    if (duration == null) {
      return "-";
    }
    long seconds = duration.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200
        ? seconds / 60 + " min"
        : seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }
}
