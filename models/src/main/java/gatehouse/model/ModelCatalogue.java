package gatehouse.model;

import gatehouse.analysis.ModelEntry;
import java.util.List;
import java.util.Optional;

/** Every analysis model, one line each. Who derives facts stands before who consumes them. */
public final class ModelCatalogue {

  private static final List<ModelEntry<?, ?, ?>> ALL =
      List.of(
          DoorForced.entry(),
          DoorHeldOpen.entry(),
          DeniedBurst.entry(),
          Duress.entry(),
          PassageConfirmation.entry(),
          PassageTrail.entry(),
          AntiPassback.entry(),
          SuccessorTrail.entry(),
          StaleGrant.entry(),
          ListedHolder.entry(),
          RestrictedEntry.entry(),
          PlateNeighbourhood.entry(),
          ClonedPlate.entry(),
          LiftTrapped.entry(),
          CareSigns.entry(),
          CareSight.entry(),
          ElderInactivity.entry(),
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
