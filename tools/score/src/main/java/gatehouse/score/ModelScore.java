package gatehouse.score;

import gatehouse.labelled.scenario.Difficulty;
import gatehouse.score.Judge.Outcome;
import gatehouse.score.Trial.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How good one model is, or the naive rule beside it.
 *
 * @param model its id
 * @param recall by difficulty, of all its alerts
 * @param recallAtBudget by difficulty, of the alerts whose score keeps the false alarms within the
 *     budget
 * @param falseAlarms per community and day
 * @param precision share of its alerts that were right; NaN: it raised none
 * @param delayMedian from when it could be found until it was; null: nothing was found
 * @param delayNinety the same, nine of ten were found sooner
 * @param duplicates further alerts a label found
 * @param alerts per community and day, right or wrong
 * @param flagged flagged-time fraction: the time in which at least one of its alerts is open in a
 *     community, over all time of all communities. Without it, recall can be had by long episodes
 * @param calibration of its scores
 * @param deceived share of decoys it fell for; NaN: there were none
 * @param communityDays over how many communities and days
 */
public record ModelScore(
    String model,
    Map<Difficulty, Rate> recall,
    Map<Difficulty, Rate> recallAtBudget,
    Interval falseAlarms,
    double precision,
    @Nullable Duration delayMedian,
    @Nullable Duration delayNinety,
    double duplicates,
    double alerts,
    double flagged,
    Calibration calibration,
    double deceived,
    long communityDays) {

  /** A share of so many, with its 95 % interval. */
  public record Rate(int found, int of, Interval interval) {

    /** NaN if there was nothing to find. */
    public double share() {
      return of == 0 ? Double.NaN : (double) found / of;
    }
  }

  /** A value with its 95 % interval, by bootstrap over communities and seeds. */
  public record Interval(double value, double low, double high) {}

  /** The score of these units of one model. */
  static ModelScore of(String model, List<Unit> units) {
    long days = units.stream().mapToLong(Unit::days).sum();
    double threshold = threshold(model, units, days);
    Map<Difficulty, Rate> recall = new EnumMap<>(Difficulty.class);
    Map<Difficulty, Rate> atBudget = new EnumMap<>(Difficulty.class);
    for (Difficulty difficulty : Difficulty.values()) {
      recall.put(difficulty, rate(units, difficulty, 0));
      atBudget.put(difficulty, rate(units, difficulty, threshold));
    }
    int found = 0;
    int falseAlarms = 0;
    int duplicates = 0;
    int decoys = 0;
    int deceived = 0;
    List<Duration> delays = new ArrayList<>();
    for (Unit unit : units) {
      for (Outcome outcome : unit.verdict().outcomes()) {
        if (outcome.found() != null) {
          found++;
          delays.add(Objects.requireNonNull(outcome.delay()));
        }
      }
      falseAlarms += unit.verdict().falseAlarms().size();
      duplicates += unit.verdict().duplicates();
      decoys += unit.verdict().decoys().size();
      deceived += unit.verdict().deceived();
    }
    delays.sort(Comparator.naturalOrder());
    double alerts = units.stream().mapToInt(Unit::alerts).sum();
    double open = units.stream().mapToDouble(unit -> (double) unit.flagged().toSeconds()).sum();
    return new ModelScore(
        model,
        recall,
        atBudget,
        Bootstrap.ratio(
            units, unit -> unit.verdict().falseAlarms().size(), unit -> (double) unit.days()),
        found + falseAlarms == 0 ? Double.NaN : (double) found / (found + falseAlarms),
        quantile(delays, 0.5),
        quantile(delays, 0.9),
        found == 0 ? 0 : (double) duplicates / found,
        days == 0 ? 0 : alerts / days,
        days == 0 ? 0 : open / (days * 86_400.0),
        Calibration.of(Judged.of(units)),
        decoys == 0 ? Double.NaN : (double) deceived / decoys,
        days);
  }

  /** The least score that keeps false alarms within the model's budget; 0 if all may stay. */
  private static double threshold(String model, List<Unit> units, long days) {
    Targets.Target target = Targets.of(model);
    if (target == null) {
      return 0;
    }
    List<Double> scores =
        new ArrayList<>(
            units.stream()
                .flatMap(unit -> unit.verdict().falseAlarms().stream())
                .map(Detection::score)
                .sorted(Comparator.reverseOrder())
                .toList());
    int allowed = (int) Math.floor(target.falseAlarms() * days);
    return scores.size() <= allowed ? 0 : Math.nextUp(scores.get(allowed));
  }

  private static Rate rate(List<Unit> units, Difficulty difficulty, double threshold) {
    int found = 0;
    int of = 0;
    for (Unit unit : units) {
      of += staged(unit, difficulty);
      found += found(unit, difficulty, threshold);
    }
    return new Rate(
        found,
        of,
        Bootstrap.ratio(
            units,
            unit -> found(unit, difficulty, threshold),
            unit -> (double) staged(unit, difficulty)));
  }

  private static int staged(Unit unit, Difficulty difficulty) {
    return (int)
        unit.verdict().outcomes().stream()
            .filter(outcome -> outcome.label().difficulty() == difficulty)
            .count();
  }

  private static int found(Unit unit, Difficulty difficulty, double threshold) {
    return (int)
        unit.verdict().outcomes().stream()
            .filter(outcome -> outcome.label().difficulty() == difficulty)
            .filter(outcome -> outcome.found() != null && outcome.score() >= threshold)
            .count();
  }

  private static @Nullable Duration quantile(List<Duration> sorted, double share) {
    return sorted.isEmpty()
        ? null
        : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
  }

  /** Whether anything was staged for it. */
  public boolean tried() {
    return recall.values().stream().anyMatch(rate -> rate.of() > 0);
  }

  /** Whether the recall targets are reached at the budget; empty difficulties count as reached. */
  public boolean reaches(Targets.Target target) {
    return reaches(Difficulty.EASY, target.easy())
        && reaches(Difficulty.MEDIUM, target.medium())
        && reaches(Difficulty.HARD, target.hard());
  }

  private boolean reaches(Difficulty difficulty, double wanted) {
    Rate rate = Objects.requireNonNull(recallAtBudget.get(difficulty));
    return rate.of() == 0 || rate.share() >= wanted - 1e-9;
  }
}
