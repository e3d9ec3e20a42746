package gatehouse.registry;

import java.util.List;

/**
 * A lease (租客授权): the tenant's credentials open the door as long as it is valid.
 *
 * @param lease id of the lease, the same over renewals
 * @param unit the unit
 * @param tenant the tenant's person id
 * @param credentials ids of the credentials that hang on it
 */
public record Lease(Entry entry, String lease, String unit, String tenant, List<String> credentials)
    implements RegistryFact {

  @Override
  public String thing() {
    return lease;
  }
}
