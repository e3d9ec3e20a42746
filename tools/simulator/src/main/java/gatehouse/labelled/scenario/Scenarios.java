package gatehouse.labelled.scenario;

import java.util.List;

/** Every scenario, one line each. */
public final class Scenarios {

  private static final List<Scenario> ALL =
      List.of(
          // Cars with drivers are the scarcest cast.
          new CarThefts(),
          new ClonedPlates(),
          new FalsePlates(),
          new DeniedBursts(),
          new ForcedDoors(),
          new HeldOpenDoors(),
          new UnlockedDoors(),
          new Tailgates(),
          new DuressCodes(),
          new TamperedDevices(),
          new RemoteOpenAbuses(),
          new StaleGrants(),
          new VisitorPassMisuses(),
          new DormantCredentials(),
          new OffShiftVisits(),
          new Overstays(),
          new SharedCards(),
          new CardsInTwoPlaces(),
          new RestrictedEntries(),
          new BikeThefts(),
          new WatchedVehicles(),
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
