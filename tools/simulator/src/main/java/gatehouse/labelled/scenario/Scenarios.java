package gatehouse.labelled.scenario;

import java.util.List;

/** Every scenario, one line each. */
public final class Scenarios {

  private static final List<Scenario> ALL =
      List.of(
          new DeniedBursts(),
          new ForcedDoors(),
          new ClonedPlates(),
          new FalsePlates(),
          new CarThefts(),
          new Overstays(),
          new SharedCards(),
          new CardsInTwoPlaces(),
          new RestrictedEntries(),
          new BikeThefts(),
          new WatchedVehicles());

  private Scenarios() {}

  /** All of them. */
  public static List<Scenario> all() {
    return ALL;
  }
}
