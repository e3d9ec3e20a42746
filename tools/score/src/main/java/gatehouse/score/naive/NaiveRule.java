package gatehouse.score.naive;

import gatehouse.fact.Fact;
import gatehouse.score.Detection;
import java.util.List;

/** A rule that somebody would write first. It sees the facts in order of time. */
public interface NaiveRule {

  /** Id of the model it stands beside. */
  String model();

  /** What it finds in a district's history, sorted by time. */
  List<Detection> find(List<Fact> history);
}
