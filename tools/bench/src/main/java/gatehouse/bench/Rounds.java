package gatehouse.bench;

import java.util.ArrayList;
import java.util.List;

/** Lets two sides take turns, so that whatever the machine does meanwhile hits both. */
final class Rounds {

  /** One round of one side. */
  interface Side {
    Sample run() throws Exception;
  }

  private final Steps steps;

  Rounds(Steps steps) {
    this.steps = steps;
  }

  /** A warm-up round of both, then {@code pairs} that count. */
  List<Comparison.Round> take(int pairs, Side baseline, Side ours) throws Exception {
    List<Comparison.Round> rounds = new ArrayList<>();
    for (int i = 0; i <= pairs; i++) {
      String round = i == 0 ? "warm-up" : "round " + i + " of " + pairs;
      steps.now(round + ", baseline");
      Sample theirs = baseline.run();
      steps.now(round + ", ours");
      rounds.add(new Comparison.Round(i == 0, theirs, ours.run()));
    }
    return rounds;
  }
}
