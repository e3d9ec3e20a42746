package gatehouse.model;

import gatehouse.analysis.ModelEntry;
import java.util.List;
import java.util.Optional;

/** Every analysis model, one line each. Who derives facts stands before who consumes them. */
public final class ModelCatalogue {

  private static final List<ModelEntry<?, ?, ?>> ALL =
      List.of(
          DevicePulse.entry(),
          gatehouse.model.health.DeviceHealth.entry(),
          DoorForced.entry(),
          DoorHeldOpen.entry(),
          DeniedBurst.entry(),
          Duress.entry(),
          DeviceTamper.entry(),
          DoorNotRelocked.entry(),
          RemoteOpenAbuse.entry(),
          CredentialUnit.entry(),
          UnitHousehold.entry(),
          Tailgating.entry(),
          Sos.entry(),
          PoleFault.entry(),
          SensorFusion.entry(),
          FireAnomaly.entry(),
          PassageConfirmation.entry(),
          PassageTrail.entry(),
          AntiPassback.entry(),
          SuccessorTrail.entry(),
          StaleGrant.entry(),
          ListedHolder.entry(),
          RestrictedEntry.entry(),
          PlateNeighbourhood.entry(),
          ClonedPlate.entry(),
          PassageContext.entry(),
          VisitorPassMisuse.entry(),
          DormantCredential.entry(),
          OffShiftAccess.entry(),
          ImpossibleTravel.entry(),
          WatchHit.entry(),
          CommunityFlow.entry(),
          FlowAnomaly.entry(),
          Crowding.entry(),
          LiftTag.entry(),
          EbikeInLift.entry(),
          LiftTrapped.entry(),
          CareSigns.entry(),
          CareSight.entry(),
          ElderInactivity.entry(),
          PlateMismatch.entry(),
          GaragePresence.entry(),
          DriverMismatch.entry(),
          Overstay.entry(),
          FireLaneBlocked.entry(),
          PermittedZone.entry(),
          Loitering.entry(),
          ExitCompany.entry(),
          HouseholdMeans.entry(),
          ObjectWithoutOwner.entry(),
          CareHousehold.entry(),
          ElderNightExit.entry());

  private ModelCatalogue() {}

  /** All entries, in the order in which a host links them. */
  public static List<ModelEntry<?, ?, ?>> all() {
    return ALL;
  }

  /** The entry with this id. */
  public static Optional<ModelEntry<?, ?, ?>> find(String id) {
    return ALL.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }
}
