package gatehouse.registry;

import org.jspecify.annotations.Nullable;

/**
 * A registered vehicle.
 *
 * @param plate canonical plate
 * @param owner person id of the owner, if registered
 * @param unit the unit it belongs to, if any
 * @param colour registered colour, empty if unknown
 * @param type registered type, empty if unknown
 * @param brand registered brand, empty if unknown
 * @param subjectType class for access rules (resident, visitor, service, emergency ...)
 * @param parked whether the owner declared it parked
 */
public record Vehicle(
    Entry entry,
    String plate,
    @Nullable String owner,
    @Nullable String unit,
    String colour,
    String type,
    String brand,
    String subjectType,
    boolean parked)
    implements RegistryFact {

  @Override
  public String thing() {
    return plate;
  }
}
