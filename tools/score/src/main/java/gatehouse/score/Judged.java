package gatehouse.score;

import gatehouse.score.Trial.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * An alert that was judged.
 *
 * @param score 0..1
 * @param right whether it found something that was staged
 */
record Judged(double score, boolean right) {

  /** All alerts of these units but those that are neither right nor wrong. */
  static List<Judged> of(List<Unit> units) {
    List<Judged> judged = new ArrayList<>();
    for (Unit unit : units) {
      unit.verdict().right().forEach(one -> judged.add(new Judged(one.score(), true)));
      unit.verdict().falseAlarms().forEach(one -> judged.add(new Judged(one.score(), false)));
    }
    return judged;
  }
}
