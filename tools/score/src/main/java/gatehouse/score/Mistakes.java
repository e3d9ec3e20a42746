package gatehouse.score;

import gatehouse.labelled.scenario.Label;
import gatehouse.score.Judge.Verdict;
import gatehouse.score.Trial.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model got wrong, one by one.
 *
 * @param model its id
 * @param missed labels it should have found
 * @param falseAlarms what it found that was not there
 */
public record Mistakes(String model, List<Missed> missed, List<FalseAlarm> falseAlarms) {

  /**
   * A label that was missed.
   *
   * @param seed of the city
   * @param label what was staged
   */
  public record Missed(long seed, Label label) {}

  /**
   * A false alarm.
   *
   * @param seed of the city
   * @param detection what was found
   * @param decoy id of the decoy it fell for; null: none
   */
  public record FalseAlarm(long seed, Detection detection, @Nullable String decoy) {}

  /** The mistakes in these units of one model. */
  static Mistakes of(String model, List<Unit> units) {
    List<Missed> missed = new ArrayList<>();
    List<FalseAlarm> falseAlarms = new ArrayList<>();
    for (Unit unit : units) {
      Verdict verdict = unit.verdict();
      verdict.outcomes().stream()
          .filter(outcome -> outcome.found() == null)
          .forEach(outcome -> missed.add(new Missed(unit.seed(), outcome.label())));
      for (Detection alarm : verdict.falseAlarms()) {
        String decoy =
            verdict.decoys().stream()
                .filter(label -> Judge.fits(alarm, label))
                .map(Label::id)
                .findFirst()
                .orElse(null);
        falseAlarms.add(new FalseAlarm(unit.seed(), alarm, decoy));
      }
    }
    return new Mistakes(model, List.copyOf(missed), List.copyOf(falseAlarms));
  }
}
