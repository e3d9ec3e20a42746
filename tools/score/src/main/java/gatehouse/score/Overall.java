package gatehouse.score;

import gatehouse.labelled.scenario.Difficulty;
import gatehouse.score.ModelScore.Rate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How good all models are together.
 *
 * @param macroRecall the mean over models of recall at the model's budget, all difficulties of a
 *     model together: <i>1/|M| &Sigma;<sub>m</sub> found<sub>m</sub>/staged<sub>m</sub></i>, so
 *     that each model counts the same; models of which nothing was staged are left out
 * @param macroRecallBy the same by difficulty
 * @param precisionAt20 share of right ones among the 20 alerts of highest score, over all models
 * @param precisionAt100 among the first 100
 * @param calibration of the scores of all models' alerts
 */
public record Overall(
    double macroRecall,
    Map<Difficulty, Double> macroRecallBy,
    double precisionAt20,
    double precisionAt100,
    Calibration calibration) {

  /** What follows from the models' scores and all their alerts. */
  static Overall of(List<ModelScore> models, List<Judged> alerts) {
    Map<Difficulty, Double> by = new EnumMap<>(Difficulty.class);
    for (Difficulty difficulty : Difficulty.values()) {
      by.put(
          difficulty,
          mean(
              models.stream()
                  .map(model -> Objects.requireNonNull(model.recallAtBudget().get(difficulty)))
                  .toList()));
    }
    return new Overall(
        mean(models.stream().map(Overall::pooled).toList()),
        by,
        precisionAt(20, alerts),
        precisionAt(100, alerts),
        Calibration.of(alerts));
  }

  private static Rate pooled(ModelScore model) {
    int found = 0;
    int of = 0;
    for (Rate rate : model.recallAtBudget().values()) {
      found += rate.found();
      of += rate.of();
    }
    return new Rate(found, of, new ModelScore.Interval(Double.NaN, Double.NaN, Double.NaN));
  }

  private static double mean(List<Rate> rates) {
    return rates.stream()
        .filter(rate -> rate.of() > 0)
        .mapToDouble(Rate::share)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Precision at k. Where the k-th place falls among alerts of equal score, their order is by
   * chance, so the expected value over all orders is taken (McSherry, Najork, ECIR 2008). Of fewer
   * than k alerts, all are looked at.
   *
   * @return NaN if there are no alerts
   */
  static double precisionAt(int k, List<Judged> alerts) {
    List<Judged> sorted =
        alerts.stream().sorted(Comparator.comparingDouble(Judged::score).reversed()).toList();
    int looked = Math.min(k, sorted.size());
    if (looked == 0) {
      return Double.NaN;
    }
    double last = sorted.get(looked - 1).score();
    List<Judged> above = sorted.stream().filter(alert -> alert.score() > last).toList();
    List<Judged> tied = sorted.stream().filter(alert -> alert.score() == last).toList();
    double right = right(above) + (looked - above.size()) * right(tied) / tied.size();
    return right / looked;
  }

  private static double right(List<Judged> alerts) {
    return alerts.stream().filter(Judged::right).count();
  }
}
