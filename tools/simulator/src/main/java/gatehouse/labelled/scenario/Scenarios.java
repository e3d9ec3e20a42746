package gatehouse.labelled.scenario;

import java.util.List;

/** Every scenario, one line each. */
public final class Scenarios {

  private static final List<Scenario> ALL =
      List.of(
          new DeniedBursts(),
          new ForcedDoors(),
          new SosButtons(),
          new PoleFaults(),
          new BlockedLanes(),
          new BikesInLifts(),
          new TrappedInLifts(),
          new CrowdedRooms(),
          new Loiterers(),
          new Fires(),
          new FailingDevices(),
          new FallenElders(),
          new NightWalks(),
          new UnusualFlows());

  private Scenarios() {}

  /** All of them. */
  public static List<Scenario> all() {
    return ALL;
  }
}
