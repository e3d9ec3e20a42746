package gatehouse.score.naive;

import java.util.List;
import java.util.Optional;

/** Every naive rule, one line each. */
public final class NaiveRules {

  private static final List<NaiveRule> ALL =
      List.of(
          new DenialsInThreeMinutes(),
          new InWhileIn(),
          new FasterThanAWalk(),
          new FasterThanTraffic(),
          new OneReadDiffers(),
          new NewOccupant(),
          new InsideForADay(),
          new TagWithoutOwner(),
          new NotOnTheList(),
          new ExactPlate());

  private NaiveRules() {}

  /** All of them. */
  public static List<NaiveRule> all() {
    return ALL;
  }

  /** The one that stands beside a model. */
  public static Optional<NaiveRule> beside(String model) {
    return ALL.stream().filter(rule -> rule.model().equals(model)).findFirst();
  }
}
