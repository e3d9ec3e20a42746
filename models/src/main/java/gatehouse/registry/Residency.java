package gatehouse.registry;

/**
 * Somebody lives or works in a unit.
 *
 * @param person the person's id in the registry
 * @param unit the unit
 * @param role in which role
 */
public record Residency(Entry entry, String person, String unit, Role role)
    implements RegistryFact {

  @Override
  public String thing() {
    return person + "/" + unit;
  }


  /** In which role somebody belongs to a unit. */
  public enum Role {
    OWNER,
    TENANT,
    FAMILY,
    CARER,
    STAFF,
    CONTRACTOR
  }
}
